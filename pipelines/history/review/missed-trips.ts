import type { ServiceDate } from "@yardline/timetable/service-day";
import type { Timetable } from "@yardline/timetable/timetable";
import type { VisitFilter } from "../history.ts";
import { daysOf, everyVisit, type VisitsOf } from "./every-visit.ts";
import { type PlannedCall, plannedCalls, type WasCancelled } from "./planned-calls.ts";
import { defineReport } from "./report.ts";
import { unhurried } from "./unhurried.ts";

export type MissedRow = {
  readonly feed: string;
  readonly route_id: string;
  readonly service_date: ServiceDate;
  readonly planned_trips: number;
  /** Of which dispatchers cancelled so many: they are not missed. */
  readonly cancelled_trips: number;
  /** Of which no call beyond the first stop was seen. */
  readonly missed_trips: number;
  /** Driven, but not seen at the last stop: cut short, or out of sight by then. */
  readonly unseen_at_end: number;
  /** True where nobody was seen on the line all day: then nothing counts as missed. */
  readonly unseen: boolean;
};

export const missedTripsReport = defineReport({
  name: "missed-trips",
  summary: "Trips that nobody was seen driving, and those not seen at their end, by line and day.",
  async run({ history, timetables, filter, cancelled, signal }) {
    return {
      definition:
        "A trip is missed when no vehicle was seen on it beyond its first stop; unseen at its end when it was driven and not seen at its last one: cut short, or not reported often enough. On a day " +
        "on which nobody was seen on a line its vehicles may have had no trackers: nothing of it counts as missed. A trip driven without a " +
        "tracker counts as missed on other days; one that dispatchers cancelled does not, and is counted beside.",
      rows: await missedTrips(history, timetables, filter, cancelled, signal),
    };
  },
});

type Trip = {
  readonly line: string;
  readonly cancelled: boolean;
  readonly first: number;
  last: number;
  reached: number;
};

/**
 * Trips that were planned and that nobody was seen driving. Whole trips count: stops and hours of the filter are not heeded.
 * @throws AppError as `History.visits` does.
 */
export async function missedTrips(
  history: VisitsOf,
  timetables: readonly Timetable[],
  { stop_ids: _stops, hours: _hours, ...filter }: VisitFilter,
  cancelled?: WasCancelled,
  signal?: AbortSignal,
): Promise<readonly MissedRow[]> {
  const rows: MissedRow[] = [];
  for (const date of daysOf(filter)) {
    const day = { ...filter, from: date, to: date };
    const trips = await plannedTrips(plannedCalls(timetables, day, cancelled), signal);
    const seen = new Set<string>();
    for await (const page of everyVisit(history, day, signal)) {
      for (const { feed, trip_id_scheduled, start_time = "", route_id, scheduled_stop_sequence } of page) {
        seen.add(`${feed}\t${route_id}`);
        const trip = trips.get(`${feed}\t${date} ${trip_id_scheduled} ${start_time}`);
        if (trip) trip.reached = Math.max(trip.reached, scheduled_stop_sequence);
      }
    }
    for (const [line, own] of [...Map.groupBy(trips.values(), (trip) => trip.line)].sort()) {
      const [feed = "", route_id = ""] = line.split("\t");
      const due = own.filter((trip) => !trip.cancelled);
      const counted = { planned_trips: own.length, cancelled_trips: own.length - due.length };
      rows.push({ feed, route_id, service_date: date, ...counted, ...countsOf(due, !seen.has(line)) });
    }
  }
  return rows;
}

async function plannedTrips(
  calls: Iterable<PlannedCall>,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Trip>> {
  const trips = new Map<string, Trip>();
  await unhurried(
    calls,
    ({ feed, route_id, run, cancelled, stop_sequence }) => {
      const key = `${feed}\t${run}`;
      const trip = trips.get(key);
      if (trip) trip.last = stop_sequence;
      else {
        const first = stop_sequence;
        trips.set(key, {
          line: `${feed}\t${route_id}`,
          cancelled,
          first,
          last: first,
          reached: Number.NEGATIVE_INFINITY,
        });
      }
    },
    signal,
  );
  return trips;
}

function countsOf(trips: readonly Trip[], unseen: boolean) {
  const missed = trips.filter(({ reached, first }) => reached <= first).length;
  const short = trips.filter(({ reached, first, last }) => reached > first && reached < last).length;
  return { missed_trips: unseen ? 0 : missed, unseen_at_end: short, unseen };
}
