import { Network } from "@yardline/matching/network";
import { drive, runOf } from "@yardline/matching/testing";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { secondsOf, timeText } from "@yardline/timetable/service-day";
import { smallTown, zipOf } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { Fleet } from "./fleet.ts";
import { transitView } from "./view.ts";

/** The small town in all years, its night bus moved to where the clocks change: from 26:58 of the day before on. */
const NIGHT_S = 2 * 3600 - 120;
const tables = smallTown();
const nightly = (row: string) => {
  const [trip_id = "", arrives = "", leaves = "", ...rest] = row.split(",");
  if (trip_id !== "east-25:00") return row;
  return [
    trip_id,
    ...[arrives, leaves].map((time) => timeText((secondsOf(time) ?? 0) + NIGHT_S)),
    ...rest,
  ].join(",");
};
const timetable = await loadTimetable(
  await zipOf({
    ...tables,
    "calendar.txt": (tables["calendar.txt"] ?? "").replace("20261231", "20301231"),
    "stop_times.txt": (tables["stop_times.txt"] ?? "").split("\n").map(nightly).join("\n"),
  }),
  "town",
);
const network = new Network([timetable]);

test.for([
  {
    name: "a night when the clocks go forward",
    date: "20260328",
    trip: "east-25:00",
    at: "2026-03-29T01:01:45.000Z",
  },
  {
    name: "a night when the clocks go back",
    date: "20261024",
    trip: "east-25:00",
    at: "2026-10-25T00:01:45.000Z",
  },
  {
    name: "the day on which the clocks went forward",
    date: "20260329",
    trip: "east-06:00",
    at: "2026-03-29T03:03:45.000Z",
  },
  {
    name: "the day on which the clocks went back",
    date: "20261025",
    trip: "east-06:00",
    at: "2026-10-25T04:03:45.000Z",
  },
  { name: "29 February", date: "20280229", trip: "east-06:00", at: "2028-02-29T04:03:45.000Z" },
  {
    name: "after midnight of 29 February",
    date: "20280229",
    trip: "east-24:40",
    at: "2028-02-29T22:43:45.000Z",
  },
  {
    name: "after midnight of New Year's Eve",
    date: "20261231",
    trip: "east-24:40",
    at: "2026-12-31T22:43:45.000Z",
  },
])(
  "$name: a bus is found on its trip of that service day, and expected when it is due",
  ({ date, trip, at }) => {
    const fleet = new Fleet(network);
    const fixes = drive(runOf(timetable, trip, date)).slice(0, 30);
    fleet.take(
      fixes.map((fix) => ({ vehicle_id: "7", received_at_ms: fix.at_ms, ...fix })),
      false,
    );
    const now_ms = fixes.at(-1)?.at_ms ?? 0;
    const view = transitView(network, fleet, { now_ms: () => now_ms });
    const first = view.listArrivals("east-3", now_ms)?.find(({ basis }) => basis === "live");
    expect(first).toMatchObject({ run: { service_date: date, trip_id: trip }, vehicle_id: "7" });
    expect(new Date(first?.scheduled_at_ms ?? 0).toISOString()).toBe(at);
    expect(Math.abs((first?.predicted_at_ms ?? 0) - (first?.scheduled_at_ms ?? 0))).toBeLessThan(45_000);
  },
);
