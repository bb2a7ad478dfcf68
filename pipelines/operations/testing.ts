import { isoOf } from "@yardline/domain/time";
import type { Order, What } from "./order.ts";

/** The day and the moment of every scene: Monday, eight in the morning in Kyiv. */
export const DAY = "20260601";
export const EIGHT_MS = Date.parse("2026-06-01T08:00:00+03:00");
const MINUTE_MS = 60_000;

/** The `id`-th order of a log, given at eight, in force from so many minutes after eight until so many; `Infinity` has no end. */
export function orderOf(id: number, what: What, from_min = 0, until_min = 600): Order {
  return {
    id: String(id),
    at: isoOf(EIGHT_MS),
    by: "Olha",
    why: "test",
    from: isoOf(EIGHT_MS + from_min * MINUTE_MS),
    ...(Number.isFinite(until_min) && { until: isoOf(EIGHT_MS + until_min * MINUTE_MS) }),
    what,
  };
}

export const trip = (trip_id: string) => ({ service_date: DAY, trip_id });
export const block = (block_id: string) => ({ service_date: DAY, block_id });
