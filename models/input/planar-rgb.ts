import { assert } from "@yardline/domain/assert";
import { type Picture, pictureBytes } from "@yardline/domain/picture";
import type { Letterbox } from "@yardline/frames/letterbox";
import { halved, type Plane, resample } from "./resample.ts";

/**
 * A picture as networks take it: float32, 0..255, the red plane, then the green, then the blue (ONNX's `[1, 3, height, width]`),
 * fitted into `letterbox`, the bars filled with `bar`.
 */
export function planarRgb(picture: Picture, letterbox: Letterbox, bar: number): Float32Array {
  const { width_px, height_px, format, data } = picture;
  assert(
    data.length === pictureBytes(width_px, height_px, format),
    "a picture has as many bytes as its size says",
  );
  const { input_width_px, input_height_px } = letterbox;
  const area = input_width_px * input_height_px;
  const input = new Float32Array(3 * area).fill(bar);
  planesOf(picture).forEach((plane, at) => {
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

function planesOf({ width_px, height_px, format, data }: Picture): readonly Plane[] {
  const size = { width_px, height_px };
  if (format === "rgb24") return [0, 1, 2].map((first) => ({ ...size, data: data.subarray(first), step: 3 }));
  const luma = width_px * height_px;
  const half = { width_px: Math.ceil(width_px / 2), height_px: Math.ceil(height_px / 2), step: 1 };
  const chroma = half.width_px * half.height_px;
  return [
    { ...size, data: data.subarray(0, luma), step: 1 },
    { ...half, data: data.subarray(luma, luma + chroma) },
    { ...half, data: data.subarray(luma + chroma) },
  ];
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
