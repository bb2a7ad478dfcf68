import { assert } from "@yardline/domain/assert";
import type { Picture } from "@yardline/domain/picture";

/** A picture's brightness made small: one number a cell, 0 to 255, row by row. */
export type Luma = {
  readonly columns: number;
  readonly rows: number;
  readonly cells: Float32Array;
};

/** Cells across: at 160 a person who fills a twentieth of the picture's height still covers some cells. */
export const LUMA_COLUMNS = 160;

/** So many rows of each cell are read: a quarter of a 720p picture, and the mean of 16 pixels is calm enough. */
const ROWS_READ = 2;

/**
 * The mean brightness of each cell of the Y plane (BT.601 limited range as it is). A cell is a square of whole pixels, at least
 * one; what is left over at the right and the lower edge, less than a cell, is not seen.
 */
export function lumaOf({ width_px, height_px, format, data }: Picture, columns_max = LUMA_COLUMNS): Luma {
  assert(format === "yuv420p", "only pictures with a Y plane have a luma");
  const side_px = Math.max(1, Math.ceil(width_px / columns_max));
  const [columns, rows] = [Math.floor(width_px / side_px), Math.floor(height_px / side_px)];
  const cells = new Float32Array(columns * rows);
  const sums = new Uint32Array(columns);
  const step_px = Math.max(1, Math.floor(side_px / ROWS_READ));
  const share = 1 / (side_px * Math.ceil(side_px / step_px));
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let y = row * side_px; y < (row + 1) * side_px; y += step_px) {
      addRow(data, y * width_px, side_px, sums);
    }
    for (let column = 0; column < columns; column++) {
      cells[row * columns + column] = (sums[column] ?? 0) * share;
    }
  }
  return { columns, rows, cells };
}

function addRow(data: Uint8Array, from: number, side_px: number, sums: Uint32Array): void {
  let at = from;
  for (let column = 0; column < sums.length; column++) {
    let sum = 0;
    for (const end = at + side_px; at < end; at++) sum += data[at] ?? 0;
    sums[column] = (sums[column] ?? 0) + sum;
  }
}
