import { expect, test } from "vitest";
import type { LineDay } from "../../api/types.ts";
import { clockText, diagramOf, lastLate_s, nearestString } from "./string-line.ts";

const pattern = (direction_id: number | null, ...stops: string[]): LineDay["patterns"][number] => ({
  direction_id,
  stops: stops.map((stop_id, at) => ({ stop_id, at_m: at * 500 })),
});
const trip = (trip_id: string, over: Partial<LineDay["trips"][number]>): LineDay["trips"][number] => ({
  ...{ feed: "town", trip_id, pattern: 0, cancelled: false, drives: [] },
  ...{ arrival_s: [0, 100, 200], departure_s: [0, 110, 200] },
  ...over,
});
const dayOf = (patterns: LineDay["patterns"], ...trips: LineDay["trips"]): LineDay => ({
  ...{ begins_at: "2026-10-01T21:00:00Z", unknown_visits: 0, patterns, trips },
});
const driven = {
  vehicle_id: "7",
  arrival_s: [-20, null, 260],
  departure_s: [30, null, null],
};

test("planned and actual strings of a trip; what was not seen is passed over", () => {
  const { strings, stops, length_m, from_s, to_s } = diagramOf(
    dayOf([pattern(0, "a", "b", "c")], trip("1", { drives: [driven] })),
  );
  expect([stops.length, length_m, from_s, to_s]).toEqual([3, 1000, -20, 260]);
  const [string] = strings;
  expect(string?.planned.map(({ s, m }) => `${s}@${m}`)).toEqual([
    "0@0",
    "0@0",
    "100@500",
    "110@500",
    "200@1000",
    "200@1000",
  ]);
  expect(string?.drives[0]?.points.map(({ s, m, late_s }) => `${s}@${m} ${late_s}`)).toEqual([
    "-20@0 -20",
    "30@0 30",
    "260@1000 60",
  ]);
  expect(string?.calls.map(({ stop_id, late_s }) => `${stop_id} ${late_s}`)).toEqual([
    "a 30",
    "b undefined",
    "c 60",
  ]);
  expect(string && lastLate_s(string)).toBe(60);
});

test("the other way runs from below to above; a short one keeps its stops where they are", () => {
  const { strings } = diagramOf(
    dayOf(
      [pattern(0, "a", "b", "c"), pattern(1, "c2", "b2", "a2"), pattern(0, "b", "x", "c")],
      trip("there", {}),
      trip("there-2", {}),
      trip("back", { pattern: 1 }),
      trip("short", { pattern: 2 }),
    ),
  );
  expect(strings.map(({ id, planned }) => `${id} ${planned.map(({ m }) => m)}`)).toEqual([
    "there~ 0,0,500,500,1000,1000",
    "there-2~ 0,0,500,500,1000,1000",
    "back~ 1000,1000,500,500,0,0",
    "short~ 500,500,1000,1000",
  ]);
});

test("a circle ends where it began, and without directions the stops tell the ways apart", () => {
  const circle = diagramOf(dayOf([pattern(null, "a", "b", "a")], trip("round", {})));
  expect(circle.strings[0]?.planned.at(-1)?.m).toBe(1000);
  const back = diagramOf(
    dayOf(
      [pattern(null, "a", "b", "c"), pattern(null, "d", "e", "f")],
      trip("1", {}),
      trip("2", { pattern: 1 }),
    ),
  );
  expect(back.strings[1]?.planned[0]?.m).toBe(1000);
});

test("the string under the mouse", () => {
  const { strings } = diagramOf(
    dayOf(
      [pattern(0, "a", "b", "c")],
      trip("1", {}),
      trip("2", { arrival_s: [50, 150, 250], departure_s: [50, 160, 250] }),
    ),
  );
  const at = (x: number, y: number) => nearestString(strings, ({ s, m }) => [s, m / 10], [x, y], 8)?.trip_id;
  expect([at(52, 0), at(105, 50), at(300, 0)]).toEqual(["2", "1", undefined]);
});

test("an empty day is empty, and clocks go on after midnight", () => {
  expect(diagramOf(dayOf([]))).toEqual({ stops: [], length_m: 0, strings: [], from_s: 0, to_s: 86_400 });
  expect([0, 29_100, 90_000].map(clockText)).toEqual(["0:00", "8:05", "25:00"]);
});
