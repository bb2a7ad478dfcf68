import { smallTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import type { Fix } from "./fix.ts";
import { follow, UNKNOWN } from "./follow.ts";
import { TripsByStart } from "./named-trip.ts";
import { Network } from "./network.ts";
import { drive, runOf } from "./testing.ts";

const timetable = await smallTownTimetable();
const trips = new TripsByStart([timetable]);
const DAY = "20260601";
const east = runOf(timetable, "east-08:00", DAY);
const { direction_id, pattern } = east.trip;
const named = {
  ...{ route_id: pattern.route.route_id, start_time: "08:00:00", start_date: DAY },
  ...(direction_id !== undefined && { direction_id }),
};
const at = (more: Partial<Fix>): Fix => ({
  latitude: 0,
  longitude: 0,
  at_ms: startOf(east),
  ...named,
  ...more,
});

test("a trip is found by line, direction and start on its day, and by nothing less", () => {
  const found = [
    {},
    { start_time: "08:01:00" },
    { route_id: "none" },
    { direction_id: 7 },
    { start_date: "20200101" },
  ];
  expect(found.map((more) => trips.find(at(more))?.trip.trip_id)).toEqual([
    "east-08:00",
    ...[undefined, undefined, undefined, undefined],
  ]);
  const { start_date: _, ...dayless } = at({});
  expect(trips.find(dayless)).toBeUndefined();
});

test("a vehicle whose source names its trip so is on it from its first fix", () => {
  const [first] = drive(east);
  const { following } = follow(new Network([timetable]), "7", UNKNOWN, { ...at({}), ...first, ...named });
  expect(following.placement).toMatchObject({ named: true, run: { trip: { trip_id: "east-08:00" } } });
});
