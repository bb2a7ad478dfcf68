import { expect, test } from "vitest";
import { intervalOf } from "./interval.ts";

function width_s(ahead_s: number): readonly [before: number, after: number] {
  const at_ms = 1_000_000_000 + ahead_s * 1000;
  const { low_ms, high_ms } = intervalOf(at_ms, 1_000_000_000);
  return [(at_ms - low_ms) / 1000, (high_ms - at_ms) / 1000];
}

test("the interval is the measured spread, between its rows by lead, and goes on beyond them", () => {
  expect(width_s(120)).toEqual([43, 102]);
  expect(width_s(195)).toEqual([62.5, 121.5]);
  expect(width_s(0)).toEqual([5, 55]);
  expect(width_s(-60)).toEqual([5, 55]);
  expect(width_s(5400)[1]).toBeGreaterThan(600);
});

test("what lies farther ahead is known less well", () => {
  const widths = Array.from({ length: 60 }, (_, minute) => width_s(minute * 60)).map(([a, b]) => a + b);
  expect(widths).toEqual(widths.toSorted((a, b) => a - b));
});
