import { execFileSync } from "node:child_process";
import { type Picture, pictureBytes } from "@yardline/domain/picture";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMaskCheck } from "./mask-check.ts";
import { maskFilter, STRIPS_MAX, stripsOf } from "./mask-filter.ts";

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const polygons = fc.array(fc.array(fc.tuple(unit, unit), { minLength: 3, maxLength: 9 }), {
  minLength: 1,
  maxLength: 4,
});

/** What the filter paints, painted by hand: every pixel and colour sample that a strip touches. */
function painted(shapes: Parameters<typeof stripsOf>[0], width_px: number, height_px: number): Picture {
  const data = new Uint8Array(pictureBytes(width_px, height_px, "yuv420p")).fill(200);
  const [half_w, half_h] = [Math.ceil(width_px / 2), Math.ceil(height_px / 2)];
  for (const { left, top, right, bottom } of stripsOf(shapes)) {
    for (let y = Math.floor(height_px * top); y < Math.ceil(height_px * bottom); y++) {
      for (let x = Math.floor(width_px * left); x < Math.ceil(width_px * right); x++) {
        data[y * width_px + x] = 16;
        const chroma = width_px * height_px + (y >> 1) * half_w + (x >> 1);
        data[chroma] = 128;
        data[chroma + half_w * half_h] = 128;
      }
    }
  }
  return { width_px, height_px, format: "yuv420p", data };
}

test("what is painted covers every polygon, slanted, crossing itself or odd-sized", () => {
  fc.assert(
    fc.property(
      polygons,
      fc.integer({ min: 8, max: 90 }),
      fc.integer({ min: 8, max: 70 }),
      (shapes, w, h) => {
        expect(createMaskCheck(shapes, w, h)(painted(shapes, w, h))).toBe(true);
      },
    ),
  );
});

test("the number of filters stays bounded", () => {
  fc.assert(
    fc.property(polygons, (shapes) => {
      expect(stripsOf(shapes).length).toBeLessThanOrEqual(STRIPS_MAX);
    }),
  );
});

test("one masked pixel that is not black fails the check, in brightness or colour", () => {
  const triangle = [
    [
      [0.2, 0.2],
      [0.8, 0.3],
      [0.4, 0.9],
    ] as const,
  ];
  const [w, h] = [64, 48];
  const check = createMaskCheck(triangle, w, h);
  const good = painted(triangle, w, h);
  const spoilt = (at: number, value: number) => {
    const data = Uint8Array.from(good.data);
    data[at] = value;
    return check({ ...good, data });
  };
  expect(spoilt(24 * w + 30, 17)).toBe(false);
  expect(spoilt(w * h + 12 * (w / 2) + 15, 127)).toBe(false);
  expect(spoilt(w * h + (w / 2) * (h / 2) + 12 * (w / 2) + 15, 129)).toBe(false);
  expect(spoilt(2 * w + 2, 90)).toBe(true);
});

test("a picture of another size fails the check", () => {
  const check = createMaskCheck(
    [
      [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    ],
    64,
    48,
  );
  expect(
    check(
      painted(
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
          ],
        ],
        32,
        24,
      ),
    ),
  ).toBe(false);
});

test("ffmpeg paints as the check expects", () => {
  const shapes = [
    [
      [0.1, 0.1],
      [0.45, 0.2],
      [0.35, 0.7],
      [0.02, 0.55],
    ],
    [
      [0.6, 0.5],
      [0.95, 0.5],
      [0.95, 0.93],
      [0.6, 0.93],
    ],
  ] as const;
  for (const [w, h] of [
    [320, 180],
    [322, 182],
    [768, 432],
  ] as const) {
    const data = execFileSync(
      "ffmpeg",
      [
        ...["-nostdin", "-v", "error", "-f", "lavfi", "-i", `testsrc2=size=${w}x${h}`, "-frames:v", "1"],
        ...["-vf", maskFilter(shapes), "-f", "rawvideo", "pipe:1"],
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    const picture: Picture = { width_px: w, height_px: h, format: "yuv420p", data };
    expect(createMaskCheck(shapes, w, h)(picture)).toBe(true);
    expect(
      createMaskCheck(
        [
          [
            [0.7, 0.1],
            [0.9, 0.1],
            [0.9, 0.3],
          ],
        ],
        w,
        h,
      )(picture),
    ).toBe(false);
  }
});
