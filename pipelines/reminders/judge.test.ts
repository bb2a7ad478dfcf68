import type { Arrival } from "@yardline/domain/trip-run";
import { expect, test } from "vitest";
import { judge } from "./judge.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const MINUTE_MS = 60_000;
const CALL = {
  stop_id: "market",
  route_id: "r3",
  trip_id: "t1",
  service_date: "20261122",
  stop_sequence: 5,
  scheduled_at: "2026-11-22T12:20:00.000Z",
};
const REMINDER = { call: CALL, lead_min: 10 };
const expected = (ahead_min: number, more: Partial<Arrival> = {}): Arrival => ({
  run: { feed: "demo", service_date: "20261122", trip_id: "t1", route_id: "r3" },
  stop_id: "market",
  stop_sequence: 5,
  scheduled_at_ms: Date.parse(CALL.scheduled_at),
  predicted_at_ms: NOON_MS + ahead_min * MINUTE_MS,
  basis: "live",
  ...more,
});
const told = (...board: Arrival[]) => judge(REMINDER, board, NOON_MS)?.what;

test("it is time when the bus is so far away, however late it is", () => {
  expect([told(expected(11)), told(expected(10)), told(expected(-1))]).toEqual([undefined, "comes", "comes"]);
});

test("what will not come is told at once", () => {
  expect(told(expected(40, { cancelled: true }))).toBe("cancelled");
  expect(told(expected(40, { skipped: "stop-closed" }))).toBe("passes-by");
});

test("another run, day, call or departure is none of its business", () => {
  const { run } = expected(0);
  expect(
    told(
      expected(1, { run: { ...run, trip_id: "t2" } }),
      expected(1, { run: { ...run, service_date: "20261123" } }),
      expected(1, { stop_sequence: 6 }),
      expected(1, { scheduled_at_ms: NOON_MS }),
    ),
  ).toBeUndefined();
});
