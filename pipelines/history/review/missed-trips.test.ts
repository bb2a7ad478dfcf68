import { expect, test } from "vitest";
import { missedTrips } from "./missed-trips.ts";
import type { WasCancelled } from "./planned-calls.ts";
import { mornings } from "./testing.ts";

test("missed, unseen at the end, and a line of which nothing is known", async () => {
  const { history, timetable, filter } = await mornings(2, (run, stop, day) => {
    const { trip_id } = run.trip;
    if (!trip_id.startsWith("east") || day === 1) return undefined;
    if (trip_id === "east-08:20") return stop === 0 ? 0 : undefined;
    return trip_id === "east-08:40" && stop === 4 ? undefined : 60;
  });
  const rows = await missedTrips(history, [timetable], filter);
  // 116 trips a day on the avenue, six of them in the morning; 58 on the circle, of which nobody was seen.
  expect(rows).toEqual([
    {
      feed: "town",
      route_id: "1",
      service_date: "20260601",
      planned_trips: 116,
      cancelled_trips: 0,
      missed_trips: 111,
      unseen_at_end: 1,
      unseen: false,
    },
    {
      feed: "town",
      route_id: "2",
      service_date: "20260601",
      planned_trips: 58,
      cancelled_trips: 0,
      missed_trips: 0,
      unseen_at_end: 0,
      unseen: true,
    },
    {
      feed: "town",
      route_id: "1",
      service_date: "20260602",
      planned_trips: 116,
      cancelled_trips: 0,
      missed_trips: 0,
      unseen_at_end: 0,
      unseen: true,
    },
    {
      feed: "town",
      route_id: "2",
      service_date: "20260602",
      planned_trips: 58,
      cancelled_trips: 0,
      missed_trips: 0,
      unseen_at_end: 0,
      unseen: true,
    },
  ]);
});

test("a cancelled trip is not missed, and counted beside", async () => {
  const { history, timetable, filter } = await mornings(1, (run) =>
    run.trip.trip_id === "east-08:00" ? 0 : undefined,
  );
  const cancelled: WasCancelled = (feed, { trip_id }) => feed === "town" && trip_id === "east-08:20";
  const [avenue] = await missedTrips(history, [timetable], filter, cancelled);
  expect(avenue).toMatchObject({ planned_trips: 116, cancelled_trips: 1, missed_trips: 114 });
});
