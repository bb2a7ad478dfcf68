import { occurrenceFloor } from "@yardline/events/identity";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CLASSES, findPeriod, isOutlived, keptDaysOf, nameOf, periodAt, periodOf } from "./period.ts";

const at = (instant: string): number => Date.parse(instant);
const DAY_MS = 86_400_000;

test.for([
  [365, "2026-11-15T23:59:59.999Z", "365d-2026.11.09"],
  [365, "2026-11-16T00:00:00.000Z", "365d-2026.11.16"],
  [365, "1970-01-01T00:00:00.000Z", "365d-1969.12.29"],
  [31, "2026-11-22T23:59:59.999Z", "31d-2026.11.16"],
  [30, "2026-11-22T23:59:59.999Z", "30d-2026.11.22"],
  [3, "2026-11-23T00:00:00.000Z", "3d-2026.11.23"],
] as const)("events of %i days that begin at %s are kept in %s", ([kept_days, instant, name]) => {
  expect(nameOf(periodAt(kept_days, at(instant)))).toBe(name);
});

test("a kind of the catalogue has its own class, another the class of the unknown", () => {
  const occurrence = `${occurrenceFloor(at("2026-11-18T10:00:00Z"))}${"0".repeat(20)}`;
  expect(nameOf(periodOf({ type: "yard.presence", occurrence }))).toBe("365d-2026.11.16");
  expect(nameOf(periodOf({ type: "yard.barking", occurrence }))).toBe("365d-2026.11.16");
  expect(CLASSES).toContain(keptDaysOf("yard.barking"));
});

test("every period holds the instant it is of, and is found by its name", () => {
  const instants = fc.integer({ min: 0, max: 2 ** 43 - 1 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999 }), instants, (kept_days, at_ms) => {
      const period = periodAt(kept_days, at_ms);
      expect(period.from_ms <= at_ms && at_ms < period.to_ms).toBe(true);
      expect(findPeriod(nameOf(period))).toEqual(period);
    }),
  );
});

test.for([
  "",
  "365d",
  "365d-2026.11.17",
  "30d-2026.13.01",
  "30d-2026.02.30",
  "x365d-2026.11.16",
  "d-2026.11.16",
])("%s names no period", (name) => {
  expect(findPeriod(name)).toBeUndefined();
});

test("a period is outlived when its last event is", () => {
  const period = periodAt(365, at("2026-11-18T00:00:00Z"));
  const end_ms = at("2026-11-23T00:00:00Z") + 365 * DAY_MS;
  expect([end_ms - 1, end_ms].map((now_ms) => isOutlived(period, now_ms))).toEqual([false, true]);
});
