import { expect, test } from "vitest";
import { MAP_MEASURES } from "../plan-view.ts";
import { boundsOf, classOf, SCALES, SEGMENT_CLASSES } from "./segment-scale.ts";

test("late is worse, slow is worse", () => {
  expect([-90, 0, 60, 200, 301].map((delay_s) => classOf("delay", delay_s))).toEqual([1, 2, 3, 4, 5]);
  expect([31, 30, 18, 12, 10].map((kmh) => classOf("speed", kmh))).toEqual([1, 2, 3, 4, 5]);
});

test("classes follow each other without gaps, and each has what lies in its bounds", () => {
  for (const measure of MAP_MEASURES) {
    for (const which of SEGMENT_CLASSES) {
      const [low, high] = boundsOf(measure, which);
      const middle = ((low ?? (high ?? 0) - 2) + (high ?? (low ?? 0) + 2)) / 2;
      expect(classOf(measure, middle)).toBe(which);
    }
    expect(SCALES[measure].edges).toHaveLength(4);
  }
});
