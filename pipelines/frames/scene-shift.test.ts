import fc from "fast-check";
import { expect, test } from "vitest";
import { lumaOf } from "./luma.ts";
import { shiftOf } from "./scene-shift.ts";
import { pictureOf, yard } from "./testing/drawn-yard.ts";

const scene = lumaOf(pictureOf(yard));

test("any shift of up to a fifth of the picture is found to a cell of four pixels", () => {
  const pixels = fc.tuple(fc.integer({ min: -64, max: 64 }), fc.integer({ min: -36, max: 36 }));
  fc.assert(
    fc.property(
      pixels.filter(([x, y]) => Math.hypot(x, y) > 12),
      ([x, y]) => {
        const found = shiftOf(lumaOf(pictureOf((px, py) => yard(px + x, py + y))), scene.cells);
        expect(Math.abs((found?.across ?? 9) * 320 + x)).toBeLessThanOrEqual(4);
        expect(Math.abs((found?.down ?? 9) * 180 + y)).toBeLessThanOrEqual(4);
      },
    ),
    { numRuns: 25 },
  );
});

test("neither the same picture, nor in another light, nor another one altogether has a shift", () => {
  const pictures = [
    pictureOf(yard),
    pictureOf((x, y) => 40 + yard(x, y) / 2),
    pictureOf((x, y) => yard(y + 500, x)),
  ];
  expect(pictures.map((picture) => shiftOf(lumaOf(picture), scene.cells))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
