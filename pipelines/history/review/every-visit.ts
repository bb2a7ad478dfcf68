import type { EpochMs } from "@yardline/domain/time";
import { dayAfter, type ServiceDate, weekdayOf } from "@yardline/timetable/service-day";
import type { History, StopVisit, VisitFilter, VisitPlace } from "../history.ts";

/** Visits of one page: taking them in takes some milliseconds. */
const PAGE_VISITS = 5_000;

export type VisitsOf = Pick<History, "visits">;

/**
 * All visits of a filter, a service day after the other, within a day by arrival, in pages.
 * @param since_ms from arrivals at that time on. @throws AppError as `History.visits` does.
 */
export async function* everyVisit(
  history: VisitsOf,
  filter: VisitFilter,
  signal?: AbortSignal,
  since_ms?: EpochMs,
): AsyncIterable<readonly StopVisit[]> {
  for (const date of daysOf(filter)) {
    let after: VisitPlace | undefined = since_ms === undefined ? undefined : beginningAt(since_ms, date);
    for (;;) {
      const query = {
        filter: { ...filter, from: date, to: date },
        limit: PAGE_VISITS,
        ...(after && { after }),
      };
      const page = await history.visits(query, signal);
      if (page.length > 0) yield page;
      if (page.length < PAGE_VISITS) break;
      after = page.at(-1);
    }
  }
}

/** Before every visit of that instant. */
function beginningAt(at_ms: EpochMs, service_date: ServiceDate): VisitPlace {
  const nowhere = { feed: "", trip_id_scheduled: "", vehicle_id: "", scheduled_stop_sequence: -1 };
  return { actual_arrival_ms: at_ms, service_date, ...nowhere };
}

/** The service days of a filter. */
export function* daysOf({
  from,
  to,
  days_of_week,
}: Pick<VisitFilter, "from" | "to" | "days_of_week">): Iterable<ServiceDate> {
  for (let date = from; date <= to; date = dayAfter(date, 1)) {
    if (days_of_week?.includes(weekdayOf(date) + 1) ?? true) yield date;
  }
}
