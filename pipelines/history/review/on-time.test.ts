import { expect, test } from "vitest";
import { onTimePerformance } from "./on-time.ts";
import { morning, THAT_DAY } from "./testing.ts";

test("early, on time and late by departures; a trip's last stop is in no share", async () => {
  const lateness: Readonly<Record<string, number>> = {
    "east-08:00": -61,
    "east-08:20": -60,
    "east-08:40": 300,
    "east-09:00": 301,
  };
  const { history } = await morning((run) => lateness[run.trip.trip_id]);
  expect(await onTimePerformance(history, THAT_DAY, ["route_id"])).toEqual([
    { group: { route_id: "1" }, n: 16, early: 0.25, on_time: 0.5, late: 0.25, mean_delay_s: 120 },
  ]);
});

test("limits of one's own", async () => {
  const { history } = await morning((run) => (run.trip.trip_id.startsWith("round") ? 200 : undefined));
  const [row] = await onTimePerformance(history, THAT_DAY, [], { early_s: 0, late_s: 180 });
  expect(row).toMatchObject({ early: 0, on_time: 0, late: 1 });
});
