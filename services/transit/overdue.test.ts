import type { Fix } from "@yardline/matching/fix";
import { Network } from "@yardline/matching/network";
import { drive, runOf, stay } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { Fleet } from "./fleet.ts";
import { transitView } from "./view.ts";

const timetable = await smallTownTimetable();
const network = new Network([timetable]);
const DAY = "20260601";
const MINUTE_MS = 60_000;
const at = (clock: string) => Date.parse(`2026-06-01T${clock}:00+03:00`);

type Driven = { readonly vehicle_id: string; readonly fixes: readonly Fix[] };
const by = (vehicle_id: string, fixes: readonly Fix[]): Driven => ({ vehicle_id, fixes });
const named = (trip_id: string) => drive(runOf(timetable, trip_id, DAY), { every_s: 20, trip_id });

/** What a stop's board says first, at some time, of buses that reported until then. */
function board(stop_id: string, clock: string, ...driven: readonly Driven[]) {
  const now_ms = at(clock);
  const fleet = new Fleet(network);
  const positions = driven
    .flatMap(({ vehicle_id, fixes }) =>
      fixes.map((fix) => ({ vehicle_id, received_at_ms: fix.at_ms, ...fix })),
    )
    .filter(({ at_ms }) => at_ms <= now_ms)
    .toSorted((a, b) => a.at_ms - b.at_ms);
  for (const position of positions) fleet.take([position], false);
  fleet.hush(now_ms);
  const view = transitView(network, fleet, { now_ms: () => now_ms });
  const listed = view.listArrivals(stop_id, now_ms) ?? [];
  return listed
    .filter(({ scheduled_at_ms }) => scheduled_at_ms <= now_ms)
    .map(({ run, overdue, vehicle_id = "-", signal_at_ms }) => {
      const since = signal_at_ms === undefined ? "-" : Math.round((now_ms - signal_at_ms) / MINUTE_MS);
      return `${run.trip_id} ${overdue ?? "expected"} ${vehicle_id} ${since}`;
    });
}

test("a bus of which nobody reports is listed for ten minutes after its time, as one of which nothing is known", () => {
  expect(board("east-2", "08:03")).toEqual(["east-08:00 expected - -"]);
  expect(board("east-2", "08:04")).toEqual(["east-08:00 unknown - -"]);
  expect(board("east-2", "08:12")).toEqual(["east-08:00 unknown - -"]);
  expect(board("east-2", "08:13")).toEqual([]);
  expect(timetable.trips.get("east-08:00")?.arrival_s[2]).toBe(8 * 3600 + 150);
});

test("where the others of its line report, one that nobody saw did not come", () => {
  const others = ["east-06:40", "west-06:50", "east-07:00", "west-07:10", "east-07:20", "west-07:30"];
  const all = [...others, "east-07:40", "west-07:50"];
  const driven = all.map((trip_id, i) => by(`${i}`, named(trip_id)));
  expect(board("east-2", "08:05", ...driven)).toEqual(["east-08:00 missed - -"]);
  // Half of them do not report, as a rule: it may be one of those.
  expect(board("east-2", "08:05", ...driven.slice(0, 5))).toEqual(["east-08:00 unknown - -"]);
});

test("a bus that fell silent before the stop: since when is told; one that called is not listed", () => {
  const half = named("east-08:00").slice(0, 5);
  expect(board("east-0", "08:14", by("7", half))).toEqual([]);
  expect(board("east-2", "08:12", by("7", half))).toEqual(["east-08:00 unknown 7 11"]);
});

test("a bus that turned to another run did not come to the stops that it left out", () => {
  const short = [...named("east-08:00").slice(0, 6), ...named("west-08:10").filter((_, i) => i > 6)];
  expect(board("east-4", "08:14", by("7", short))).toEqual(["east-08:00 missed 7 12"]);
});

test("a late bus is awaited from when it was expected, not from the timetable", () => {
  const late = drive(runOf(timetable, "east-08:00", DAY), {
    late_s: 600,
    every_s: 20,
    trip_id: "east-08:00",
  });
  expect(board("east-4", "08:23", by("7", late.slice(0, 4)))).toEqual(
    ["east-08:00 unknown 7 12", "east-08:20 expected - -"].slice(0, 1),
  );
});

test("a bus that stands where it began is not said to have gone", () => {
  const place = named("east-08:00")[0];
  const stands = place ? stay(place, at("07:40"), at("08:10")) : [];
  const fixes = stands.map((fix) => ({ ...fix, trip_id: "east-08:00" }));
  expect(board("east-4", "08:10", by("7", fixes)).join()).not.toContain("missed");
});
