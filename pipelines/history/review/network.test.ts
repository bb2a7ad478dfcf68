import { expect, test } from "vitest";
import { networkOf } from "./network.ts";
import { morning, mornings, THAT_DAY } from "./testing.ts";

test("where buses are late, where they lose it, and how fast they are", async () => {
  // On the second hop of the avenue each run loses another minute.
  const { history, timetable } = await morning((run, stop) =>
    run.trip.trip_id.startsWith("east") ? (stop >= 2 ? 90 : 30) : undefined,
  );
  const { rows, hidden } = await networkOf(history, [timetable], THAT_DAY);
  expect(hidden).toBe(0);
  expect(
    rows.map(({ stop_id, n, mean_delay_s, p50_s, planned_s, gained_s, p50_kmh }) =>
      [stop_id, n, mean_delay_s, p50_s, planned_s, gained_s, Math.round(p50_kmh)].join(" "),
    ),
  ).toEqual([
    "east-0 6 30 75 75 0 24",
    "east-1 6 30 135 75 60 13",
    "east-2 6 90 75 75 0 24",
    "east-3 6 90 75 75 0 24",
  ]);
});

test("few drives, and drives that jump over a stop, are counted and not shown", async () => {
  const { history, timetable, filter } = await mornings(1, (run, stop) => {
    if (run.trip.trip_id === "round-08:00") return 0;
    return run.trip.trip_id.startsWith("east") && stop !== 2 ? 0 : undefined;
  });
  const { rows, hidden } = await networkOf(history, [timetable], filter);
  expect(rows.map(({ stop_id, next_stop_id }) => [stop_id, next_stop_id])).toEqual([
    ["east-0", "east-1"],
    ["east-3", "east-4"],
  ]);
  expect(hidden).toBe(5);
});
