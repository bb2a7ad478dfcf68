import { pictureBytes } from "@yardline/domain/picture";
import fc from "fast-check";
import { expect, test } from "vitest";
import { enlarge } from "./enlarge.ts";

test("each pixel becomes a square of its own level and colour, with a black panel beside", () => {
  const data = Uint8Array.from([10, 20, 30, 40, 1, 2]);
  const large = enlarge({ width_px: 2, height_px: 2, format: "yuv420p", data }, 2, 2);
  expect(large).toEqual({
    width_px: 6,
    height_px: 4,
    format: "yuv420p",
    data: Uint8Array.from([
      ...[10, 10, 20, 20, 16, 16, 10, 10, 20, 20, 16, 16],
      ...[30, 30, 40, 40, 16, 16, 30, 30, 40, 40, 16, 16],
      ...[1, 1, 128, 1, 1, 128],
      ...[2, 2, 128, 2, 2, 128],
    ]),
  });
});

test("any size becomes one that can be encoded", () => {
  const side = fc.integer({ min: 2, max: 33 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 4 }), (width_px, height_px, times) => {
      const data = new Uint8Array(pictureBytes(width_px, height_px, "yuv420p")).fill(7);
      const large = enlarge({ width_px, height_px, format: "yuv420p", data }, times, 10);
      expect([large.width_px % 2, large.height_px % 2]).toEqual([0, 0]);
      expect(large.data.length).toBe(pictureBytes(large.width_px, large.height_px, "yuv420p"));
      expect(new Set(large.data)).toEqual(new Set([7, 16, 128]));
    }),
  );
});
