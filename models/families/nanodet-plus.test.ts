import { expect, test } from "vitest";
import { nanodetPlus } from "./nanodet-plus.ts";

// 64 × 64 pixels: grids of 64, 16, 4 and 1 points.
const letterbox = { input_width_px: 64, input_height_px: 64, width_px: 64, height_px: 64 };
const classes = [{ label: "bus", number: 1, least: 0.5 }] as const;
const SIZE = 2 + 32;

test("a point's distances are means over their bins, in strides", () => {
  const output = new Float32Array(85 * SIZE);
  // The third point of the fourth row of the first grid, at (16, 24): 1 stride to the left and up, 2 to the right, 3.5 down.
  const at = (3 * 8 + 2) * SIZE;
  output[at + 1] = 0.75;
  for (const [side, bin] of [1, 1, 2].entries()) output[at + 2 + 8 * side + bin] = 100;
  expect(nanodetPlus.read({ output }, letterbox, classes)).toEqual([
    { label: "bus", score: 0.75, box: { left: 8 / 64, top: 16 / 64, right: 32 / 64, bottom: 52 / 64 } },
  ]);
});

test("an output of another size is refused", () => {
  for (const output of [new Float32Array(85 * SIZE + 1), new Float32Array(85 * 33)]) {
    expect(() => nanodetPlus.read({ output }, letterbox, classes)).toThrow("nanodet-plus family");
  }
});
