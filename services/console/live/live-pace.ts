/** What of a camera is in the player, in seconds of its own timeline. */
export type Buffered = readonly (readonly [from_s: number, to_s: number])[];

/** How a player goes on: where it jumps to, how fast it plays, what it forgets. */
export type Pace = {
  readonly seek_s?: number;
  readonly rate: number;
  /** Everything before it is no use any more. */
  readonly forget_s?: number;
};

/** Kept in hand so that a picture that comes a little late stops nothing; grows a little with each stop. */
const AHEAD_S_MIN = 0.25;
const AHEAD_S_MAX = 1;
const AHEAD_S_STEP = 0.15;
/** So much more than is in hand, and it plays a little faster; so much, and it jumps. */
const LATE_S = 0.25;
const JUMP_S = 1;
const CATCH_UP = 1.08;
const KEPT_S = 10;
const FORGET_S = 20;

/** How much is kept in hand after so many stops. */
export function ahead_s(stops: number): number {
  return Math.min(AHEAD_S_MAX, AHEAD_S_MIN + stops * AHEAD_S_STEP);
}

/**
 * Keeps a player at the newest pictures: over a hole it jumps, of what is too late it plays a little faster, or jumps to the end.
 * @param at_s where it plays now. @param in_hand_s `ahead_s`. @param fresh a connection has just begun, with the pictures since its key frame.
 */
export function paceOf(at_s: number, buffered: Buffered, in_hand_s: number, fresh = false): Pace {
  const last = buffered.at(-1);
  if (!last) return { rate: 1 };
  const [from_s, to_s] = last;
  const forget = (buffered[0]?.[0] ?? 0) < at_s - FORGET_S ? { forget_s: at_s - KEPT_S } : {};
  const late_s = to_s - at_s - in_hand_s;
  const outside = at_s < from_s || at_s > to_s;
  if (outside || late_s > (fresh ? LATE_S : JUMP_S))
    return { seek_s: Math.max(from_s, to_s - in_hand_s), rate: 1, ...forget };
  return { rate: late_s > LATE_S ? CATCH_UP : 1, ...forget };
}

/** How far a town's clock is from this device's, by the soonest that anything it sent arrived. */
export function createTownClock(): {
  heard(sent_ms: number, now_ms: number): void;
  /** Undefined before anything was heard. */
  now_ms(device_ms: number): number | undefined;
} {
  let behind_ms: number | undefined;
  return {
    heard(sent_ms, now_ms) {
      behind_ms = Math.min(behind_ms ?? Number.POSITIVE_INFINITY, now_ms - sent_ms);
    },
    now_ms: (device_ms) => (behind_ms === undefined ? undefined : device_ms - behind_ms),
  };
}
