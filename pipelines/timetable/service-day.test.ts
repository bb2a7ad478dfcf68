import fc from "fast-check";
import { expect, test } from "vitest";
import { dateAt, dayAfter, isServiceDate, originOf, secondsOf, timeText } from "./service-day.ts";

const ZONE = "Europe/Kyiv";

test.for([
  ["an ordinary day", "20260601", "2026-05-31T21:00:00.000Z"],
  ["clocks go forward: the day begins at 23:00 of the day before", "20260329", "2026-03-28T21:00:00.000Z"],
  ["clocks go back: the day begins at 01:00", "20261025", "2026-10-24T22:00:00.000Z"],
] as const)("a day's times count from noon minus twelve hours: %s", ([, date, origin]) => {
  expect(new Date(originOf(date, ZONE)).toISOString()).toBe(origin);
});

test("noon of any service day is twelve hours after its origin", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20_000 }),
      fc.constantFrom(ZONE, "America/Chicago", "UTC"),
      (days, zone) => {
        const date = dayAfter("20000101", days);
        expect(dateAt(originOf(date, zone) + 12 * 3_600_000, zone)).toBe(date);
      },
    ),
  );
});

test("times are read as GTFS writes them", () => {
  expect(["8:05:00", "08:05:00", "25:10:30", "00:00:00"].map(secondsOf)).toEqual([29100, 29100, 90630, 0]);
  expect(["", "8:5:0", "08:60:00", "08:00", "noon", "-1:00:00"].map(secondsOf)).toEqual(
    Array(6).fill(undefined),
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_599_999 }), (seconds) => {
      expect(secondsOf(timeText(seconds))).toBe(seconds);
    }),
  );
});

test("a service date is a day that exists", () => {
  expect(["20260228", "20240229"].map(isServiceDate)).toEqual([true, true]);
  expect(["20260229", "2026-02-28", "20261301", "", "0"].map(isServiceDate)).toEqual(Array(5).fill(false));
});
