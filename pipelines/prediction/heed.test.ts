import type { Placement } from "@yardline/matching/placement";
import { runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import { type Heeded, heed, isParked } from "./heed.ts";
import { newKnowledge } from "./knowledge.ts";

const timetable = await smallTownTimetable();
const MINUTE_S = 60;

/** Where a vehicle of a run is so many seconds after its start. */
function seen(after_s: number, at_m: number, trip_id = "east-08:00"): Placement {
  const run = runOf(timetable, trip_id, "20260601");
  const at_ms = startOf(run) + after_s * 1000;
  return { timetable, run, at_m, at_ms, on_path: true, named: true, confidence: 1 };
}

function after(placements: readonly Placement[], knowledge = newKnowledge()): Heeded | undefined {
  return placements.reduce<Heeded | undefined>((before, now) => heed(knowledge, before, now), undefined);
}

/** One who stands at one place from minute to minute. */
const stands = (from_min: number, to_min: number, at_m: number) =>
  Array.from({ length: to_min - from_min + 1 }, (_, i) =>
    seen((from_min + i) * MINUTE_S, at_m + (i % 2) * 20),
  );

const parked = (placements: readonly Placement[], now = placements.at(-1)) =>
  isParked(after(placements), now?.at_ms ?? 0);

test("who stands in a jam or at a stop is not parked, who stands for half an hour is, until it moves", () => {
  expect(parked(stands(5, 20, 600))).toBe(false);
  expect(parked(stands(5, 40, 600))).toBe(true);
  expect(parked([...stands(5, 40, 600), seen(41 * MINUTE_S, 900)])).toBe(false);
});

test("who waits for its departure is not parked, who is still there half an hour after it is", () => {
  expect(parked(stands(-60, 10, 10))).toBe(false);
  expect(parked(stands(-60, 35, 10))).toBe(true);
});

test("who is beside its line for long predicts nothing", () => {
  const beside = { ...seen(100, 600), on_path: false };
  expect(isParked(after([beside]), beside.at_ms + 5 * 60_000)).toBe(false);
  expect(isParked(after([beside]), beside.at_ms + 21 * 60_000)).toBe(true);
});

test("what was expected is held against what came: vehicles that come later than said move what is said", () => {
  const knowledge = newKnowledge();
  const before = knowledge.spread.at(150, false).middle_s;
  for (let trips = 0; trips < 30; trips += 1) {
    // On time for 500 m, then three times as slow: what is expected there is wrong each time.
    const way = [
      ...[0, 30, 60, 75].map((s) => seen(s, (500 * s) / 75)),
      ...[300, 525, 750].map((s) => seen(s, 500 + (500 * (s - 75)) / 225)),
    ];
    after(way, knowledge);
    heed(knowledge, undefined, undefined);
  }
  expect(knowledge.spread.at(150, false).middle_s).toBeGreaterThan(before);
});

test("on no run nothing is remembered; on another run it begins anew", () => {
  const way = [seen(0, 0), seen(130, 800)];
  expect(heed(newKnowledge(), after(way), undefined)).toBeUndefined();
  expect(heed(newKnowledge(), after(way), seen(0, 0, "east-08:20"))?.awaited).toHaveLength(1);
});
