import { withQuery } from "../events/purpose.ts";
import type { Stretch } from "./clip-time.ts";

/** So much more of the recording than an event's own clip. */
export type Roll = { readonly before_s: number; readonly after_s: number };
export type Side = "before" | "after";

export const NO_ROLL: Roll = { before_s: 0, after_s: 0 };
/** One press of the button. */
export const ROLL_STEP_S = 30;
/** The API's limits: on one side, of the event's own part, and in all. */
const SIDE_S_MAX = 120;
const OWN_S_MAX = 180;
const WHOLE_S_MAX = 300;

/** The address of a clip, or of a strip of it, with what is around it. */
export function rolledPath(path: string | undefined, { before_s, after_s }: Roll): string | undefined {
  if (path === undefined || (before_s === 0 && after_s === 0)) return path;
  return withQuery(path, `before_s=${before_s}&after_s=${after_s}`);
}

/** One step more on one side; undefined where the API gives no more. */
export function moreOf(roll: Roll, side: Side, own: Stretch): Roll | undefined {
  const more = side === "before" ? roll.before_s + ROLL_STEP_S : roll.after_s + ROLL_STEP_S;
  const next = side === "before" ? { ...roll, before_s: more } : { ...roll, after_s: more };
  const whole_s = ownLength_s(own) + next.before_s + next.after_s;
  return more <= SIDE_S_MAX && whole_s <= WHOLE_S_MAX ? next : undefined;
}

/** What another camera's clip takes to go along with a time, as far as the API gives it. */
export function rollCovering(own: Stretch, { from_ms, to_ms }: Stretch): Roll {
  const before_s = sideOf(own.from_ms - from_ms);
  const room_s = Math.floor(WHOLE_S_MAX - ownLength_s(own) - before_s);
  return { before_s, after_s: Math.min(room_s, sideOf(to_ms - own.to_ms)) };
}

function sideOf(lacking_ms: number): number {
  return Math.min(SIDE_S_MAX, Math.max(0, Math.ceil(lacking_ms / 1000)));
}

function ownLength_s({ from_ms, to_ms }: Stretch): number {
  return Math.min(OWN_S_MAX, (to_ms - from_ms) / 1000);
}
