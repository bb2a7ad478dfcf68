import type { Placement } from "@yardline/matching/placement";
import { runOf } from "@yardline/matching/testing";
import { dueAt } from "@yardline/timetable/along";
import { blockTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { Paces } from "./paces.ts";
import { predictNextRuns } from "./predict.ts";
import { LEADS_S, Spread } from "./spread.ts";

const timetable = await blockTownTimetable();
const START_MS = Date.parse("2026-06-01T08:00:00+03:00");
const MINUTE_MS = 60_000;
const EVENLY = (value_s: number) => LEADS_S.map(() => value_s);
const TABLE = { low_s: EVENLY(-30), middle_s: EVENLY(0), high_s: EVENLY(60) };
const KNOWN = { paces: new Paces(), spread: new Spread({ driving: TABLE, waiting: TABLE }) };

function placement(trip_id: string, at_m: number, late_s: number): Placement {
  const run = runOf(timetable, trip_id, "20260601");
  const at_ms = Math.round(dueAt(run, at_m) + late_s * 1000);
  return { timetable, run, at_m, at_ms, on_path: true, named: true, confidence: 1 };
}

/** Next runs as `trip first-departure last-arrival`, in seconds after 8:00. */
function next(seen: Placement, horizon_min = 45): readonly string[] {
  return predictNextRuns(KNOWN, seen, seen.at_ms, horizon_min * MINUTE_MS).map(({ run, predictions }) => {
    const at_s = [predictions[0], predictions.at(-1)].map(
      (each) => ((each?.predicted_at_ms ?? 0) - START_MS) / 1000,
    );
    return [run.trip.trip_id, ...at_s].join(" ");
  });
}

test.for([
  [
    "on time: each run of the block leaves by its timetable, never before",
    placement("east-08:00", 600, 0),
    ["west-08:10 600 900", "east-08:20 1200 1500", "west-08:30 1800 2100"],
  ],
  [
    "so late that the layover is not enough: it turns and leaves as soon as it can, and gains with each layover",
    placement("east-08:00", 600, 600),
    ["west-08:10 1020 1320", "east-08:20 1440 1740", "west-08:30 1860 2160"],
  ],
  [
    "at its last stop only what is next is ahead",
    placement("west-08:10", 2_000, 0),
    ["east-08:20 1200 1500", "west-08:30 1800 2100"],
  ],
  ["after the last run of a block, and without one, nothing is", placement("west-08:30", 600, 0), []],
  ["a vehicle in no block", placement("round-08:00", 600, 0), []],
] as const)("%s", ([, seen, expected]) => {
  expect(next(seen)).toEqual(expected);
});

test("what ends beyond the horizon has nothing after it", () => {
  expect(next(placement("east-08:00", 600, 0), 3)).toEqual([]);
  expect(next(placement("east-08:00", 600, 0), 12)).toEqual(["west-08:10 600 750"]);
});

test("intervals begin no earlier than the vehicle may leave, and count their lead from its last fix", () => {
  const seen = placement("east-08:00", 600, 0);
  const [{ predictions = [] } = {}] = predictNextRuns(KNOWN, seen, seen.at_ms, 45 * MINUTE_MS);
  expect(predictions.every(({ low_ms }) => low_ms >= START_MS + 10 * MINUTE_MS)).toBe(true);
});
