import type { Polygon } from "@yardline/domain/camera";
import { type Edge, edgesAcross } from "./polygon-edges.ts";

/** A strip of a mask in fractions of the picture. */
type Strip = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** Height of a strip where an outline is slanted: 4 px of 720. Coarser when that makes too many. */
const STRIP_HEIGHT = 1 / 180;
/** ffmpeg passes each picture through one filter a strip. */
export const STRIPS_MAX = 400;

/**
 * ffmpeg's filters that paint polygons black, in fractions, so that they hold at any size of picture. Slanted outlines are
 * covered by strips that reach beyond them, never short of them.
 */
export function maskFilter(polygons: readonly Polygon[]): string {
  const strips = stripsOf(polygons);
  // Painted from the pixel that a strip begins in to the one that it ends in.
  const filters = strips.map(
    ({ left, top, right, bottom }) =>
      `drawbox=x='floor(iw*${left})':y='floor(ih*${top})'` +
      `:w='ceil(iw*${right})-floor(iw*${left})':h='ceil(ih*${bottom})-floor(ih*${top})':color=black:t=fill`,
  );
  return ["format=yuv420p", ...filters].join(",");
}

/** The strips that cover polygons, at most `STRIPS_MAX` unless the polygons have more corners than that. */
export function stripsOf(polygons: readonly Polygon[]): readonly Strip[] {
  for (let height = STRIP_HEIGHT; ; height *= 2) {
    const strips = merged(
      polygons.flatMap((polygon) => slabsOf(polygon).flatMap((slab) => cut(slab, height))),
    );
    if (strips.length <= STRIPS_MAX || height >= 1) return strips.map(rounded);
  }
}

type Slab = { readonly top: number; readonly bottom: number; readonly left: Edge; readonly right: Edge };

/** A polygon as trapezoids between the heights of its corners; inside is where a ray crosses an odd number of edges. */
function slabsOf(polygon: Polygon): readonly Slab[] {
  const heights = [...new Set(polygon.map(([, y]) => y))].sort((a, b) => a - b);
  return heights.slice(1).flatMap((bottom, i) => {
    const top = heights[i] ?? bottom;
    const edges = edgesAcross(polygon, top, bottom).sort(
      (a, b) => a.x_top + a.x_bottom - (b.x_top + b.x_bottom),
    );
    return edges.flatMap((left, at) => {
      const right = edges[at + 1];
      return at % 2 === 0 && right ? [{ top, bottom, left, right }] : [];
    });
  });
}

function cut({ top, bottom, left, right }: Slab, height: number): Strip[] {
  const upright = left.x_top === left.x_bottom && right.x_top === right.x_bottom;
  const count = upright ? 1 : Math.max(1, Math.ceil((bottom - top) / height));
  const between = ({ x_top, x_bottom }: Edge, share: number) => x_top + (x_bottom - x_top) * share;
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [i / count, (i + 1) / count];
    return {
      left: Math.min(between(left, from), between(left, to), between(right, from), between(right, to)),
      right: Math.max(between(right, from), between(right, to), between(left, from), between(left, to)),
      top: top + (bottom - top) * from,
      bottom: top + (bottom - top) * to,
    };
  });
}

/** Joins strips that stand one under another with the same sides. */
function merged(strips: readonly Strip[]): readonly Strip[] {
  const joined: Strip[] = [];
  for (const strip of strips) {
    const above = joined.at(-1);
    const goes_on =
      above && above.left === strip.left && above.right === strip.right && above.bottom === strip.top;
    if (goes_on) joined[joined.length - 1] = { ...above, bottom: strip.bottom };
    else joined.push(strip);
  }
  return joined;
}

/** Six decimals, outwards: a thousandth of a pixel. */
function rounded({ left, top, right, bottom }: Strip): Strip {
  const [down, up] = [
    (n: number) => Math.max(0, Math.floor(n * 1e6) / 1e6),
    (n: number) => Math.min(1, Math.ceil(n * 1e6) / 1e6),
  ];
  return { left: down(left), top: down(top), right: up(right), bottom: up(bottom) };
}
