/** How a camera is watched: one picture a second, every picture, key frames only, not at all. */
export const WATCHING_MODES = ["idle", "active", "reduced", "lost"] as const;
export type WatchingMode = (typeof WATCHING_MODES)[number];

/** How long a camera has been watched in which mode. Times are of the monotonic clock. */
export class ModeTimes {
  readonly #spent_ms: Record<WatchingMode, number> = { idle: 0, active: 0, reduced: 0, lost: 0 };
  #mode: WatchingMode = "lost";
  #since_ms: number;

  /** Nothing has been seen yet. */
  constructor(now_ms: number) {
    this.#since_ms = now_ms;
  }

  get mode(): WatchingMode {
    return this.#mode;
  }

  /** From now on it is watched like this. @returns how long it was in the mode until now, in ms, and in which. */
  become(mode: WatchingMode, now_ms: number): { readonly was: WatchingMode; readonly for_ms: number } {
    const was = this.#mode;
    const for_ms = Math.max(0, now_ms - this.#since_ms);
    this.#spent_ms[was] += for_ms;
    this.#mode = mode;
    this.#since_ms = now_ms;
    return { was, for_ms };
  }

  /** Shares of the time since the beginning; they sum to 1. Before any time has passed all of it is the mode of now. */
  shares(now_ms: number): Readonly<Record<WatchingMode, number>> {
    const spent_ms = { ...this.#spent_ms };
    spent_ms[this.#mode] += Math.max(0, now_ms - this.#since_ms);
    const total_ms = WATCHING_MODES.reduce((sum, mode) => sum + spent_ms[mode], 0);
    const share = (mode: WatchingMode) =>
      total_ms > 0 ? spent_ms[mode] / total_ms : Number(mode === this.#mode);
    return { idle: share("idle"), active: share("active"), reduced: share("reduced"), lost: share("lost") };
  }
}
