import type { Ordered } from "@yardline/matching/ordered";
import { runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import { FleetWatch } from "./fleet-watch.ts";
import { missedTrip } from "./missed-trip.ts";
import { fleetLineOf, visitOf } from "./testing.ts";
import type { Finding } from "./transit-rule.ts";

const timetable = await smallTownTimetable();
const run = (trip_id: string) => runOf(timetable, trip_id, "20260601");
const at = (time: string) => Date.parse(`2026-06-01T${time}:00+03:00`);
const MINUTE_MS = 60_000;

/** Some vehicle reported each minute of a time. */
function heard(from: string, to: string): readonly number[] {
  return Array.from({ length: (at(to) - at(from)) / MINUTE_MS + 1 }, (_, i) => at(from) + i * MINUTE_MS);
}

const linesOf = (found: readonly Finding[], trip: string) =>
  found.map(fleetLineOf).filter((line) => line.startsWith(`missed-trip ${trip}`));

test("nobody was seen on it a quarter of an hour after its start, though its line is driven", () => {
  const watch = new FleetWatch({ timetables: [timetable] }, [missedTrip]);
  watch.take([visitOf(timetable, run("east-08:00"), 1)], heard("07:50", "09:00"));
  expect(linesOf(watch.look(at("08:34")), "east")).toEqual([]);
  expect(linesOf(watch.look(at("08:35")), "east")).toEqual([
    "missed-trip east-08:20 east-0 closed departure_time 08:20:00 waited_s 900",
  ]);
});

test("a late fix that proves somebody drove it takes it back", () => {
  const watch = new FleetWatch({ timetables: [timetable] }, [missedTrip]);
  watch.take([visitOf(timetable, run("east-08:00"), 1)], heard("07:50", "09:00"));
  watch.look(at("08:35"));
  const { changes } = watch.take([visitOf(timetable, run("east-08:20"), 3)], []);
  expect(changes.map(fleetLineOf)).toEqual([
    "missed-trip east-08:20 east-0 withdrawn departure_time 08:20:00 waited_s 900",
  ]);
  // And the visit was taken back in turn.
  const visit = { ...visitOf(timetable, run("east-08:20"), 3), state: "withdrawn" } as const;
  expect(watch.take([visit], []).changes.map(({ state }) => state)).toEqual(["closed"]);
});

test("a cancelled one is not missed; when it is cancelled late that takes it back, when that is undone it is told again", () => {
  const orders: Pick<Ordered, "isCancelled"> = { isCancelled: () => false };
  const network = { timetables: [timetable], ordered: orders };
  const watch = new FleetWatch(network, [missedTrip]);
  watch.take([visitOf(timetable, run("east-08:00"), 1)], heard("07:50", "09:00"));
  const told = "missed-trip east-08:20 east-0";
  const facts = "departure_time 08:20:00 waited_s 900";
  expect(linesOf(watch.look(at("08:35")), "east-08:20")).toEqual([`${told} closed ${facts}`]);
  network.ordered = { isCancelled: (_, { trip }) => trip.trip_id === "east-08:20" };
  expect(linesOf(watch.look(at("08:36")), "east-08:20")).toEqual([`${told} withdrawn ${facts}`]);
  network.ordered = orders;
  expect(linesOf(watch.look(at("08:37")), "east-08:20")).toEqual([`${told} closed ${facts}`]);
});

test("who stands at the first stop may still leave, until the trip should be over", () => {
  const watch = new FleetWatch({ timetables: [timetable] }, [missedTrip]);
  const { departed_at: _, ...standing } = visitOf(timetable, run("east-08:20"), 0).facts;
  watch.take(
    [{ ...visitOf(timetable, run("east-08:20"), 0), state: "open", facts: standing }],
    heard("08:00", "09:00"),
  );
  expect(linesOf(watch.look(at("08:35")), "east-08:20")).toEqual([]);
  expect(linesOf(watch.look(at("08:40")), "east-08:20")).toEqual([
    "missed-trip east-08:20 east-0 closed departure_time 08:20:00 waited_s 1200",
  ]);
});

test.for([
  ["while no vehicle reports", heard("07:50", "08:20")],
  ["of what began before anybody reported", heard("08:21", "09:00")],
] as const)("nothing is said %s", ([, reports]) => {
  const watch = new FleetWatch({ timetables: [timetable] }, [missedTrip]);
  watch.take([visitOf(timetable, run("east-08:00"), 1)], reports);
  expect(linesOf(watch.look(at("08:35")), "east-08:20")).toEqual([]);
});

test("nothing is said of a line whose vehicles may have no trackers, until one is seen on it", () => {
  const watch = new FleetWatch({ timetables: [timetable] }, [missedTrip]);
  watch.take([visitOf(timetable, run("east-08:00"), 1)], heard("07:50", "09:00"));
  expect(linesOf(watch.look(at("08:40")), "round")).toEqual([]);
  watch.take([visitOf(timetable, run("round-08:40"), 0)], []);
  expect(linesOf(watch.look(at("08:41")), "round")).toEqual([
    "missed-trip round-08:00 circle-0 closed departure_time 08:00:00 waited_s 900",
    "missed-trip round-08:20 circle-0 closed departure_time 08:20:00 waited_s 900",
  ]);
});

test("yesterday's stands, older days are forgotten", () => {
  const watch = new FleetWatch({ timetables: [timetable] }, [missedTrip]);
  watch.take([visitOf(timetable, run("east-08:00"), 1)], heard("07:50", "09:00"));
  watch.look(at("08:35"));
  expect(watch.listTold()).not.toEqual([]);
  watch.look(startOf(run("east-08:00")) + 30 * 3_600_000);
  expect(watch.listTold()).not.toEqual([]);
  watch.look(startOf(run("east-08:00")) + 50 * 3_600_000);
  expect(watch.listTold()).toEqual([]);
  expect(watch.take([visitOf(timetable, run("east-08:20"), 3)], []).changes).toEqual([]);
});
