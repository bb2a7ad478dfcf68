import type { Box } from "@yardline/domain/box";

/** A picture as yuv420p: Y whole, then U and V of half the width and height. Width and height are even. */
export type Planes = { readonly width_px: number; readonly height_px: number; readonly data: Uint8Array };

export const COVERS = ["solid", "mosaic"] as const;
export type Cover = (typeof COVERS)[number];

const GREY = 96;
const NO_COLOUR = 128;
/**
 * Rows of cells over the whole height. A face is recognised by people who know it from some 15 cells across it, and by networks from
 * fewer (McPherson, Shokri, Shmatikov 2016, arXiv 1609.00408): with 8 rows even a face that fills the picture has six across it, and one
 * of somebody who fills the picture's height has one. A blur is not offered: it keeps all of a picture's low frequencies, can be undone in
 * part, and those networks read it better still.
 */
const MOSAIC_ROWS = 8;
/** Cells are painted in so many greys, without colour. */
const MOSAIC_GREYS = 16;
/** What moves below a fixed grid shows more of itself with each picture: so a cell changes at most once in this time. */
const MOSAIC_HOLD_MS = 1_000;

/** Covers pictures of one clip one after the other. */
export type Coverer = (picture: Planes, open: readonly Box[], at_ms: number) => void;

/** Paints over everything in the picture but what is open, in place. Nothing of what is covered is left in it but the cells' means. */
export function createCoverer(cover: Cover): Coverer {
  let held: { until_ms: number; cells: Mosaic } | undefined;
  return (picture, open, at_ms) => {
    if (cover === "mosaic" && (!held || at_ms >= held.until_ms)) {
      held = { until_ms: at_ms + MOSAIC_HOLD_MS, cells: mosaicOf(picture) };
    }
    const { width_px, height_px, data } = picture;
    const kept = open.map((box) => evenInside(box, width_px, height_px)).filter(({ w, h }) => w > 0 && h > 0);
    const copies = kept.map((rect) => copyOf(picture, rect));
    if (held) paint(picture, held.cells);
    else data.fill(GREY, 0, width_px * height_px);
    data.fill(NO_COLOUR, width_px * height_px);
    for (const [at, rect] of kept.entries()) putBack(picture, rect, copies[at] ?? []);
  };
}

type Rect = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

/** Never more than was opened: a pixel of colour belongs to four of brightness. */
export function evenInside({ left, top, right, bottom }: Box, width_px: number, height_px: number): Rect {
  const up = (share: number, side_px: number) => Math.min(side_px, 2 * Math.ceil((share * side_px) / 2));
  const down = (share: number, side_px: number) => Math.min(side_px, 2 * Math.floor((share * side_px) / 2));
  const [x, y] = [up(left, width_px), up(top, height_px)];
  return { x, y, w: Math.max(0, down(right, width_px) - x), h: Math.max(0, down(bottom, height_px) - y) };
}

function planesOf({ width_px: w, height_px: h, data }: Planes) {
  return [
    { plane: data.subarray(0, w * h), stride: w, scale: 1 },
    { plane: data.subarray(w * h, w * h + (w * h) / 4), stride: w / 2, scale: 2 },
    { plane: data.subarray(w * h + (w * h) / 4), stride: w / 2, scale: 2 },
  ];
}

function copyOf(picture: Planes, { x, y, w, h }: Rect): Uint8Array[] {
  return planesOf(picture).map(({ plane, stride, scale }) => {
    const copy = new Uint8Array((w / scale) * (h / scale));
    for (let row = 0; row < h / scale; row++) {
      const from = (y / scale + row) * stride + x / scale;
      copy.set(plane.subarray(from, from + w / scale), row * (w / scale));
    }
    return copy;
  });
}

function putBack(picture: Planes, { x, y, w, h }: Rect, copies: readonly Uint8Array[]): void {
  for (const [at, { plane, stride, scale }] of planesOf(picture).entries()) {
    for (let row = 0; row < h / scale; row++) {
      const wide = w / scale;
      plane.set(
        copies[at]?.subarray(row * wide, (row + 1) * wide) ?? [],
        (y / scale + row) * stride + x / scale,
      );
    }
  }
}

type Mosaic = { readonly side_px: number; readonly columns: number; readonly greys: readonly number[] };

function mosaicOf({ width_px, height_px, data }: Planes): Mosaic {
  const side_px = Math.ceil(height_px / MOSAIC_ROWS);
  const [columns, rows] = [Math.ceil(width_px / side_px), Math.ceil(height_px / side_px)];
  const sums = new Float64Array(columns * rows);
  const counts = new Uint32Array(columns * rows);
  for (let y = 0; y < height_px; y++) {
    const row = Math.floor(y / side_px) * columns;
    for (let x = 0; x < width_px; x++) {
      const cell = row + Math.floor(x / side_px);
      sums[cell] = (sums[cell] ?? 0) + (data[y * width_px + x] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  const step = 256 / MOSAIC_GREYS;
  const greys = Array.from(sums, (sum, at) => Math.floor(sum / (counts[at] || 1) / step) * step + step / 2);
  return { side_px, columns, greys };
}

function paint({ width_px, height_px, data }: Planes, { side_px, columns, greys }: Mosaic): void {
  for (let y = 0; y < height_px; y++) {
    for (let column = 0; column < columns; column++) {
      const [from, to] = [column * side_px, Math.min(width_px, (column + 1) * side_px)];
      data.fill(
        greys[Math.floor(y / side_px) * columns + column] ?? GREY,
        y * width_px + from,
        y * width_px + to,
      );
    }
  }
}
