import { expect, test } from "vitest";
import { type LineDay, lineDay, lineDayRows } from "./line-day.ts";
import { DAY, morning, mornings } from "./testing.ts";

const ASKED = { tenant: "town", date: DAY, route_id: "1" } as const;
const clock = (s: number | null) =>
  s === null
    ? "–"
    : [s / 3600, (s / 60) % 60, s % 60].map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
const told = ({ trips }: LineDay, trip: string) =>
  trips
    .filter(({ trip_id }) => trip_id === trip)
    .flatMap(({ departure_s, drives }) => [
      `planned ${departure_s.map(clock).join(" ")}`,
      ...drives.map(({ vehicle_id, arrival_s }) => `${vehicle_id} ${arrival_s.map(clock).join(" ")}`),
    ]);

test("each trip of the line as planned and as driven, out of the real history", async () => {
  const { history, timetable } = await morning((run, stop) =>
    run.trip.trip_id === "east-08:00" && stop !== 2 ? 60 : undefined,
  );
  const day = await lineDay(history, [timetable], ASKED, () => false);
  expect(day.patterns.map(({ stops }) => stops.map(({ stop_id, at_m }) => `${stop_id} ${at_m}`))).toEqual([
    ["east-0 0", "east-1 502", "east-2 1005", "east-3 1507", "east-4 2009"],
    ["west-4 0", "west-3 502", "west-2 1005", "west-1 1507", "west-0 2009"],
  ]);
  expect(told(day, "east-08:00")).toEqual([
    "planned 08:00:00 08:01:15 08:02:30 08:03:45 08:05:00",
    "7 08:01:00 08:02:15 – 08:04:45 08:06:00",
  ]);
  expect(told(day, "west-08:10")).toEqual(["planned 08:10:00 08:11:15 08:12:30 08:13:45 08:15:00"]);
  expect([day.trips.length, day.unknown_visits]).toEqual([116, 0]);
  expect(
    lineDayRows(day).find(({ vehicle_id, stop_id }) => vehicle_id === "7" && stop_id === "east-1"),
  ).toEqual({
    ...{
      trip_id: "east-08:00",
      start_time: undefined,
      direction_id: null,
      cancelled: false,
      vehicle_id: "7",
    },
    ...{ stop_id: "east-1", at_m: 502, planned_arrival: "08:01:15", planned_departure: "08:01:15" },
    ...{ arrival: "08:02:15", departure: "08:02:15" },
  });
});

test("cancelled ones say so; another line's and another direction's are not there", async () => {
  const { history, timetable } = await mornings(1, () => 0);
  const cancelled = (_: string, { trip_id }: { trip_id: string }) => trip_id === "round-08:00";
  const circle = await lineDay(history, [timetable], { ...ASKED, route_id: "2" }, cancelled);
  expect(circle.trips.filter((trip) => trip.cancelled).map(({ trip_id }) => trip_id)).toEqual([
    "round-08:00",
  ]);
  const none = await lineDay(history, [timetable], { ...ASKED, direction_id: 1 }, cancelled);
  expect([none.trips, none.patterns]).toEqual([[], []]);
});

test("what was driven by another timetable is counted", async () => {
  const { history } = await mornings(1, () => 0);
  expect(await lineDay(history, [], ASKED, () => false)).toMatchObject({ trips: [], unknown_visits: 60 });
});
