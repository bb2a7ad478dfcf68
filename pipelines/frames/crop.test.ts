import type { Box } from "@yardline/domain/box";
import { WHOLE } from "@yardline/domain/box";
import { type Picture, pictureBytes } from "@yardline/domain/picture";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cropOf, cut, outOfRegion, regionOf, within } from "./crop.ts";

const side = fc.integer({ min: 1, max: 40 });
const sizes = fc.record({ width_px: side, height_px: side });
const span = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const regions: fc.Arbitrary<Box> = fc
  .tuple(span, span)
  .map(([[left, right], [top, bottom]]) => ({ left, top, right, bottom }));

test("the whole picture is cropped to itself", () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const crop = cropOf(size, WHOLE);
      expect(crop).toEqual({ left_px: 0, top_px: 0, ...size });
      expect(regionOf(crop, size)).toEqual(WHOLE);
    }),
  );
});

test("a crop begins even, lies in the picture, holds its region, and is at most a pair of pixels larger on each side", () => {
  fc.assert(
    fc.property(sizes, regions, (size, region) => {
      const crop = cropOf(size, region);
      for (const [from, length, from_fraction, to_fraction, picture] of [
        [crop.left_px, crop.width_px, region.left, region.right, size.width_px],
        [crop.top_px, crop.height_px, region.top, region.bottom, size.height_px],
      ] as const) {
        expect(from % 2).toBe(0);
        expect(length).toBeGreaterThan(0);
        expect(from + length).toBeLessThanOrEqual(picture);
        expect(from).toBeLessThanOrEqual(from_fraction * picture);
        expect(from + length).toBeGreaterThanOrEqual(to_fraction * picture);
        expect(from_fraction * picture - from).toBeLessThan(3);
        expect(from + length - to_fraction * picture).toBeLessThan(3);
      }
    }),
  );
});

/** Every pixel its own place in it: rows in green, columns in red; the colour planes count in pairs. */
function counted(width_px: number, height_px: number, format: Picture["format"]): Picture {
  const data = new Uint8Array(pictureBytes(width_px, height_px, format));
  if (format === "rgb24") {
    for (let at = 0; at < width_px * height_px; at++)
      data.set([at % width_px, Math.floor(at / width_px), 7], 3 * at);
    return { width_px, height_px, format, data };
  }
  const half = Math.ceil(width_px / 2);
  const luma = width_px * height_px;
  data.forEach((_, at) => {
    data[at] = at < luma ? at % width_px : 100 + ((at - luma) % half);
  });
  return { width_px, height_px, format, data };
}

test("cut out, a part keeps its pixels, in both formats and with odd sides", () => {
  const crop = { left_px: 2, top_px: 2, width_px: 3, height_px: 2 };
  expect([...cut(counted(5, 5, "rgb24"), crop).data]).toEqual([
    ...[2, 2, 7, 3, 2, 7, 4, 2, 7],
    ...[2, 3, 7, 3, 3, 7, 4, 3, 7],
  ]);
  expect(cut(counted(5, 5, "yuv420p"), crop)).toEqual({
    width_px: 3,
    height_px: 2,
    format: "yuv420p",
    data: Uint8Array.of(2, 3, 4, 2, 3, 4, 101, 102, 101, 102),
  });
});

test("a box of a region is where it was in the picture, and what reaches out is cut off", () => {
  const region = { left: 0.5, top: 0.25, right: 1, bottom: 0.75 };
  const box = { left: 0.5, top: 0, right: 1, bottom: 0.5 };
  expect(outOfRegion(box, region)).toEqual({ left: 0.75, top: 0.25, right: 1, bottom: 0.5 });
  expect(outOfRegion(box, WHOLE)).toEqual(box);
  expect(within({ left: 0, top: 0.5, right: 0.75, bottom: 1 }, region)).toEqual({
    left: 0.5,
    top: 0.5,
    right: 0.75,
    bottom: 0.75,
  });
});

test("a region that is empty, inside out or beside the picture is a mistake of the program", () => {
  for (const region of [
    { ...WHOLE, right: 0 },
    { ...WHOLE, top: -0.1 },
    { ...WHOLE, bottom: 1.1 },
    { ...WHOLE, left: Number.NaN },
  ]) {
    expect(() => cropOf({ width_px: 4, height_px: 4 }, region)).toThrow("a region lies in the picture");
  }
});
