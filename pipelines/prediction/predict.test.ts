import type { Placement } from "@yardline/matching/placement";
import { runOf } from "@yardline/matching/testing";
import { dueAt } from "@yardline/timetable/along";
import { smallTownTimetable } from "@yardline/timetable/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { delayOf_ms } from "./drive.ts";
import { newKnowledge } from "./knowledge.ts";
import { Paces } from "./paces.ts";
import { predictStops } from "./predict.ts";
import { LEADS_S, Spread } from "./spread.ts";

const timetable = await smallTownTimetable();
const run = runOf(timetable, "east-08:00", "20260601");
const START_MS = Date.parse("2026-06-01T08:00:00+03:00");
const HOUR_MS = 3_600_000;
const EVENLY = (value_s: number) => LEADS_S.map(() => value_s);
const TABLE = { low_s: EVENLY(-30), middle_s: EVENLY(0), high_s: EVENLY(60) };
/** Expectations that come true on the whole, so that what is predicted is what is expected. */
const KNOWN = { paces: new Paces(), spread: new Spread({ driving: TABLE, waiting: TABLE }) };

function placement(at_m: number, delay_s: number): Placement {
  const at_ms = Math.round(dueAt(run, at_m) + delay_s * 1000);
  return { timetable, run, at_m, at_ms, on_path: true, named: true, confidence: 1 };
}

/** Predicted arrivals as `stop seconds-after-the-first-departure`. */
function predicted(seen: Placement, made_at_ms = seen.at_ms): readonly string[] {
  return predictStops(KNOWN, seen, made_at_ms, HOUR_MS).map(
    ({ stop, predicted_at_ms }) => `${stop} ${Math.round((predicted_at_ms - START_MS) / 1000)}`,
  );
}

test.for([
  ["a late vehicle stays late", placement(600, 200), ["2 350", "3 425", "4 500"]],
  ["a vehicle ahead of its time waits on its way", placement(600, -60), ["2 98", "3 182", "4 264"]],
  [
    "one that waits at its first stop leaves on time",
    placement(10, -300),
    ["0 0", "1 75", "2 150", "3 225", "4 300"],
  ],
  [
    "one still there after its time is as late as it is",
    placement(0, 120),
    ["0 120", "1 195", "2 270", "3 345", "4 420"],
  ],
  ["at its last stop nothing is ahead", placement(2_020, 0), []],
] as const)("%s", ([, seen, expected]) => {
  expect(predicted(seen)).toEqual(expected);
});

test("a vehicle not heard of since is not expected in the past", () => {
  const seen = placement(600, 0);
  expect(predicted(seen, seen.at_ms + 120_000)).toEqual(["2 210", "3 225", "4 300"]);
});

test("only stops within the horizon are predicted", () => {
  expect(predictStops(KNOWN, placement(10, 0), START_MS, 160_000).map(({ stop }) => stop)).toEqual([0, 1, 2]);
});

test("one that waits is not early", () => {
  const seen = [placement(10, -300), placement(600, -30), placement(600, 90)];
  expect(seen.map((each) => Math.round(delayOf_ms(each) / 1000))).toEqual([0, -30, 90]);
});

test("a vehicle that waits is never said to leave before its time, nor is its interval", () => {
  const [first] = predictStops(newKnowledge(), placement(10, -300), START_MS - 300_000, HOUR_MS);
  expect((first?.predicted_at_ms ?? 0) - START_MS).toBeGreaterThanOrEqual(0);
  expect((first?.low_ms ?? 0) - START_MS).toBeGreaterThanOrEqual(0);
});

test("an interval lies around what is said, and what is said about what was wrong before", () => {
  const table = { low_s: EVENLY(-10), middle_s: EVENLY(20), high_s: EVENLY(90) };
  const knowledge = { paces: new Paces(), spread: new Spread({ driving: table, waiting: TABLE }) };
  const [next] = predictStops(knowledge, placement(600, 0), START_MS + 90_000, HOUR_MS);
  const at_s = [next?.low_ms, next?.predicted_at_ms, next?.high_ms].map(
    (at_ms = 0) => (at_ms - START_MS) / 1000,
  );
  expect(at_s).toEqual([140, 170, 240]);
});

test("predictions never run backwards, nor lie outside their intervals or before they are made", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 2_000, noNaN: true }),
      fc.integer({ min: -900, max: 1800 }),
      fc.integer({ min: 0, max: 600 }),
      (at_m, delay_s, old_s) => {
        const seen = placement(at_m, delay_s);
        const made_at_ms = seen.at_ms + old_s * 1000;
        let before_ms = made_at_ms;
        for (const { predicted_at_ms, low_ms, high_ms } of predictStops(
          newKnowledge(),
          seen,
          made_at_ms,
          HOUR_MS,
        )) {
          expect(predicted_at_ms).toBeGreaterThanOrEqual(before_ms);
          expect(low_ms).toBeLessThanOrEqual(predicted_at_ms);
          expect(low_ms).toBeGreaterThanOrEqual(made_at_ms);
          expect(high_ms).toBeGreaterThanOrEqual(predicted_at_ms);
          before_ms = predicted_at_ms;
        }
      },
    ),
  );
});
