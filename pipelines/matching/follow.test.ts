import { placeAt, smallTownTimetable } from "@yardline/timetable/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Fix } from "./fix.ts";
import { type Following, follow, hush, UNKNOWN } from "./follow.ts";
import { Network } from "./network.ts";
import type { Move, Placement } from "./placement.ts";
import { drive, runOf, stay } from "./testing.ts";

const timetable = await smallTownTimetable();
const network = new Network([timetable]);
const DAY = "20260601";
const east = runOf(timetable, "east-08:00", DAY);
const west = runOf(timetable, "west-08:10", DAY);
const round = runOf(timetable, "round-08:00", DAY);

/** Where a vehicle is placed after each of its fixes: trip and tens of metres. */
function follows(fixes: readonly Fix[]) {
  let following: Following = UNKNOWN;
  const moves: Move[] = [];
  const placements = fixes.map((fix) => {
    const step = follow(network, "7", following, fix);
    following = step.following;
    moves.push(...step.moves);
    return following.placement;
  });
  return { placements, moves, following };
}

function tripsOf(placements: readonly (Placement | undefined)[]): readonly (string | undefined)[] {
  const trips = placements.map((placement) => placement?.run.trip.trip_id);
  return trips.filter((trip, i) => i === 0 || trip !== trips[i - 1]);
}

test("without a trip id: line, direction and run are found within 250 m, from the start on, and what follows at the end", () => {
  const { placements, moves } = follows([...drive(east, { late_s: 120, noise_m: 8 })]);
  expect(tripsOf(placements)).toEqual([undefined, "east-08:00", "west-08:10"]);
  expect(placements.findIndex((placement) => placement !== undefined)).toBeLessThan(12);
  expect(moves[0]?.after?.at_m).toBeLessThan(30);
});

test("the same street driven back is the other direction's run", () => {
  const { placements } = follows([...drive(east), ...drive(west)]);
  expect(tripsOf(placements)).toEqual([undefined, "east-08:00", "west-08:10", "east-08:20"]);
});

test("a loop is driven from its start to its end", () => {
  const { placements } = follows([...drive(round, { noise_m: 10 })]);
  const own = placements.slice(0, -1);
  const at_m = own.flatMap((placement) => placement?.at_m ?? []);
  expect(tripsOf(own)).toEqual(["round-08:00"]);
  expect(at_m.every((each, i) => i === 0 || each > (at_m[i - 1] ?? 0) - 30)).toBe(true);
  expect(at_m.at(-1)).toBeGreaterThan(3_900);
});

test("a loop whose trip is named begins at its start, though its end is the same place", () => {
  const { placements } = follows(drive(round, { every_s: 60, trip_id: "round-08:00" }));
  expect(placements.map((placement) => Math.round((placement?.at_m ?? 0) / 100))).toEqual([
    0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40,
  ]);
});

test.for([
  [
    "a parked bus beside the line",
    stay(placeAt(2.02, 0), Date.parse("2026-06-01T05:00:00Z"), Date.parse("2026-06-01T07:00:00Z")),
  ],
  ["a bus far from every line", drive(east).map((fix) => ({ ...fix, latitude: fix.latitude + 0.05 }))],
  [
    "a bus in the night, when nothing runs",
    drive(east).map((fix) => ({ ...fix, at_ms: fix.at_ms - 5 * 3_600_000 })),
  ],
] as const)("%s is on no run", ([, fixes]) => {
  expect(tripsOf(follows(fixes).placements)).toEqual([undefined]);
});

test("a trip id that the timetable lacks counts as none", () => {
  const { placements } = follows(drive(east, { trip_id: "unknown" }));
  expect(tripsOf(placements)).toEqual([undefined, "east-08:00", "west-08:10"]);
});

test("a bus whose source stops naming its trip is followed on it by its positions", () => {
  const named = drive(round, { trip_id: "round-08:00" }).slice(0, 40);
  const { placements } = follows([...named, ...drive(round).slice(40, 80)]);
  expect(tripsOf(placements)).toEqual(["round-08:00"]);
  expect(placements.map((placement) => placement?.named).indexOf(false)).toBe(40);
});

test("a broken-down bus loses its run after a quarter of an hour", () => {
  const half = drive(east).slice(0, 30);
  const last = half.at(-1);
  if (!last) throw new Error("no fixes");
  const { placements } = follows([...half, ...stay(last, last.at_ms + 5_000, last.at_ms + 20 * 60_000)]);
  expect(tripsOf(placements)).toEqual([undefined, "east-08:00", undefined]);
});

test("one wild fix changes nothing", () => {
  const fixes = drive(east);
  const wild = fixes.map((fix, i) => (i === 20 ? { ...fix, latitude: fix.latitude + 1 } : fix));
  const { placements } = follows(wild);
  expect(tripsOf(placements)).toEqual(tripsOf(follows(fixes).placements));
  expect(placements.at(-1)?.at_m).toBe(follows(fixes).placements.at(-1)?.at_m);
});

test("silence takes a vehicle off its run, and nothing is claimed of the time between", () => {
  const fixes = drive(round, { trip_id: "round-08:00" });
  const later = fixes.slice(100).map((fix) => ({ ...fix, at_ms: fix.at_ms + 15 * 60_000 }));
  const { moves, following } = follows([...fixes.slice(0, 20), ...later]);
  const silent = moves.filter((move) => move.silent);
  expect(silent.map(({ at_ms, after }) => [at_ms - (fixes[19]?.at_ms ?? 0), after])).toEqual([
    [600_000, undefined],
  ]);
  expect(hush("7", following, (following.fix?.at_ms ?? 0) + 3_600_000)).toHaveLength(1);
});

test("wherever a named bus is, following never fails and stays on its trip", () => {
  const place = fc.record({
    latitude: fc.double({ min: 49.7, max: 49.9, noNaN: true }),
    longitude: fc.double({ min: 31.1, max: 31.4, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(place, { maxLength: 30 }), (places) => {
      const fixes = places.map((each, i) => ({
        ...each,
        at_ms: 1_780_290_000_000 + i * 60_000,
        trip_id: "east-08:00",
      }));
      for (const placement of follows(fixes).placements) {
        expect(placement?.run.trip.trip_id ?? "east-08:00").toBe("east-08:00");
        expect(placement?.at_m ?? 0).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test("a town without a timetable places nobody", () => {
  const [fix] = drive(east);
  expect(fix && follow(new Network([]), "7", UNKNOWN, fix).moves).toEqual([]);
});
