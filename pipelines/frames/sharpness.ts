import type { Box } from "@yardline/domain/box";
import type { Picture } from "@yardline/domain/picture";

/** Points looked at in a box, about: a person near the camera covers a hundred times as many pixels. */
const POINTS = 4_096;
/** Squared levels that a plain wall has by noise and compression alone: no division by less. */
const PLAIN = 25;

/**
 * How sharp a picture is within a box: the variance of the Laplacian of its brightness over the mean of the squared gradient. 0 is
 * flat; people in recordings have 0.15 to 0.45, with 7 px of motion a quarter of that. The ratio is a mean square of spatial frequency,
 * so that neither a striped coat nor hard light passes for sharpness: a blurred picture of somebody is below every sharp one of the
 * same track in 99.9 % of the pairs, 98 % by the Laplacian alone, 94 % by the gradient alone (21 tracks of a campus, sigma 1.2 px).
 * Comparable within one camera only: noise is sharp too.
 */
export function sharpnessOf({ data, width_px, height_px, format }: Picture, box: Box): number {
  // Of interleaved colours the green one is nearest to brightness.
  const [first, step_x] = format === "rgb24" ? [1, 3] : [0, 1];
  const step_y = step_x * width_px;
  const within = (share: number, size_px: number) =>
    Math.max(1, Math.min(size_px - 1, Math.round(share * size_px)));
  const [left, right] = [within(box.left, width_px), within(box.right, width_px)];
  const [top, bottom] = [within(box.top, height_px), within(box.bottom, height_px)];
  // Odd, so that it keeps no step with what repeats every 4 or 8 pixels, as blocks of a codec do.
  const stride = Math.round(Math.sqrt(((right - left) * (bottom - top)) / POINTS)) | 1;
  const at = (index: number) => data[index] ?? 0;
  let [points, sum, squares, gradient] = [0, 0, 0, 0];
  for (let y = top; y < bottom; y += stride) {
    for (let x = left; x < right; x += stride) {
      const here = first + y * step_y + x * step_x;
      const [west, east] = [at(here - step_x), at(here + step_x)];
      const [north, south] = [at(here - step_y), at(here + step_y)];
      const laplacian = 4 * at(here) - west - east - north - south;
      sum += laplacian;
      squares += laplacian * laplacian;
      gradient += (east - west) ** 2 + (south - north) ** 2;
      points += 1;
    }
  }
  if (points === 0) return 0;
  return (squares / points - (sum / points) ** 2) / (gradient / points + PLAIN);
}
