import type { Polygon } from "@yardline/domain/camera";
import type { Picture } from "@yardline/domain/picture";
import { maskSpans, type Span } from "./mask-check.ts";

/** Compression blurs the seam of a mask: so much of each polygon, towards its middle, is looked at. */
const INNER_SHARE = 0.8;
/** Between the darkest and the brightest hundredth of an area of one colour, after compression. */
const RANGE_MAX = 16;
/** Neighbours that differ by more are an edge, of which a blurred area has none. */
const EDGE_MIN = 12;
const EDGE_SHARE_MAX = 0.002;
const LEVELS = 256;

/**
 * Whether the areas that a camera was set up to cover are covered: of one colour, or blurred until no edge is left. It can show that a mask is
 * gone, not that one is there: a dark or empty area looks covered too, and gives nothing away. A mosaic is not taken for a cover,
 * since what lies under it can be guessed.
 */
export function createInCameraCheck(polygons: readonly Polygon[]): (picture: Picture) => boolean {
  let areas: { readonly size: string; readonly spans: readonly (readonly Span[])[] } | undefined;
  return ({ width_px, height_px, data }) => {
    const size = `${width_px}×${height_px}`;
    if (areas?.size !== size) {
      areas = { size, spans: polygons.map((polygon) => maskSpans([inner(polygon)], width_px, height_px)) };
    }
    return areas.spans.every((spans) => isCovered(data, spans, width_px));
  };
}

function inner(polygon: Polygon): Polygon {
  const middle = [0, 1].map(
    (axis) => polygon.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / polygon.length,
  );
  const [mx = 0, my = 0] = middle;
  return polygon.map(([x, y]) => [mx + (x - mx) * INNER_SHARE, my + (y - my) * INNER_SHARE] as const);
}

function isCovered(luma: Uint8Array, spans: readonly Span[], stride: number): boolean {
  const counts = new Uint32Array(LEVELS);
  let [pixels, edges] = [0, 0];
  for (const { row, from, to } of spans) {
    const start = row * stride;
    for (let at = start + from; at < start + to; at++) {
      const level = luma[at] ?? 0;
      counts[level] = (counts[level] ?? 0) + 1;
      if (at > start + from && Math.abs(level - (luma[at - 1] ?? 0)) > EDGE_MIN) edges++;
    }
    pixels += to - from;
  }
  if (pixels === 0) return true;
  return edges / pixels <= EDGE_SHARE_MAX || rangeOf(counts, pixels) <= RANGE_MAX;
}

function rangeOf(counts: Uint32Array, pixels: number): number {
  const levelAt = (share: number) => {
    let below = 0;
    return counts.findIndex((count) => {
      below += count;
      return below > pixels * share;
    });
  };
  return levelAt(0.99) - levelAt(0.01);
}
