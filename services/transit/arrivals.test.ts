import type { Placement } from "@yardline/matching/placement";
import { runOf } from "@yardline/matching/testing";
import { newKnowledge } from "@yardline/prediction/knowledge";
import { dueAt } from "@yardline/timetable/along";
import { blockTownTimetable, smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { arrivalsAt, knownOf, liveArrivals } from "./arrivals.ts";
import type { Heard } from "./fleet.ts";

const timetable = await smallTownTimetable();
const NOW = Date.parse("2026-06-01T08:02:00+03:00");

/** A vehicle of a run, so far along it and so late, heard of some seconds ago. */
function heard(
  vehicle_id: string,
  trip_id: string,
  at_m: number,
  more: { ago_s?: number; confidence?: number; parked?: boolean } = {},
): Heard {
  const { ago_s = 5, confidence = 1, parked = false } = more;
  const run = runOf(timetable, trip_id, "20260601");
  const at_ms = NOW - ago_s * 1000;
  const placement: Placement = { timetable, run, at_m, at_ms, on_path: true, named: false, confidence };
  return {
    position: { vehicle_id, at_ms, received_at_ms: at_ms, latitude: 49.8, longitude: 31.2 },
    placement,
    parked,
  };
}

function known(vehicles: readonly Heard[]) {
  return knownOf(vehicles, newKnowledge());
}

function board(stop_id: string, vehicles: readonly Heard[], now_ms = NOW) {
  return arrivalsAt([timetable], known(vehicles), stop_id, now_ms)
    ?.slice(0, 3)
    .map(({ run, basis, vehicle_id = "-", predicted_at_ms, scheduled_at_ms }) =>
      [
        run.trip_id,
        basis,
        vehicle_id,
        new Date(predicted_at_ms).toISOString().slice(11, 19),
        (predicted_at_ms - scheduled_at_ms) / 1000,
      ].join(" "),
    );
}

test("nobody reports: the timetable as what it is, past midnight and never two hours ahead", () => {
  expect(board("east-2", [])).toEqual([
    "east-08:00 timetable - 05:02:30 0",
    "east-08:20 timetable - 05:22:30 0",
    "east-08:40 timetable - 05:42:30 0",
  ]);
  expect(board("east-2", [], Date.parse("2026-06-02T00:50:00+03:00"))).toEqual([
    "east-24:40 timetable - 21:42:30 0",
    "east-25:00 timetable - 22:02:30 0",
  ]);
  expect(arrivalsAt([timetable], known([]), "east-2", NOW)).toHaveLength(5);
});

test("a stop that no trip visits has an empty board; one that does not exist has none", () => {
  expect(board("nobody", [])).toEqual([]);
  expect(board("atlantis", [])).toBeUndefined();
});

test("a vehicle's run is moved by its delay, and off the board once it called", () => {
  const late = heard("7", "east-08:00", 500);
  expect(board("east-2", [late])?.[0]).toMatch(/^east-08:00 live 7 05:0[23]/);
  expect(board("east-2", [heard("7", "east-08:00", 1_200)])?.[0]).toBe("east-08:20 timetable - 05:22:30 0");
});

test("a vehicle not heard of for three minutes is lost, and says so", () => {
  expect(board("east-2", [heard("7", "east-08:00", 200, { ago_s: 180 })])?.[0]).toMatch(
    /^east-08:00 lost 7 /,
  );
});

test("a parked vehicle predicts nothing: its run is the timetable's", () => {
  expect(board("east-2", [heard("7", "east-08:00", 200, { parked: true })])?.[0]).toBe(
    "east-08:00 timetable - 05:02:30 0",
  );
});

test("of two vehicles that seem to drive one run the surer one counts", () => {
  const two = [heard("7", "east-08:00", 400, { confidence: 0.7 }), heard("8", "east-08:00", 300)];
  expect(board("east-2", two)?.filter((line) => line.startsWith("east-08:00"))).toHaveLength(1);
  expect(board("east-2", two)?.[0]).toMatch(/ live 8 /);
});

test("a loop's first stop is on the board twice: leaving, and coming back", () => {
  const start = heard("9", "round-08:20", 0, { ago_s: 0 });
  expect(dueAt(start.placement?.run ?? runOf(timetable, "round-08:20", "20260601"), 0)).toBeGreaterThan(NOW);
  expect(
    arrivalsAt([timetable], known([start]), "circle-0", NOW)
      ?.filter(({ vehicle_id }) => vehicle_id === "9")
      .map(({ stop_sequence }) => stop_sequence),
  ).toEqual([10, 50]);
});

test("predictions of all vehicles hold each stop ahead once", () => {
  const arrivals = liveArrivals(
    known([heard("7", "east-08:00", 600), heard("8", "round-08:00", 1_100)]),
    NOW,
  );
  expect(arrivals.map(({ vehicle_id, stop_id }) => `${vehicle_id} ${stop_id}`)).toEqual([
    "7 east-2",
    "7 east-3",
    "7 east-4",
    "8 circle-2",
    "8 circle-3",
    "8 circle-0",
  ]);
});

test("the next trip of a block is predicted by the vehicle that still drives the one before, unless another drives it", async () => {
  const town = await blockTownTimetable();
  const of = (trip_id: string, vehicle_id: string, at_m: number): Heard => {
    const run = runOf(town, trip_id, "20260601");
    const seen = heard(vehicle_id, trip_id, at_m);
    return { ...seen, placement: { ...seen.placement, timetable: town, run } as Placement };
  };
  const west = (vehicles: readonly Heard[]) =>
    arrivalsAt([town], known(vehicles), "west-2", NOW)
      ?.filter(({ overdue }) => overdue === undefined)
      .slice(0, 1)
      .map(({ run, basis, vehicle_id, next_run }) => [run.trip_id, basis, vehicle_id, next_run]);
  const first = of("east-08:00", "7", 600);
  expect(west([first])).toEqual([["west-08:10", "live", "7", true]]);
  expect(west([first, of("west-08:10", "8", 100)])).toEqual([["west-08:10", "live", "8", undefined]]);
  expect(west([])).toEqual([["west-08:10", "timetable", undefined, undefined]]);
});
