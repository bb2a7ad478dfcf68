import type { Clock, EpochMs } from "@yardline/domain/time";

/** A clock that moves only when the test says so. */
export type HandClock = Clock & {
  /** Moves both readings on. */
  advance(by_ms: number): void;
  /** Sets the wall clock, as an administrator or NTP would; the monotonic reading stays. */
  setNow(now_ms: EpochMs): void;
};

/** @param start_ms what the wall clock shows at first; the monotonic reading begins at 0. */
export function handClock(start_ms: EpochMs = 0): HandClock {
  let wall_ms = start_ms;
  let elapsed_ms = 0;
  return {
    now_ms: () => wall_ms,
    monotonic_ms: () => elapsed_ms,
    advance(by_ms) {
      wall_ms += by_ms;
      elapsed_ms += by_ms;
    },
    setNow(now_ms) {
      wall_ms = now_ms;
    },
  };
}
