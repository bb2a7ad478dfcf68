import { expect, test } from "vitest";
import { intervalOf } from "./interval.ts";

function width_s(ahead_s: number, waits = false): readonly [before: number, after: number] {
  const at_ms = 1_000_000_000 + ahead_s * 1000;
  const { low_ms, high_ms } = intervalOf(at_ms, 1_000_000_000, waits);
  return [(at_ms - low_ms) / 1000, (high_ms - at_ms) / 1000];
}

test("the interval is the measured spread, between its rows by lead, and goes on beyond them", () => {
  expect(width_s(120)).toEqual([41, 75]);
  expect(width_s(195)).toEqual([54.5, 92.5]);
  expect(width_s(0)).toEqual([2, 45]);
  expect(width_s(-60)).toEqual([2, 45]);
  expect(width_s(5400)[1]).toBeGreaterThan(600);
});

test("what lies farther ahead is known less well", () => {
  const widths = Array.from({ length: 60 }, (_, minute) => width_s(minute * 60)).map(([a, b]) => a + b);
  expect(widths).toEqual(widths.toSorted((a, b) => a - b));
});

test("one that waits at its first stop may leave later than said", () => {
  expect(width_s(120, true)).toEqual([41, 240]);
  expect(width_s(1500, true)).toEqual([132, 268]);
});
