import { runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { FleetWatch } from "./fleet-watch.ts";
import { headwayGap } from "./headway-gap.ts";
import { fleetLineOf, visitOf } from "./testing.ts";

const timetable = await smallTownTimetable();
const run = (trip_id: string) => runOf(timetable, trip_id, "20260601");

/** What is found when these runs were driven, all of them so late. */
function found(driven: Readonly<Record<string, number>>) {
  const visits = Object.entries(driven).flatMap(([trip_id, late_s], i) =>
    [0, 1, 2, 3, 4].map((stop) => visitOf(timetable, run(trip_id), stop, { vehicle_id: `${i}`, late_s })),
  );
  return new FleetWatch({ timetables: [timetable] }, [headwayGap]).take(visits, []).changes.map(fleetLineOf);
}

test("one in between did not come", () => {
  expect(found({ "east-08:00": 0, "east-08:40": 0 })).toEqual([
    "headway-gap east-08:40 east-0 closed vehicle 1 ahead_vehicle_id 0 ahead_trip_id east-08:00 headway_s 2400 planned_headway_s 1200 skipped 1 stops 4 worst_headway_s 2400",
  ]);
});

test("one that is eleven minutes late on a line of twenty", () => {
  expect(found({ "east-08:00": 0, "east-08:20": 660, "east-08:40": 0 })).toEqual([
    "headway-gap east-08:20 east-0 closed vehicle 1 ahead_vehicle_id 0 ahead_trip_id east-08:00 headway_s 1860 planned_headway_s 1200 skipped 0 stops 4 worst_headway_s 1860",
  ]);
});

test.for([
  ["as planned, all of them late", { "east-08:00": 300, "east-08:20": 300 }],
  ["a little late", { "east-08:00": 0, "east-08:20": 500 }],
  ["the first of the day has none before it", { "east-06:00": 900 }],
  ["the other direction is another line", { "east-08:00": 0, "west-08:50": 0 }],
] as const)("nothing: %s", ([, driven]) => {
  expect(found(driven)).toEqual([]);
});
