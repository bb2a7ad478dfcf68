import { expect, test } from "vitest";
import { completeness } from "./completeness.ts";
import { plannedCalls } from "./planned-calls.ts";
import { morning, THAT_DAY } from "./testing.ts";

test("what was planned and what of it was seen, by line", async () => {
  const { history, timetable } = await morning((run, stop) =>
    run.trip.trip_id === "east-08:00" || (run.trip.trip_id === "west-08:10" && stop < 2) ? 0 : undefined,
  );
  const filter = { ...THAT_DAY, hours: [8] };
  expect(await completeness(history, plannedCalls([timetable], filter), filter)).toEqual([
    { feed: "town", route_id: "1", planned_trips: 6, seen_trips: 2, planned_calls: 30, seen_calls: 7 },
    { feed: "town", route_id: "2", planned_trips: 3, seen_trips: 0, planned_calls: 15, seen_calls: 0 },
  ]);
});
