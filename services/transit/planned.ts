import type { EpochMs } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import type { InForce } from "@yardline/operations/in-force";
import { dateAt, dayAfter } from "@yardline/timetable/service-day";
import { arrivalOf, type Timetable } from "@yardline/timetable/timetable";
import { plannedCall } from "./calls.ts";

/** Longest list: three days of a stop where a bus calls every minute. */
const PLANNED_MAX = 5_000;
/** A trip may call so many days after the day that it belongs to. */
const OVERNIGHT_DAYS = 1;

/**
 * What the timetable and the orders that stand have of a stop in [from_ms, to_ms), soonest first; calls that are not made are left out.
 * @param from_ms and to_ms no further apart than a week.
 * @returns undefined for a stop that no timetable has.
 */
export function plannedAt(
  timetables: readonly Timetable[],
  orders: InForce,
  stop_id: string,
  [from_ms, to_ms]: readonly [EpochMs, EpochMs],
  now_ms: EpochMs,
): readonly Arrival[] | undefined {
  const owners = timetables.filter(({ stops }) => stops.has(stop_id));
  if (owners.length === 0) return undefined;
  return owners
    .flatMap((timetable) => {
      const dates = datesOf(from_ms, to_ms, timetable.timezone);
      return timetable.listCallsAt(stop_id).flatMap(({ pattern, stop }) => {
        const added = orders.listAddedOf(timetable, now_ms).filter(({ trip }) => trip.pattern === pattern);
        return [...dates.flatMap((date) => timetable.listRunsOn(pattern, date)), ...added]
          .filter((run) => arrivalOf(run, stop) >= from_ms && arrivalOf(run, stop) < to_ms)
          .filter((run) => !orders.isCancelled(timetable, run, now_ms))
          .map((run) => plannedCall(timetable, run, stop, orders))
          .filter(({ skipped }) => skipped === undefined);
      });
    })
    .toSorted((a, b) => a.scheduled_at_ms - b.scheduled_at_ms)
    .slice(0, PLANNED_MAX);
}

function datesOf(from_ms: EpochMs, to_ms: EpochMs, timezone: string): readonly string[] {
  const last = dateAt(to_ms, timezone);
  const dates: string[] = [];
  for (
    let date = dayAfter(dateAt(from_ms, timezone), -OVERNIGHT_DAYS);
    date <= last;
    date = dayAfter(date, 1)
  )
    dates.push(date);
  return dates;
}
