import { expect, test } from "vitest";
import { niceSeconds, quantile, shapeOf } from "./distribution.ts";

test("quantiles are values of the sample", () => {
  const values = [5, 1, 4, 2, 3];
  expect([0, 0.05, 0.5, 0.95, 1].map((share) => quantile(values, share))).toEqual([1, 1, 3, 5, 5]);
  expect(quantile([], 0.5)).toBe(undefined);
  expect(shapeOf(values, " s")).toBe("5: 5 % 1 s, half 3 s, 95 % 5 s, most 5 s");
  expect(shapeOf([])).toBe("none");
});

test("durations are those that somebody would write", () => {
  expect([0, 5, 5.1, 61, 14_400, 20_000].map(niceSeconds)).toEqual([5, 5, 10, 90, 14_400, 21_600]);
});
