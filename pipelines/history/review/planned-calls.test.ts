import { smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { plannedCalls } from "./planned-calls.ts";

const timetable = await smallTownTimetable();
const MONDAY = { from: "20260601", to: "20260601" } as const;
const list = (filter: Parameters<typeof plannedCalls>[1]) => [...plannedCalls([timetable], filter)];

test("a day's calls, with the hour on the clocks there and the way to the next stop", () => {
  const [first, ...others] = list({ ...MONDAY, route_ids: ["1"], stop_ids: ["east-0"], hours: [8] });
  expect(others).toHaveLength(2);
  expect(first).toMatchObject({
    route_id: "1",
    run: "20260601 east-08:00 ",
    hour: 8,
    departure_ms: Date.parse("2026-06-01T08:00:00+03:00"),
    next: { stop_id: "east-1", arrival_ms: Date.parse("2026-06-01T08:01:15+03:00") },
  });
  expect(first?.next?.length_m).toBeCloseTo(502, -1);
});

test("a trip's last call leads nowhere", () => {
  expect(list({ ...MONDAY, stop_ids: ["east-4"], hours: [8] }).every(({ next }) => !next)).toBe(true);
});

test("days of the week, and what no timetable has", () => {
  const week = { from: "20260601", to: "20260607", stop_ids: ["east-0"], hours: [8] };
  expect(list(week)).toHaveLength(21);
  expect(list({ ...week, days_of_week: [1, 7] })).toHaveLength(6);
  expect(list({ ...MONDAY, feeds: ["other"] })).toEqual([]);
  expect(list({ ...MONDAY, direction_ids: [0] })).toEqual([]);
});
