import type { Box } from "@yardline/domain/box";

/** A whole picture fitted, undistorted, into the input of a network; all in pixels of that input. */
export type Letterbox = {
  /** Size of the input. */
  readonly input_width_px: number;
  readonly input_height_px: number;
  /** Size of the picture in it. It lies in the top-left corner; the rest, at the right or at the bottom, are bars. */
  readonly width_px: number;
  readonly height_px: number;
};

/**
 * Fits a picture into a square of `side_px`, then cuts the square down to the picture, rounded up to whole steps.
 *
 * @param step_px the sides of the input are multiples of it: the network's coarsest stride, or `side_px` itself for a
 * network that takes nothing but the square. Divides `side_px`.
 */
export function letterboxOf(
  picture: { readonly width_px: number; readonly height_px: number },
  side_px: number,
  step_px: number,
): Letterbox {
  const scale = side_px / Math.max(picture.width_px, picture.height_px);
  const width_px = Math.max(1, Math.round(picture.width_px * scale));
  const height_px = Math.max(1, Math.round(picture.height_px * scale));
  return {
    input_width_px: Math.ceil(width_px / step_px) * step_px,
    input_height_px: Math.ceil(height_px / step_px) * step_px,
    width_px,
    height_px,
  };
}

/** A box in pixels of the input as a box of the picture, cut off at the picture's edges. */
export function outOfLetterbox(box_px: Box, { width_px, height_px }: Letterbox): Box {
  return {
    left: unit(box_px.left / width_px),
    top: unit(box_px.top / height_px),
    right: unit(box_px.right / width_px),
    bottom: unit(box_px.bottom / height_px),
  };
}

function unit(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
