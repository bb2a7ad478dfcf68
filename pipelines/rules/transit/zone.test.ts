import { runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { nextStop, stopAt } from "./zone.ts";

const { pattern } = runOf(await smallTownTimetable(), "east-08:00", "20260601").trip;

test("a stop's zone reaches 25 m to both sides along the line", () => {
  const at_m = pattern.stop_at_m[1] ?? 0;
  expect([-26, -24, 0, 24, 26].map((off_m) => stopAt(pattern, at_m + off_m))).toEqual([
    undefined,
    1,
    1,
    1,
    undefined,
  ]);
});

test("behind the end of the line the next stop is still the last", () => {
  expect([0, 700, pattern.path.length_m + 50].map((at_m) => nextStop(pattern, at_m))).toEqual([1, 2, 4]);
});
