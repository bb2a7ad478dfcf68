import { assert } from "@yardline/domain/assert";
import { WHOLE } from "@yardline/domain/box";
import { type Picture, pictureBytes } from "@yardline/domain/picture";
import { type Crop, cropOf, rowsOf } from "@yardline/frames/crop";
import type { Letterbox } from "@yardline/frames/letterbox";
import { halved, type Plane, resample } from "./resample.ts";

/**
 * A picture as networks take it: float32, 0..255, the red plane, then the green, then the blue (ONNX's `[1, 3, height, width]`),
 * fitted into `letterbox`, the bars filled with `bar`.
 * @param crop the part to take, read straight out of the picture's own memory; all of it unless told.
 */
export function planarRgb(
  picture: Picture,
  letterbox: Letterbox,
  bar: number,
  crop: Crop = cropOf(picture, WHOLE),
): Float32Array {
  const { width_px, height_px, format, data } = picture;
  assert(
    data.length === pictureBytes(width_px, height_px, format),
    "a picture has as many bytes as its size says",
  );
  const { input_width_px, input_height_px } = letterbox;
  const area = input_width_px * input_height_px;
  const input = new Float32Array(3 * area).fill(bar);
  planesOf(picture, crop).forEach((plane, at) => {
    const scale_x = plane.width_px / letterbox.width_px;
    const scale_y = plane.height_px / letterbox.height_px;
    const target = {
      values: input.subarray(at * area, (at + 1) * area),
      stride_px: input_width_px,
      width_px: letterbox.width_px,
      height_px: letterbox.height_px,
    };
    shrink(plane, scale_x, scale_y, target);
  });
  if (format === "yuv420p") yuvToRgb(input, letterbox);
  return input;
}

/** Halves until two neighbours of the source are enough for each pixel of the target. */
function shrink(
  plane: Plane,
  scale_x: number,
  scale_y: number,
  target: Parameters<typeof resample>[3],
): void {
  if (Math.max(scale_x, scale_y) <= 2) resample(plane, scale_x, scale_y, target);
  else shrink(halved(plane), scale_x / 2, scale_y / 2, target);
}

function planesOf(picture: Picture, crop: Crop): readonly Plane[] {
  const { data, format } = picture;
  const [first, ...others] = rowsOf(picture, crop).map((part) => ({
    data: data.subarray(part.first),
    step: 1,
    stride: part.stride,
    width_px: part.row_bytes,
    height_px: part.rows,
  }));
  assert(first !== undefined, "a picture has at least one plane");
  if (format === "yuv420p") return [first, ...others];
  return [0, 1, 2].map((channel) => ({
    ...first,
    data: first.data.subarray(channel),
    step: 3,
    width_px: crop.width_px,
  }));
}

/** ITU-R BT.601, limited range (Y 16..235, U and V 16..240) to full range, in place. */
function yuvToRgb(
  input: Float32Array,
  { input_width_px, input_height_px, width_px, height_px }: Letterbox,
): void {
  const area = input_width_px * input_height_px;
  for (let row = 0; row < height_px; row++) {
    const end = row * input_width_px + width_px;
    for (let at = row * input_width_px; at < end; at++) {
      const luma = 1.164384 * ((input[at] ?? 0) - 16);
      const u = (input[at + area] ?? 0) - 128;
      const v = (input[at + 2 * area] ?? 0) - 128;
      input[at] = clamped(luma + 1.596027 * v);
      input[at + area] = clamped(luma - 0.391762 * u - 0.812968 * v);
      input[at + 2 * area] = clamped(luma + 2.017232 * u);
    }
  }
}

function clamped(value: number): number {
  return Math.min(255, Math.max(0, value));
}
