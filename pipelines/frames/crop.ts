import { assert } from "@yardline/domain/assert";
import type { Box } from "@yardline/domain/box";
import { type Picture, pictureBytes } from "@yardline/domain/picture";

/** A rectangle of a picture in its pixels: left and top are even, so that it begins with a pixel of the colour planes too. */
export type Crop = {
  readonly left_px: number;
  readonly top_px: number;
  readonly width_px: number;
  readonly height_px: number;
};

type Size = { readonly width_px: number; readonly height_px: number };

/** The pixels that a region (fractions of the picture) touches, to whole pairs of pixels outwards; never empty. */
export function cropOf({ width_px, height_px }: Size, region: Box): Crop {
  const { left, top, right, bottom } = region;
  assert(0 <= left && left < right && right <= 1, "a region lies in the picture and has a width");
  assert(0 <= top && top < bottom && bottom <= 1, "a region lies in the picture and has a height");
  const [left_px, width] = pairs(left, right, width_px);
  const [top_px, height] = pairs(top, bottom, height_px);
  return { left_px, top_px, width_px: width, height_px: height };
}

function pairs(from: number, to: number, side_px: number): readonly [start_px: number, length_px: number] {
  const start_px = 2 * Math.floor(Math.min(from * side_px, side_px - 1) / 2);
  const end_px = Math.min(side_px, 2 * Math.ceil((to * side_px) / 2));
  return [start_px, Math.max(end_px, start_px + 1) - start_px];
}

/** Where a crop lies, in fractions of its picture. */
export function regionOf({ left_px, top_px, width_px, height_px }: Crop, picture: Size): Box {
  return {
    left: left_px / picture.width_px,
    top: top_px / picture.height_px,
    right: (left_px + width_px) / picture.width_px,
    bottom: (top_px + height_px) / picture.height_px,
  };
}

/** A box in fractions of a region as one in fractions of the whole picture. */
export function outOfRegion(box: Box, { left, top, right, bottom }: Box): Box {
  const [width, height] = [right - left, bottom - top];
  return {
    left: left + box.left * width,
    top: top + box.top * height,
    right: left + box.right * width,
    bottom: top + box.bottom * height,
  };
}

/** The part of a box that lies in `limits`; inside out where none does. */
export function within(box: Box, limits: Box): Box {
  return {
    left: Math.max(box.left, limits.left),
    top: Math.max(box.top, limits.top),
    right: Math.min(box.right, limits.right),
    bottom: Math.min(box.bottom, limits.bottom),
  };
}

/** The part of a picture as a picture of its own, in memory of its own: what a copy to another thread need not carry is left. */
export function cut(picture: Picture, crop: Crop): Picture {
  const { width_px, height_px } = crop;
  const data = new Uint8Array(pictureBytes(width_px, height_px, picture.format));
  let at = 0;
  for (const { first, stride, row_bytes, rows } of rowsOf(picture, crop)) {
    for (let row = 0; row < rows; row++, at += row_bytes) {
      const start = first + row * stride;
      data.set(picture.data.subarray(start, start + row_bytes), at);
    }
  }
  return { width_px, height_px, format: picture.format, data };
}

type Rows = {
  /** Byte of `picture.data` where the first row begins, and from one row to the next. */
  readonly first: number;
  readonly stride: number;
  readonly row_bytes: number;
  readonly rows: number;
};

/** Where the rows of a crop lie in the picture's memory: one entry for `rgb24`, one a plane (Y, U, V) for `yuv420p`. */
export function rowsOf({ width_px, height_px, format }: Picture, crop: Crop): readonly Rows[] {
  const { left_px, top_px } = crop;
  if (format === "rgb24") {
    const stride = 3 * width_px;
    return [
      { first: top_px * stride + 3 * left_px, stride, row_bytes: 3 * crop.width_px, rows: crop.height_px },
    ];
  }
  const half = Math.ceil(width_px / 2);
  const chroma = half * Math.ceil(height_px / 2);
  const colour = (start: number): Rows => ({
    first: start + (top_px / 2) * half + left_px / 2,
    stride: half,
    row_bytes: Math.ceil(crop.width_px / 2),
    rows: Math.ceil(crop.height_px / 2),
  });
  const luma = width_px * height_px;
  return [
    { first: top_px * width_px + left_px, stride: width_px, row_bytes: crop.width_px, rows: crop.height_px },
    colour(luma),
    colour(luma + chroma),
  ];
}
