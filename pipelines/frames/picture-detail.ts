import type { Picture } from "@yardline/domain/picture";

/** Every so many rows are read, and in them the difference between pixels so far apart. */
const ROW_STEP = 16;
const PIXEL_STEP = 2;
/** Differences that noise and compression make alone, in levels. */
const NOISE = 6;

/**
 * Energy of the finest edges of the Y plane: the mean square of what neighbouring pixels differ by beyond noise. The small luma
 * does not know whether a picture is sharp, a lens out of focus blurs less than a cell.
 */
export function detailOf({ width_px, height_px, data }: Picture): number {
  let [energy, pairs] = [0, 0];
  for (let y = Math.floor(ROW_STEP / 2); y < height_px; y += ROW_STEP) {
    const end = (y + 1) * width_px - PIXEL_STEP;
    for (let at = y * width_px; at < end; at += PIXEL_STEP) {
      const beyond = Math.abs((data[at + PIXEL_STEP] ?? 0) - (data[at] ?? 0)) - NOISE;
      if (beyond > 0) energy += beyond * beyond;
      pairs += 1;
    }
  }
  return pairs > 0 ? energy / pairs : 0;
}
