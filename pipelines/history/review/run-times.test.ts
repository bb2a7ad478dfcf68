import { expect, test } from "vitest";
import { plannedCalls } from "./planned-calls.ts";
import { runTimes } from "./run-times.ts";
import { morning, THAT_DAY } from "./testing.ts";

test("how long each hop takes, beside the timetable; a street that few drove is not shown", async () => {
  // On the second hop of the avenue each run loses another minute.
  const { history, timetable } = await morning((run, stop) => {
    if (run.trip.trip_id === "round-08:00") return 0;
    return run.trip.trip_id.startsWith("east") ? (stop >= 2 ? 60 : 0) : undefined;
  });
  const { rows, hidden } = await runTimes(history, plannedCalls([timetable], THAT_DAY), THAT_DAY);
  expect(hidden).toBe(4);
  expect(rows.map(({ next_stop_id, n, p50_s, planned_s }) => [next_stop_id, n, p50_s, planned_s])).toEqual([
    ["east-1", 6, 75, 75],
    ["east-2", 6, 135, 75],
    ["east-3", 6, 75, 75],
    ["east-4", 6, 75, 75],
  ]);
  expect(rows[1]?.speed_mps).toBeCloseTo(502 / 135, 1);
});

test("by the hour", async () => {
  const { history, timetable } = await morning((run) =>
    run.trip.trip_id.startsWith("east-08") ? 0 : undefined,
  );
  const { rows, hidden } = await runTimes(history, plannedCalls([timetable], THAT_DAY), THAT_DAY, {
    hourly: true,
  });
  expect([rows, hidden]).toEqual([[], 4]);
});
