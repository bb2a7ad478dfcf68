import fc from "fast-check";
import { expect, test } from "vitest";
import { dueAt, duePlace_m, stopsPassed } from "./along.ts";
import { smallTownTimetable } from "./testing.ts";

const timetable = await smallTownTimetable();
const trip = timetable.trips.get("round-06:20");
if (!trip) throw new Error("no such trip");
const [run] = timetable.listRunsOf(trip, "20260601");
if (!run) throw new Error("no such run");

test("a run is due at its stops at their times, in between by distance", () => {
  const { stop_at_m } = trip.pattern;
  const seconds = (at_m: number) => Math.round((dueAt(run, at_m) - run.origin_ms) / 1000) - 22800;
  expect([...stop_at_m].map(seconds)).toEqual([0, 150, 300, 450, 600]);
  expect(seconds((stop_at_m[1] ?? 0) / 2)).toBe(75);
  expect([seconds(-50), seconds(99_999)]).toEqual([0, 600]);
});

test("where it is due is when it is due, read backwards", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: trip.pattern.path.length_m, noNaN: true }), (at_m) => {
      expect(duePlace_m(run, dueAt(run, at_m))).toBeCloseTo(at_m, 3);
    }),
  );
});

test("stops at or before a place are passed", () => {
  expect([-1, 0, 500, 1100, 9999].map((at_m) => stopsPassed(trip.pattern, at_m))).toEqual([0, 1, 1, 2, 5]);
});
