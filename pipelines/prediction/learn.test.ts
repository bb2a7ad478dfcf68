import type { Placement } from "@yardline/matching/placement";
import { runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import { expectStops } from "./expect.ts";
import { learnFrom } from "./learn.ts";
import { Paces } from "./paces.ts";

const timetable = await smallTownTimetable();

/** Where a vehicle of a run is so many seconds after its start. */
function seen(trip_id: string, after_s: number, at_m: number, on_path = true): Placement {
  const run = runOf(timetable, trip_id, "20260601");
  const at_ms = startOf(run) + after_s * 1000;
  return { timetable, run, at_m, at_ms, on_path, named: true, confidence: 1 };
}

/** A vehicle that leaves on time and drives an avenue of four links of 500 m, 75 s each, in `hop_s` seconds each. */
function drive(paces: Paces, trip_id: string, hop_s: number): void {
  let since: Placement | undefined;
  for (let after_s = 0; after_s <= 4 * hop_s; after_s += 20) {
    since = learnFrom(paces, since, seen(trip_id, after_s, (500 * after_s) / hop_s));
  }
}

/** When it is said to reach its last stop, in seconds after its start, by a vehicle that waits for its departure. */
function lastAt_s(paces: Paces, trip_id: string): number {
  const waiting = seen(trip_id, -60, 0);
  const last = [...expectStops(paces, waiting, waiting.at_ms)].at(-1);
  return ((last?.expected_ms ?? 0) - startOf(waiting.run)) / 1000;
}

test("vehicles that drive slower than the timetable move what is said of the next ones", () => {
  const paces = new Paces();
  expect(lastAt_s(paces, "east-08:00")).toBe(300);
  for (const trip_id of ["east-08:00", "east-08:20", "east-08:40", "east-09:00", "east-09:20"]) {
    drive(paces, trip_id, 105);
  }
  expect(lastAt_s(paces, "east-09:40")).toBeGreaterThan(370);
  expect(lastAt_s(paces, "east-09:40")).toBeLessThanOrEqual(425);
});

test("vehicles that keep to the timetable leave it as it is", () => {
  const paces = new Paces();
  for (const trip_id of ["east-08:00", "east-08:20", "east-08:40"]) drive(paces, trip_id, 75);
  expect(Math.abs(lastAt_s(paces, "east-09:00") - 300)).toBeLessThan(5);
});

test.for([
  ["the wait for the departure is not driven", seen("east-08:00", -240, 0), seen("east-08:00", 75, 500)],
  ["a break says nothing", seen("east-08:00", 60, 400), seen("east-08:00", 1_060, 500)],
  ["another run begins anew", seen("east-08:00", 400, 1_900), seen("east-08:20", 600, 400)],
] as const)("%s", ([, since, now]) => {
  const paces = new Paces();
  expect(learnFrom(paces, since, now)).toBe(now);
  expect(Math.abs(lastAt_s(paces, "east-09:00") - 300)).toBeLessThan(4);
});

test("a span goes on until the vehicle is clearly farther, and on its path", () => {
  const paces = new Paces();
  const since = seen("east-08:00", 75, 500);
  for (const now of [
    seen("east-08:00", 85, 600),
    seen("east-08:00", 200, 520),
    seen("east-08:00", 200, 700, false),
  ]) {
    expect(learnFrom(paces, since, now)).toBe(since);
  }
  expect(lastAt_s(paces, "east-09:00")).toBe(300);
  expect(learnFrom(paces, undefined, seen("east-08:00", 75, 500, false))).toBeUndefined();
  expect(learnFrom(paces, since, undefined)).toBeUndefined();
});
