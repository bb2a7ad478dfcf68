import type { CameraStatus, PartHealth } from "@yardline/api/parts";

/** Who runs in this process, and how they are. */
export class Parts {
  readonly #running = new Map<string, { readonly required: boolean; running: boolean }>();
  readonly #ends: Promise<void>[] = [];

  /** @param ended of a part resolves when it stopped as it was told, and rejects when it died. */
  run(name: string, required: boolean, ended: Promise<void>): void {
    const part = { required, running: true };
    this.#running.set(name, part);
    const noted = ended.finally(() => {
      part.running = false;
    });
    noted.catch(() => undefined); // Told by `ended()`; until that is asked for, it is no unhandled one.
    this.#ends.push(noted);
  }

  /** Parts and cameras, for the health page. */
  list(cameras: readonly CameraStatus[]): readonly PartHealth[] {
    const parts = [...this.#running].map(([name, { required, running }]) => ({ name, required, running }));
    const seen = cameras.map(({ id, state, reason }) => ({
      name: `camera ${id}`,
      required: false,
      running: state === "watching",
      detail: reason ?? state,
    }));
    return [...parts, ...seen];
  }

  /** Resolves when every part has stopped; rejects at once when one dies. */
  async ended(): Promise<void> {
    await Promise.all(this.#ends);
  }
}
