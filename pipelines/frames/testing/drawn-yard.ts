import { type Picture, pictureBytes } from "@yardline/domain/picture";

/** Brightness of a pixel, in levels. */
export type Scene = (x: number, y: number) => number;

/** Like any yard: squares of 20 pixels, each of its own grey between 60 and 160, always the same ones. */
export const yard: Scene = (x, y) => {
  const [across, down] = [Math.floor(x / 20), Math.floor(y / 20)];
  const square = across * 1000 + down;
  const level = levels.get(square) ?? 60 + 100 * noise(across, down);
  levels.set(square, level);
  return level;
};
const levels = new Map<number, number>();

/** A scene with a rectangle in it. */
export function withBox(scene: Scene, [left, top, right, bottom]: readonly number[], level: number): Scene {
  return (x, y) =>
    x >= (left ?? 0) && x < (right ?? 0) && y >= (top ?? 0) && y < (bottom ?? 0) ? level : scene(x, y);
}

/** A picture of 320 × 180 pixels, which makes cells of two. */
export function pictureOf(scene: Scene): Picture {
  const [width_px, height_px] = [320, 180];
  const data = new Uint8Array(pictureBytes(width_px, height_px, "yuv420p")).fill(128);
  for (let y = 0; y < height_px; y++) {
    for (let x = 0; x < width_px; x++) data[y * width_px + x] = Math.max(16, Math.min(235, scene(x, y)));
  }
  return { width_px, height_px, format: "yuv420p", data };
}

/** The same pseudo-random number for the same arguments, in [0, 1). */
export function noise(a: number, b: number): number {
  const x = Math.sin(a * 12.9898 + b * 78.233) * 43758.5453;
  return x - Math.floor(x);
}
