import { Network } from "@yardline/matching/network";
import { NOTHING_ORDERED } from "@yardline/matching/ordered";
import { drive, runOf, stay } from "@yardline/matching/testing";
import { placeAt, smallTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import { offRoute } from "./off-route.ts";
import { findingsOf, lineOf } from "./testing.ts";

const timetable = await smallTownTimetable();
const network = new Network([timetable]);
const trip_id = "east-08:00";
const run = runOf(timetable, trip_id, "20260601");
const MINUTE_MS = 60_000;
const named = <F>(fixes: readonly F[]) => fixes.map((fix) => ({ ...fix, trip_id }));
const beside = (from_min: number, to_min: number) =>
  named(stay(placeAt(2, 0.6), startOf(run) + from_min * MINUTE_MS, startOf(run) + to_min * MINUTE_MS));
const onLine = (from_min: number, to_min: number, late_s = 0) =>
  drive(run, { trip_id, late_s }).filter(({ at_ms }) => {
    const min = (at_ms - startOf(run)) / MINUTE_MS;
    return min >= from_min && min < to_min;
  });

test("a detour: told after a minute, closed when it is back", () => {
  const fixes = [...onLine(0, 2), ...beside(2, 4), ...onLine(4.1, 8, 120)];
  expect(findingsOf(network, offRoute, fixes).map(lineOf)).toEqual([
    "east-2 open left_at +115",
    expect.stringMatching(/^east-2 closed left_at \+115 away_s 1[34]\d ended returned$/),
  ]);
});

test("half a minute beside the line is noise", () => {
  expect(findingsOf(network, offRoute, [...onLine(0, 2), ...beside(2, 2.5), ...onLine(3, 8)])).toEqual([]);
});

test("before its first stop a vehicle is on its way to work", () => {
  expect(findingsOf(network, offRoute, [...beside(-5, 0), ...onLine(0, 3)])).toEqual([]);
});

test("one that falls silent out there did not come back", () => {
  const fixes = [...onLine(0, 2), ...beside(2, 4)];
  const until_ms = startOf(run) + 30 * MINUTE_MS;
  expect(findingsOf(network, offRoute, fixes, until_ms).map(lineOf).at(-1)).toMatch(/ended left$/);
});

test("where people marked a detour nobody is off the route; what was told before ends with it", () => {
  const marked = (from_min: number) => {
    const detoured = new Network([timetable]);
    const from_ms = startOf(run) + from_min * MINUTE_MS;
    detoured.heed({
      ...NOTHING_ORDERED,
      isDetoured: (_timetable, _run, at_m, at_ms) => at_m > 500 && at_ms >= from_ms,
    });
    return detoured;
  };
  const fixes = [...onLine(0, 2), ...beside(2, 6), ...onLine(6.1, 8, 240)];
  expect(findingsOf(marked(0), offRoute, fixes)).toEqual([]);
  expect(findingsOf(marked(4), offRoute, fixes).map(lineOf)).toEqual([
    "east-2 open left_at +115",
    expect.stringMatching(/^east-2 closed left_at \+115 away_s 12\d ended returned$/),
  ]);
});
