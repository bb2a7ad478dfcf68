import type { EpochMs } from "@yardline/domain/time";
import type { Finding } from "@yardline/rules/scene/scene-rule";

/** Decides which findings become statements: every opening and closing, and an update when the last one is old enough. */
export class Cadence {
  readonly #update_ms_min: number;
  readonly #told = new Map<string, EpochMs>();

  /** @param update_ms_min in media time. */
  constructor(update_ms_min: number) {
    this.#update_ms_min = update_ms_min;
  }

  tells({ state, key, at_ms }: Finding): boolean {
    const last = this.#told.get(key);
    if (state === "updated" && last !== undefined && at_ms - last < this.#update_ms_min) return false;
    if (state === "closed") this.#told.delete(key);
    else this.#told.set(key, at_ms);
    return true;
  }
}
