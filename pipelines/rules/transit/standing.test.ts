import { Network } from "@yardline/matching/network";
import { drive, runOf, stay } from "@yardline/matching/testing";
import { placeAt, smallTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import { breakdownLike } from "./breakdown-like.ts";
import { longDwell } from "./long-dwell.ts";
import { stoppedBetweenStops } from "./stopped-between-stops.ts";
import { findingsOf, lineOf } from "./testing.ts";
import type { TransitRule } from "./transit-rule.ts";

const timetable = await smallTownTimetable();
const network = new Network([timetable]);
const run = runOf(timetable, "east-08:00", "20260601");
const trip_id = "east-08:00";

/** The avenue, driven by the timetable but for one stand at a place `east` steps along it. */
function withStand(rule: TransitRule, east: number, stand_s: number, goesOn = true) {
  const before = drive(run, { trip_id }).filter(({ at_ms }) => at_ms < startOf(run) + east * 75_000);
  const from_ms = startOf(run) + east * 75_000;
  const stood = stay(placeAt(east, 0), from_ms, from_ms + stand_s * 1000).map((fix) => ({ ...fix, trip_id }));
  const after = drive(run, { trip_id, late_s: stand_s }).filter(
    ({ at_ms }) => at_ms > from_ms + stand_s * 1000,
  );
  return findingsOf(network, rule, [...before, ...stood, ...(goesOn ? after : [])]).map(lineOf);
}

test("between two stops: told after three minutes, and how long it was in the end", () => {
  expect(withStand(stoppedBetweenStops, 1.5, 170)).toEqual([]);
  const [open, closed, ...others] = withStand(stoppedBetweenStops, 1.5, 240);
  expect(open).toMatch(/^east-2 open since_at \+1\d\d stood_s 18\d$/);
  expect(closed).toMatch(/^east-2 closed since_at \+1\d\d stood_s 2[45]\d$/);
  expect(others).toEqual([]);
});

test("at a stop it is a dwell, and no stop between stops", () => {
  expect(withStand(stoppedBetweenStops, 2, 240)).toEqual([]);
  const [open, closed] = withStand(longDwell, 2, 240);
  expect(open).toMatch(/^east-2 open since_at \+1\d\d stood_s 18\d$/);
  expect(closed).toMatch(/^east-2 closed since_at \+1\d\d stood_s 2[45]\d$/);
});

test("where a run begins or ends vehicles wait for their time", () => {
  for (const rule of [longDwell, breakdownLike]) expect(withStand(rule, 0, 1200)).toEqual([]);
});

test("ten minutes on the way look like a breakdown; one that never goes on stays open", () => {
  expect(withStand(breakdownLike, 1.5, 590)).toEqual([]);
  expect(withStand(breakdownLike, 1.5, 640, false)).toEqual([
    expect.stringMatching(/^east-2 open since_at \+1\d\d stood_s 60\d$/),
  ]);
});
