import { expect, test } from "vitest";
import { detailOf } from "./picture-detail.ts";
import { pictureOf, type Scene, yard } from "./testing/drawn-yard.ts";

const blurred =
  (radius_px: number): Scene =>
  (x, y) => {
    let sum = 0;
    for (let dx = -radius_px; dx <= radius_px; dx++) sum += yard(x + dx, y);
    return sum / (2 * radius_px + 1);
  };

test("a blur of a few pixels takes most of the detail, noise alone is none", () => {
  const sharp = detailOf(pictureOf(yard));
  expect(detailOf(pictureOf(blurred(3)))).toBeLessThan(sharp / 4);
  expect(detailOf(pictureOf(blurred(8)))).toBeLessThan(sharp / 20);
  expect(detailOf(pictureOf((x) => 90 + (x % 4)))).toBe(0);
});
