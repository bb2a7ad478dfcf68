import type { Stretch } from "../player/clip-time.ts";

/** Left, top, right, bottom in fractions of the picture. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];
/** Where it is at one moment, epoch milliseconds. */
export type Placed = { readonly at_ms: number; readonly box: Box };
/** What is opened in one camera's pictures; between its places it moves in a straight line, before and after them all is covered. */
export type Region = { readonly id: number; readonly path: readonly Placed[] };

/** A region is never smaller than a finger can hit. */
const SIDE_MIN = 0.02;
/** Two places that are nearer than a frame are one. */
const SAME_MS = 20;

/** A region that stays where it is over a whole clip. */
export function newRegion(id: number, box: Box, from_ms: number, to_ms: number): Region {
  return {
    id,
    path: [
      { at_ms: from_ms, box },
      { at_ms: to_ms, box },
    ],
  };
}

/** Regions of one clip; the API takes fifty in all. */
export const REGIONS_MAX = 16;

/** One more region, over the whole of a clip. */
export function regionOver(regions: readonly Region[], box: Box, stretches: readonly Stretch[]): Region {
  const id = 1 + Math.max(0, ...regions.map((each) => each.id));
  return newRegion(id, box, stretches[0]?.from_ms ?? 0, stretches.at(-1)?.to_ms ?? 0);
}

/** Where it is at a moment; undefined while it is covered. The same reckoning as where the copy is made. */
export function placeAt({ path }: Pick<Region, "path">, at_ms: number): Box | undefined {
  const next = path.findIndex((each) => each.at_ms >= at_ms);
  const [after, before] = [path[next], path[Math.max(0, next - 1)]];
  if (!after || !before || before.at_ms > at_ms) return undefined;
  const length_ms = after.at_ms - before.at_ms;
  const share = length_ms === 0 ? 1 : (at_ms - before.at_ms) / length_ms;
  const between = (side: 0 | 1 | 2 | 3) => before.box[side] + share * (after.box[side] - before.box[side]);
  return [between(0), between(1), between(2), between(3)];
}

/** It is here at this moment: one place more on its way, or the one that was there. A moment outside of it makes it open until then. */
export function placed(region: Region, at_ms: number, box: Box): Region {
  const others = region.path.filter((each) => Math.abs(each.at_ms - at_ms) > SAME_MS);
  const path = [...others, { at_ms, box }].toSorted((a, b) => a.at_ms - b.at_ms);
  // A place alone is open for no time at all.
  return path.length > 1 ? { ...region, path } : region;
}

/** Open from this moment on, where it is then. */
export function beginning(region: Region, at_ms: number): Region {
  const box = placeAt(region, at_ms) ?? region.path[0]?.box;
  const later = region.path.filter((each) => each.at_ms > at_ms + SAME_MS);
  return box && later.length > 0 ? { ...region, path: [{ at_ms, box }, ...later] } : region;
}

/** Open until this moment. */
export function ending(region: Region, at_ms: number): Region {
  const box = placeAt(region, at_ms) ?? region.path.at(-1)?.box;
  const earlier = region.path.filter((each) => each.at_ms < at_ms - SAME_MS);
  return box && earlier.length > 0 ? { ...region, path: [...earlier, { at_ms, box }] } : region;
}

/** The box elsewhere, whole in the picture. */
export function movedBox([left, top, right, bottom]: Box, dx: number, dy: number): Box {
  const x = clamp(dx, -left, 1 - right);
  const y = clamp(dy, -top, 1 - bottom);
  return [left + x, top + y, right + x, bottom + y];
}

/** The box with its right and lower side elsewhere. */
export function resizedBox([left, top, right, bottom]: Box, dx: number, dy: number): Box {
  return [
    left,
    top,
    Math.max(Math.min(1, left + SIDE_MIN), Math.min(1, right + dx)),
    Math.max(Math.min(1, top + SIDE_MIN), Math.min(1, bottom + dy)),
  ];
}

/** Between two corners, whichever way it was drawn. */
export function drawnBox(a: readonly [number, number], b: readonly [number, number]): Box {
  const [ax, bx, ay, by] = [clamp(a[0], 0, 1), clamp(b[0], 0, 1), clamp(a[1], 0, 1), clamp(b[1], 0, 1)];
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

/** Whether it was drawn on purpose: a click is none. */
export const isDrawn = ([left, top, right, bottom]: Box): boolean =>
  right - left >= SIDE_MIN && bottom - top >= SIDE_MIN;

function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}
