import { areaOf, type Box, hullOf, touches, WHOLE } from "@yardline/domain/box";
import { within } from "./crop.ts";

type Size = { readonly width_px: number; readonly height_px: number };

/** What one picture has to be looked at for. Boxes are fractions of the picture. */
export type Sights = {
  /** Where something came, moved or went. */
  readonly moved: readonly Box[];
  /** Where those should be who must be looked for whether something moved there or not: doubtful and hidden ones. */
  readonly wanted: readonly Box[];
  /** Where all are who are followed. */
  readonly followed: readonly Box[];
};

/** Room around what moved, as a share of its longer side: what moves is often only legs, and a network needs surroundings. */
const ROOM = 0.4;
/** And at least so much, as a share of the picture's height. */
const ROOM_MIN = 0.06;
/** No smaller part of the picture is looked at, in shares of its sides: a person is known by the ground they stand on, too. */
const SIDE_MIN = 0.4;
/** Width over height in pixels: networks are trained on about square pictures. */
const ASPECT_MIN = 0.75;
const ASPECT_MAX = 2;
/** What is larger than this share of the picture's height is seen well in the whole, and better known by what is around it. */
const LARGE = 0.25;
/** About so long is the longer side of what a network looks at. */
const NETWORK_PX = 512;
/** A part that is not seen so many times larger than in the whole picture shows no more, and has less around it. */
const GAIN_MIN = 1.6;

/**
 * The one part of a picture that is worth a look, with room around it; undefined where the whole is as good. Who is followed and
 * touches it lies in it entirely: nobody who is known is cut by its edge.
 */
export function findRegion({ moved, wanted, followed }: Sights, picture: Size): Box | undefined {
  // No part is seen larger than its own pixels.
  if (Math.max(picture.width_px, picture.height_px) < GAIN_MIN * NETWORK_PX) return undefined;
  const aspect = picture.width_px / picture.height_px;
  const parts = [...moved, ...wanted].map((part) => within(part, WHOLE)).filter((part) => areaOf(part) > 0);
  if (parts.length === 0 || joined(parts, aspect).some((each) => longerSideOf(each, aspect) > LARGE))
    return undefined;
  let region = grown(hullOf(parts.map((part) => withRoom(part, aspect))), aspect);
  let outside = followed.map((box) => withRoom(box, aspect));
  while (isWorthIt(region)) {
    const touching = outside.filter((box) => touches(box, region));
    if (touching.length === 0) return region;
    outside = outside.filter((box) => !touching.includes(box));
    region = grown(hullOf([region, ...touching]), aspect);
  }
  return undefined;
}

function isWorthIt({ left, top, right, bottom }: Box): boolean {
  return Math.max(right - left, bottom - top) * GAIN_MIN <= 1;
}

/** How near an edge of the region a box may end without having been cut there, as a share of the region's side. */
const CUT_WITHIN = 0.015;

/** Whether a box that was found in a region ends at an edge of it inside the picture: what it shows may go on beyond. */
export function isCut(box: Box, region: Box): boolean {
  const across = CUT_WITHIN * (region.right - region.left);
  const down = CUT_WITHIN * (region.bottom - region.top);
  return (
    (region.left > 0 && box.left < region.left + across) ||
    (region.right < 1 && box.right > region.right - across) ||
    (region.top > 0 && box.top < region.top + down) ||
    (region.bottom < 1 && box.bottom > region.bottom - down)
  );
}

/** Parts so near to one another that they may belong to one thing, as one. */
function joined(parts: readonly Box[], aspect: number): readonly Box[] {
  let [waiting, groups]: [readonly Box[], Box[]] = [parts, []];
  while (waiting.length > 0) {
    const [first = WHOLE, ...others] = waiting;
    const around = withRoom(first, aspect);
    const near = others.filter((each) => touches(each, around));
    if (near.length === 0) groups.push(first);
    waiting =
      near.length === 0
        ? others
        : [hullOf([first, ...near]), ...others.filter((each) => !near.includes(each))];
  }
  return groups;
}

function longerSideOf({ left, top, right, bottom }: Box, aspect: number): number {
  return Math.max((right - left) * aspect, bottom - top);
}

function withRoom(box: Box, aspect: number): Box {
  const down = Math.max(ROOM_MIN, ROOM * longerSideOf(box, aspect));
  const across = down / aspect;
  const wider = {
    left: box.left - across,
    top: box.top - down,
    right: box.right + across,
    bottom: box.bottom + down,
  };
  return within(wider, WHOLE);
}

/** Large enough, and of a shape that suits a network; inside the picture. */
function grown(region: Box, aspect: number): Box {
  const width = Math.max(SIDE_MIN, region.right - region.left);
  const height = Math.max(SIDE_MIN, region.bottom - region.top);
  const shape = (width * aspect) / height;
  const [left, right] = stretched(
    region.left,
    region.right,
    shape < ASPECT_MIN ? (ASPECT_MIN / aspect) * height : width,
  );
  const [top, bottom] = stretched(
    region.top,
    region.bottom,
    shape > ASPECT_MAX ? (width * aspect) / ASPECT_MAX : height,
  );
  return { left, top, right, bottom };
}

/** At least that long, around the same middle as far as the picture goes. */
function stretched(from: number, to: number, length: number): readonly [from: number, to: number] {
  if (length >= 1) return [0, 1];
  const start = Math.min(Math.max(0, (from + to - length) / 2), 1 - length);
  return [Math.min(from, start), Math.max(to, start + length)];
}
