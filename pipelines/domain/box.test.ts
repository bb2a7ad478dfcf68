import fc from "fast-check";
import { expect, test } from "vitest";
import { areaOf, iouOf } from "./box.ts";

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const boxes = fc.tuple(unit, unit, unit, unit).map(([x1, y1, x2, y2]) => ({
  left: Math.min(x1, x2),
  top: Math.min(y1, y2),
  right: Math.max(x1, x2),
  bottom: Math.max(y1, y2),
}));

test("iou is symmetric and lies in [0, 1]", () => {
  fc.assert(
    fc.property(boxes, boxes, (a, b) => {
      expect(iouOf(a, b)).toBe(iouOf(b, a));
      expect(iouOf(a, b)).toBeGreaterThanOrEqual(0);
      expect(iouOf(a, b)).toBeLessThanOrEqual(1);
    }),
  );
});

test("an inside-out box has no area", () => {
  expect(areaOf({ left: 0.6, top: 0.2, right: 0.4, bottom: 0.8 })).toBe(0);
});
