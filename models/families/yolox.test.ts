import { letterboxOf } from "@yardline/frames/letterbox";
import { expect, test } from "vitest";
import { yolox } from "./yolox.ts";

// 32 × 32 pixels: grids of 16, 4 and 1 cells.
const letterbox = letterboxOf({ width_px: 64, height_px: 32 }, 32, 32);
const classes = [
  { label: "person", number: 0, least: 0.25 },
  { label: "car", number: 2, least: 0.25 },
] as const;
const SIZE = 5 + 3;

function outputWith(cell: number, numbers: readonly number[]): Float32Array {
  const output = new Float32Array(21 * SIZE);
  output.set(numbers, cell * SIZE);
  return output;
}

test("a cell's box is so many cells from it, its size a power of e, its score the product of two", () => {
  // The second cell of the second row of the grid of 8 px: centre at (12, 12), 16 × 8 pixels.
  const output = outputWith(5, [0.5, 0.5, Math.log(2), 0, 0.5, 0.125, 1, 0.75]);
  const [only, ...others] = yolox.read({ output }, letterbox, classes);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ label: "car", score: 0.375 });
  for (const [side, value] of Object.entries({ left: 4 / 32, top: 8 / 16, right: 20 / 32, bottom: 1 })) {
    expect(Object.entries(only?.box ?? {})).toContainEqual([side, expect.closeTo(value, 5)]);
  }
});

test("a class that we do not ask for counts for nothing, nor does a huge size", () => {
  expect(yolox.read({ output: outputWith(20, [0, 0, 0, 0, 1, 0.1, 1, 0.1]) }, letterbox, classes)).toEqual(
    [],
  );
  const [whole] = yolox.read({ output: outputWith(20, [0, 0, 999, 999, 1, 1, 0, 0]) }, letterbox, classes);
  expect(whole?.box).toEqual({ left: 0, top: 0, right: 1, bottom: 1 });
});

test("an output of another size is refused", () => {
  for (const output of [new Float32Array(21 * SIZE - 1), new Float32Array(21 * 6)]) {
    expect(() => yolox.read({ output }, letterbox, classes)).toThrow("yolox family");
  }
});
