import { runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { bunching } from "./bunching.ts";
import { FleetWatch } from "./fleet-watch.ts";
import { fleetLineOf, visitOf } from "./testing.ts";

const timetable = await smallTownTimetable();
const first = runOf(timetable, "east-08:00", "20260601");
const second = runOf(timetable, "east-08:20", "20260601");
const watch = () => new FleetWatch({ timetables: [timetable] }, [bunching]);

/** Two buses of a line that comes each 20 minutes: the first one so late at each stop, the second on time. */
function visits(...late_s: readonly number[]) {
  return late_s.flatMap((late, stop) => [
    visitOf(timetable, first, stop, { vehicle_id: "7", late_s: late }),
    visitOf(timetable, second, stop, { vehicle_id: "8" }),
  ]);
}

test("a vehicle that is caught up with: opened at the second stop, closed at the last", () => {
  const own = watch();
  const all = visits(600, 1_000, 1_100, 1_150, 1_180);
  const [before, after] = [all.slice(0, 6), all.slice(6)];
  expect(own.take(before, []).changes.map(fleetLineOf)).toEqual([
    "bunching east-08:20 east-1 open vehicle 8 ahead_vehicle_id 7 ahead_trip_id east-08:00 headway_s 200 planned_headway_s 1200 skipped 0",
  ]);
  expect(own.take(after, []).changes.map(fleetLineOf)).toEqual([
    "bunching east-08:20 east-1 closed vehicle 8 ahead_vehicle_id 7 ahead_trip_id east-08:00 headway_s 200 planned_headway_s 1200 skipped 0 stops 3 worst_headway_s 50",
  ]);
});

test.for([
  ["as planned", [0, 0, 0, 0, 0]],
  ["near at one stop only", [0, 1_000, 0, 0, 0]],
  ["not near enough", [800, 850, 890, 890, 890]],
] as const)("nothing: %s", ([, late_s]) => {
  expect(watch().take(visits(...late_s), []).changes).toEqual([]);
});

test("apart again: closed where it ended", () => {
  const [found] = watch().take(visits(1_000, 1_000, 0, 0, 0), []).changes;
  expect(found && fleetLineOf(found)).toContain("east-0 closed vehicle 8 ahead_vehicle_id 7");
  expect(found?.facts).toMatchObject({ stops: 2 });
});

test("a late fix that shows the first one farther ahead takes it back", () => {
  const own = watch();
  expect(own.take(visits(1_000, 1_000, 1_000), []).changes).toHaveLength(1);
  const { changes } = own.take(
    [visitOf(timetable, first, 0), visitOf(timetable, first, 1), visitOf(timetable, first, 2)],
    [],
  );
  expect(changes.map(({ state }) => state)).toEqual(["withdrawn"]);
});

test("two vehicles on one and the same run are no bunching", () => {
  const twice = [0, 1, 2].flatMap((stop) => [
    visitOf(timetable, second, stop, { vehicle_id: "8" }),
    visitOf(timetable, second, stop, { vehicle_id: "9", late_s: 30 }),
  ]);
  expect(watch().take(twice, []).changes).toEqual([]);
});

test("of a run of which nothing more comes it is over after half an hour", () => {
  const own = watch();
  own.take(visits(1_000, 1_000, 1_000), []);
  expect(own.look(Date.parse("2026-06-01T08:40:00+03:00"))).toEqual([]);
  expect(own.look(Date.parse("2026-06-01T09:10:00+03:00")).map(({ state }) => state)).toEqual(["closed"]);
});
