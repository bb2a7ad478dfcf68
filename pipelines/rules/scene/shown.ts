import { areaOf, type Box } from "@yardline/domain/box";
import type { Track } from "@yardline/domain/track";
import type { Happening, Sighting } from "./scene-rule.ts";

type Shown = NonNullable<Happening["shown"]>;

/** The sightings after one more: the best one shows its object largest and surest. */
export function shownAgain(before: Shown | undefined, last: Sighting): Shown {
  const best = before && worthOf(before.best) >= worthOf(last) ? before.best : last;
  return { last, best };
}

/** A track's sighting in the picture that shows it last. */
export function sightingOf({ seen_at_ms, last }: Track): Sighting {
  return { at_ms: seen_at_ms, box: last.box, score: last.score };
}

function worthOf({ box, score }: Sighting): number {
  return score * areaOf(box);
}

const DIGITS = 4;

/** A score or a share as events have it. */
export function roundedShare(share: number): number {
  return Math.min(1, Math.max(0, Number(share.toFixed(DIGITS))));
}

/** Whole seconds of a time. */
export function secondsOf(time_ms: number): number {
  return Math.round(time_ms / 1000);
}

/** Boxes of things that stand tremble by a few hundredths of their size. */
const MOVED_SHARE_MIN = 0.4;

/** Whether the middle of a box went by more than a share of its own size. */
export function hasMoved(from: Box, to: Box, share_min = MOVED_SHARE_MIN): boolean {
  return movedShare(from, to) > share_min;
}

/** How far the middle of a box went, as a share of its own size. */
export function movedShare(from: Box, to: Box): number {
  const across = Math.abs(from.left + from.right - to.left - to.right) / 2;
  const down = Math.abs(from.top + from.bottom - to.top - to.bottom) / 2;
  const [width, height] = [to.right - to.left, to.bottom - to.top];
  return Math.max(across / Math.max(width, Number.EPSILON), down / Math.max(height, Number.EPSILON));
}
