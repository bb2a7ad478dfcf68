import { expect, test } from "vitest";
import { bucketsOf, everyOf } from "./load-counts.ts";

test("the severities of an hour are one bucket", () => {
  const at = "2026-11-22T12:00:00.000Z";
  const later = "2026-11-22T14:00:00.000Z";
  expect(
    bucketsOf({
      timezone: "Europe/Kyiv",
      buckets: [
        { at: later, value: "info", count: 1 },
        { at, value: "info", count: 3 },
        { at, value: "alarm", count: 2 },
        { at, value: "of a newer release", count: 1 },
      ],
    }),
  ).toEqual([
    { at_ms: Date.parse(at), count: 6, info: 4, notice: 0, alarm: 2 },
    { at_ms: Date.parse(later), count: 1, info: 1, notice: 0, alarm: 0 },
  ]);
});

test("two weeks are counted by the hour, two days by ten minutes, a few hours by the minute", () => {
  const hours = (count: number) => everyOf({ from_ms: 0, to_ms: count * 3_600_000 });
  expect([1, 3, 4, 48, 49, 14 * 24, 15 * 24].map(hours)).toEqual([
    ...["minute", "minute", "ten-minutes", "ten-minutes", "hour", "hour", "day"],
  ]);
});
