import { once } from "node:events";
import type { EpochMs } from "@yardline/domain/time";
import type { Pause } from "@yardline/records/pauses";

/** How long of a pause is written down at once: what a killed process leaves out is written by the next one. */
const NOTED_MS = 10_000;

/** Lets one camera look, or not: whoever looks does so in sessions, and a session ends in the moment in which the camera is paused. */
export class PauseGate {
  #pause: Pause | undefined;
  #noted_ms: EpochMs = 0;
  #halt = new AbortController();
  #opened = new AbortController();

  get pause(): Pause | undefined {
    return this.#pause;
  }

  /** What is on record now. @returns what of the pause is to be written down as a gap in the recording. */
  heed(
    pause: Pause | undefined,
    now_ms: EpochMs,
  ): { readonly from_ms: EpochMs; readonly to_ms: EpochMs } | undefined {
    const was = this.#pause;
    this.#pause = pause;
    if (pause && !was) {
      this.#opened = new AbortController();
      this.#halt.abort();
    }
    if (!pause && was) {
      this.#halt = new AbortController();
      this.#opened.abort();
    }
    const held = pause ?? was;
    if (!held || (pause && was && now_ms - this.#noted_ms < NOTED_MS)) return undefined;
    this.#noted_ms = now_ms;
    return { from_ms: held.from_ms, to_ms: Math.min(now_ms, held.until_ms) };
  }

  /**
   * Carries out a session, and another after each pause, until one ends by itself or `signal` aborts.
   * @returns what the last one gave; undefined when there was none to end by itself.
   */
  async run<Result>(
    signal: AbortSignal,
    session: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result | undefined> {
    let result: Result | undefined;
    while (!signal.aborted) {
      if (this.#pause) {
        const woken = AbortSignal.any([signal, this.#opened.signal]);
        if (!woken.aborted) await once(woken, "abort");
        continue;
      }
      const halt = this.#halt.signal;
      result = await session(AbortSignal.any([signal, halt]));
      if (!halt.aborted) break;
    }
    return result;
  }
}
