import type { CameraStatus } from "@yardline/api/camera-parts";
import type { HealthCode, Trouble } from "@yardline/api/health-codes";
import type { PartHealth } from "@yardline/api/parts";
import { lossOf } from "@yardline/edge/stream-states";
import { BOX_SILENT } from "./works/camera-status.ts";

/** Undefined while there is none. */
type FindTrouble = () => Trouble | undefined;

/** Who runs in this process, and how they are. */
export class Parts {
  readonly #running = new Map<
    string,
    { readonly required: boolean; running: boolean; readonly findTrouble: FindTrouble }
  >();
  readonly #going = new Set<Promise<void>>();
  readonly #died = Promise.withResolvers<never>();

  constructor() {
    this.#died.promise.catch(() => undefined); // Told by `ended()`; until that is asked for, it is no unhandled one.
  }

  /**
   * Notes a part by its name; one of the same name before has ended.
   * @param ended of a part resolves when it stopped as it was told, and rejects when it died.
   * @param findTrouble what keeps one that lives from doing its work, where it can tell.
   */
  run(
    name: string,
    required: boolean,
    ended: Promise<void>,
    findTrouble: FindTrouble = () => undefined,
  ): void {
    const part = { required, running: true, findTrouble };
    this.#running.set(name, part);
    const going = ended
      .catch((thrown: unknown) => this.#died.reject(thrown))
      .finally(() => {
        part.running = false;
        this.#going.delete(going);
      });
    this.#going.add(going);
  }

  /** Takes a part off the list that has ended and is not wanted any more. */
  drop(name: string): void {
    this.#running.delete(name);
  }

  /** Parts and cameras, for the health page. */
  list(cameras: readonly CameraStatus[]): readonly PartHealth[] {
    const parts = [...this.#running].map(([name, { required, running, findTrouble }]) => {
      const trouble = running ? findTrouble() : undefined;
      if (!running) return { name, required, running, code: "ended" as const };
      return { name, required, running: trouble === undefined, ...(trouble && toldOf(trouble)) };
    });
    const seen = cameras.map(({ id, state, reason }) => {
      const code = codeOfCamera(state, reason);
      return {
        ...{ name: `camera ${id}`, required: false, detail: reason ?? state },
        running: state === "watching" || state === "reduced",
        ...(code && { code }),
      };
    });
    return [...parts, ...seen];
  }

  /** Resolves when every part has stopped; rejects at once when one dies. */
  async ended(): Promise<void> {
    await Promise.race([this.settled(), this.#died.promise]);
  }

  /** Resolves when every part has stopped, however it did. */
  async settled(): Promise<void> {
    while (this.#going.size > 0) await Promise.all(this.#going);
  }
}

function toldOf({ code, values, message: detail }: Trouble) {
  return { code, detail, ...(values && { values }) };
}

function codeOfCamera(state: CameraStatus["state"], reason: string | undefined): HealthCode | undefined {
  if (state === "watching") return undefined;
  if (state !== "lost") return `camera-${state}`;
  return reason === BOX_SILENT ? "camera-box-silent" : `camera-${lossOf(reason) ?? "ended"}`;
}
