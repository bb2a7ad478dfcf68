import { dayAfter, type ServiceDate } from "@yardline/timetable/service-day";
import { HOT_DAYS, LATE_DAYS_MAX, type StopVisit } from "./history.ts";

/** Noon of the scenes' own day. */
export const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
export const TODAY: ServiceDate = "20261122";
export const YESTERDAY: ServiceDate = "20261121";
/** The newest day that is closed, and the oldest one that is corrected. */
export const CLOSED = dayAfter(TODAY, -HOT_DAYS);
export const OLDEST = dayAfter(TODAY, -(HOT_DAYS + LATE_DAYS_MAX));
export const EVERY_DAY = { tenant: "town", from: OLDEST, to: dayAfter(TODAY, 1) } as const;
const MINUTE_MS = 60_000;

/** Line 7's call at a stop: the n-th one, `late_min` after its time at minute `n` of 08:00, and gone 30 s later. */
export function visitOf(n: number, late_min: number, more: Partial<StopVisit> = {}): StopVisit {
  const service_date = more.service_date ?? YESTERDAY;
  const schedule_arrival_ms =
    Date.parse(`${service_date.slice(0, 4)}-${service_date.slice(4, 6)}-${service_date.slice(6)}T06:00:00Z`) +
    n * MINUTE_MS;
  const actual_arrival_ms = schedule_arrival_ms + late_min * MINUTE_MS;
  return {
    tenant: "town",
    feed: "town",
    service_date,
    trip_id_scheduled: "7-0800",
    scheduled_stop_sequence: n,
    vehicle_id: "0417",
    route_id: "r7",
    direction_id: 0,
    stop_id: `stop-${n}`,
    hour: 8,
    schedule_arrival_ms,
    actual_arrival_ms,
    actual_departure_ms: actual_arrival_ms + MINUTE_MS / 2,
    delay_s: late_min * 60,
    occurrence: `0${n}`,
    revision: 0,
    withdrawn: false,
    ...more,
  };
}

/** The n-th of many calls: 40 visits of 16 days, some of which take back or correct what earlier ones said. */
export function batchOf(n: number): StopVisit[] {
  return Array.from({ length: 40 }, (_, i) => {
    const at = (n * 17 + i * 7) % 400;
    return visitOf(at % 10, (n + i) % 20, {
      service_date: dayAfter(TODAY, -(at % (HOT_DAYS + LATE_DAYS_MAX + 1))),
      trip_id_scheduled: `7-${at % 3}`,
      vehicle_id: `${at % 2}`,
      revision: n,
      withdrawn: (n + i) % 9 === 0,
    });
  });
}
