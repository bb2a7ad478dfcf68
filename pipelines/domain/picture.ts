/** Pixels in memory. `data` is tightly packed: no padding at the end of a row. */
export type Picture = {
  readonly width_px: number;
  readonly height_px: number;
  /**
   * `yuv420p`: planes Y (width × height), U and V (each ⌈width/2⌉ × ⌈height/2⌉), BT.601 limited range as ffmpeg decodes it.
   * `rgb24`: R, G, B bytes interleaved.
   */
  readonly format: "yuv420p" | "rgb24";
  readonly data: Uint8Array;
};

/** One decoded picture of one camera. */
export type Frame = {
  readonly camera: string;
  /** Capture time: see "Time" in the design; for recordings the start time plus the presentation time. */
  readonly at_ms: number;
  readonly picture: Picture;
};

/**
 * Gives memory back at once that nobody looks at any more; it is empty afterwards. Left to the garbage collector, pictures make it run
 * in full every few dozen of them, since it counts what lies outside its heap. What is shared, or part of something, is left alone.
 */
export function release({ buffer, byteLength }: Uint8Array): void {
  const whole = buffer instanceof ArrayBuffer && byteLength === buffer.byteLength;
  if (whole && !buffer.detached) buffer.transfer(0);
}

/** Bytes that a picture of this size takes. */
export function pictureBytes(width_px: number, height_px: number, format: Picture["format"]): number {
  if (format === "rgb24") return width_px * height_px * 3;
  return width_px * height_px + 2 * Math.ceil(width_px / 2) * Math.ceil(height_px / 2);
}
