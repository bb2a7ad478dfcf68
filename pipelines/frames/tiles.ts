import { areaOf, type Box, holds, hullOf, WHOLE } from "@yardline/domain/box";
import { within } from "./crop.ts";

type Size = { readonly width_px: number; readonly height_px: number };

/** Side of a tile in pixels of the picture: a network of 416 to 640 pixels sees it two to three times larger. */
const TILE_PX = 192;
const GAIN_MIN = 1.5;
/** By so much of their side neighbours overlap: what is smaller lies whole in one of them. */
const OVERLAP = 1 / 3;
/** Room around what is looked for, in pixels. */
const ROOM_PX = 16;
/** Tiles of one picture. Where more would be needed they are larger, and show less. */
export const TILES_MAX = 8;
const LARGER = 1.25;

/**
 * Square tiles that hold all these parts of a picture (boxes in fractions of it), for objects too small to be seen otherwise. Parts
 * that are near one another share a tile; one that is larger than a tile is laid out with several that overlap.
 */
export function tilesOf(parts: readonly Box[], picture: Size): readonly Box[] {
  // A picture that is hardly larger than a tile is seen as large as that already.
  if (Math.max(picture.width_px, picture.height_px) < GAIN_MIN * TILE_PX) return [];
  const there = parts.map((part) => within(part, WHOLE)).filter((part) => areaOf(part) > 0);
  for (let side_px = TILE_PX; ; side_px *= LARGER) {
    const tiles = laidOut(there, side_px, picture);
    if (tiles.length <= TILES_MAX) return tiles;
  }
}

function laidOut(parts: readonly Box[], side_px: number, { width_px, height_px }: Size): readonly Box[] {
  const side: Side = { across: Math.min(1, side_px / width_px), down: Math.min(1, side_px / height_px) };
  const [across, down] = [ROOM_PX / width_px, ROOM_PX / height_px];
  const groups: Box[] = [];
  for (const { left, top, right, bottom } of parts) {
    const roomy = { left: left - across, top: top - down, right: right + across, bottom: bottom + down };
    const part = within(roomy, WHOLE);
    const at = groups.findIndex((group) => fits(hullOf([group, part]), side));
    const group = groups[at];
    groups.splice(at < 0 ? groups.length : at, 1, group ? hullOf([group, part]) : part);
  }
  const tiles: Box[] = [];
  for (const tile of groups.flatMap((group) => covering(group, side))) {
    if (!tiles.some((other) => holds(other, tile))) tiles.push(tile);
  }
  return tiles;
}

/** The side of a tile in fractions of the picture's width and height. */
type Side = { readonly across: number; readonly down: number };

function fits({ left, top, right, bottom }: Box, { across, down }: Side): boolean {
  return right - left <= across && bottom - top <= down;
}

function covering({ left, top, right, bottom }: Box, { across, down }: Side): readonly Box[] {
  const columns = spans(left, right, across);
  return spans(top, bottom, down).flatMap(([from, to]) =>
    columns.map(([start, end]) => ({ left: start, top: from, right: end, bottom: to })),
  );
}

/** Pieces of one length, evenly over all from `from` to `to`, around it where one is enough; inside the picture. */
function spans(from: number, to: number, length: number): readonly (readonly [number, number])[] {
  const count =
    to - from <= length ? 1 : Math.ceil((to - from - OVERLAP * length) / (length * (1 - OVERLAP)));
  return Array.from({ length: count }, (_, at) => {
    const start = count === 1 ? (from + to - length) / 2 : from + (at * (to - from - length)) / (count - 1);
    const inside = Math.min(Math.max(0, start), 1 - length);
    return [inside, Math.min(1, inside + length)] as const;
  });
}
