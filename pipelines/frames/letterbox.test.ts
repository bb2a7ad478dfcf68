import fc from "fast-check";
import { expect, test } from "vitest";
import { letterboxOf, outOfLetterbox } from "./letterbox.ts";

test.for([
  [
    "a 720p camera fills its input",
    1280,
    720,
    32,
    { input_width_px: 512, input_height_px: 288, width_px: 512, height_px: 288 },
  ],
  [
    "a 4:3 picture",
    640,
    427,
    32,
    { input_width_px: 512, input_height_px: 352, width_px: 512, height_px: 342 },
  ],
  [
    "a small upright one is enlarged",
    120,
    240,
    32,
    { input_width_px: 256, input_height_px: 512, width_px: 256, height_px: 512 },
  ],
  [
    "a network that takes squares only",
    1280,
    720,
    512,
    { input_width_px: 512, input_height_px: 512, width_px: 512, height_px: 288 },
  ],
  [
    "one row of pixels",
    4000,
    1,
    32,
    { input_width_px: 512, input_height_px: 32, width_px: 512, height_px: 1 },
  ],
] as const)("%s", ([, width_px, height_px, step_px, expected]) => {
  expect(letterboxOf({ width_px, height_px }, 512, step_px)).toEqual(expected);
});

const sizes = fc.record({
  width_px: fc.integer({ min: 1, max: 8000 }),
  height_px: fc.integer({ min: 1, max: 8000 }),
});
const unit = fc.double({ min: 0, max: 1, noNaN: true });

test("a picture lies inside its input, which is never larger than the square nor a step too large", () => {
  fc.assert(
    fc.property(sizes, fc.constantFrom(32, 64, 512), (size, step_px) => {
      const { input_width_px, input_height_px, width_px, height_px } = letterboxOf(size, 512, step_px);
      for (const [input, picture] of [
        [input_width_px, width_px],
        [input_height_px, height_px],
      ] as const) {
        expect(input % step_px).toBe(0);
        expect(input).toBeLessThanOrEqual(512);
        expect(input - picture).toBeGreaterThanOrEqual(0);
        expect(input - picture).toBeLessThan(step_px);
      }
    }),
  );
});

test("a box comes back from where it went", () => {
  fc.assert(
    fc.property(sizes, unit, unit, unit, unit, (size, left, top, right, bottom) => {
      const letterbox = letterboxOf(size, 512, 32);
      const { width_px, height_px } = letterbox;
      const box = { left, top, right, bottom };
      const there = {
        left: left * width_px,
        top: top * height_px,
        right: right * width_px,
        bottom: bottom * height_px,
      };
      const back = outOfLetterbox(there, letterbox);
      for (const side of ["left", "top", "right", "bottom"] as const)
        expect(back[side]).toBeCloseTo(box[side], 12);
    }),
  );
});

test("a box that reaches into the bars ends at the picture's edge", () => {
  const letterbox = letterboxOf({ width_px: 640, height_px: 427 }, 512, 32);
  expect(outOfLetterbox({ left: -9, top: 171, right: 256, bottom: 351 }, letterbox)).toEqual({
    left: 0,
    top: 0.5,
    right: 0.5,
    bottom: 1,
  });
});
