import { smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { suggestedStopTimes } from "./suggested-stop-times.ts";

test("the trips of those hours with their new times, every stop of them", async () => {
  const timetable = await smallTownTimetable();
  const pattern = timetable.trips.get("east-08:00")?.pattern ?? timetable.patterns[0];
  if (!pattern) throw new Error("no pattern");
  const csv = suggestedStopTimes([
    { timetable, pattern, hour_from: 8, hour_to: 8, offsets_s: [0, 120, 240, 300, 420] },
  ]);
  const [header, ...rows] = csv.trim().split("\n");
  expect(header).toBe("trip_id,arrival_time,departure_time,stop_id,stop_sequence");
  expect(rows).toHaveLength(15);
  expect(rows.slice(0, 5)).toEqual([
    "east-08:00,08:00:00,08:00:00,east-0,10",
    "east-08:00,08:02:00,08:02:00,east-1,20",
    "east-08:00,08:04:00,08:04:00,east-2,30",
    "east-08:00,08:05:00,08:05:00,east-3,40",
    "east-08:00,08:07:00,08:07:00,east-4,50",
  ]);
});
