/** Milliseconds since 1970-01-01T00:00:00Z, integer: the only form of an instant inside the program. */
export type EpochMs = number;

/** The clock is an argument everywhere, so that a day can be replayed in seconds. */
export type Clock = {
  /** Wall-clock time, UTC. May jump. */
  now_ms(): EpochMs;
  /** Time since some fixed moment of this process, never stepping back; may have a fraction. */
  monotonic_ms(): number;
};

export const systemClock: Clock = {
  now_ms: () => Date.now(),
  monotonic_ms: () => performance.now(),
};

/** RFC 3339 with milliseconds and `Z`, as CloudEvents wants it. */
export function isoOf(at_ms: EpochMs): string {
  return new Date(at_ms).toISOString();
}
