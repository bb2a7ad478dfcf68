import { setImmediate as nextTurn } from "node:timers/promises";
import { dayAfter, type ServiceDate } from "@yardline/timetable/service-day";
import type { Timetable } from "@yardline/timetable/timetable";
import type { VisitFilter } from "../history.ts";

const WEEK_DAYS = 7;

type Filter = Pick<VisitFilter, "from" | "to" | "feeds" | "route_ids">;

/**
 * The days of a period on which another timetable begins: what is planned differs from the same weekday of both weeks before and is
 * planned so a week later too, so that a holiday is none. A change within a week of another is the same one, since each weekday shows it by itself.
 * Before the period and after it the timetables at hand are asked too.
 * @throws what the signal says when it aborts.
 */
export async function serviceChanges(
  timetables: readonly Timetable[],
  filter: Filter,
  signal?: AbortSignal,
): Promise<readonly ServiceDate[]> {
  const plans = new Map<ServiceDate, string>();
  for (
    let date = dayAfter(filter.from, -2 * WEEK_DAYS);
    date <= dayAfter(filter.to, WEEK_DAYS);
    date = dayAfter(date, 1)
  ) {
    plans.set(date, planOf(timetables, filter, date));
    await nextTurn();
    signal?.throwIfAborted();
  }
  const changes: ServiceDate[] = [];
  for (let date = filter.from; date <= filter.to; date = dayAfter(date, 1)) {
    const [long, before, now, later] = [-2, -1, 0, 1].map((weeks) =>
      plans.get(dayAfter(date, weeks * WEEK_DAYS)),
    );
    const known = changes.at(-1);
    if (now === before || now === long || now !== later) continue;
    if (known === undefined || dayAfter(known, WEEK_DAYS) <= date) changes.push(date);
  }
  return changes;
}

/** All that is planned on a day, as one text: the same for the same trips at the same times. */
function planOf(timetables: readonly Timetable[], { feeds, route_ids }: Filter, date: ServiceDate): string {
  return timetables
    .filter(({ feed }) => feeds?.includes(feed) ?? true)
    .flatMap((timetable) =>
      timetable.patterns
        .filter(({ route }) => route_ids?.includes(route.route_id) ?? true)
        .flatMap((pattern) => timetable.listRunsOn(pattern, date))
        .map(
          ({ trip, start_time = "" }) =>
            `${trip.trip_id} ${start_time} ${trip.departure_s[0]} ${trip.arrival_s.at(-1)}`,
        ),
    )
    .sort()
    .join("\n");
}
