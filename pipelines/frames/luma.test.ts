import type { Picture } from "@yardline/domain/picture";
import { pictureBytes } from "@yardline/domain/picture";
import { expect, test } from "vitest";
import { lumaOf } from "./luma.ts";

function pictureOf(
  width_px: number,
  height_px: number,
  brightness: (x: number, y: number) => number,
): Picture {
  const data = new Uint8Array(pictureBytes(width_px, height_px, "yuv420p")).fill(128);
  for (let y = 0; y < height_px; y++) {
    for (let x = 0; x < width_px; x++) data[y * width_px + x] = brightness(x, y);
  }
  return { width_px, height_px, format: "yuv420p", data };
}

test("each cell is the mean of its square; a remainder at the edges is left out", () => {
  // 5 × 5 pixels in cells of 2: the last column and row belong to none.
  const picture = pictureOf(5, 5, (x, y) => (x === 4 || y === 4 ? 255 : 10 * x + 100 * Math.floor(y / 2)));
  expect(lumaOf(picture, 3)).toEqual({ columns: 2, rows: 2, cells: Float32Array.of(5, 25, 105, 125) });
});

test("a picture narrower than the grid keeps its pixels", () => {
  const picture = pictureOf(3, 2, (x, y) => x + 10 * y);
  expect(lumaOf(picture)).toEqual({ columns: 3, rows: 2, cells: Float32Array.of(0, 1, 2, 10, 11, 12) });
});

test("a 720p picture becomes 160 × 90 cells, colour planes left alone", () => {
  const luma = lumaOf(pictureOf(1280, 720, () => 77));
  expect([luma.columns, luma.rows]).toEqual([160, 90]);
  expect(luma.cells.every((cell) => cell === 77)).toBe(true);
});
