import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { ServiceDate } from "@yardline/timetable/service-day";
import type { Pattern, Timetable, Trip } from "@yardline/timetable/timetable";
import type { StopVisit, VisitFilter } from "../history.ts";
import { everyVisit, type VisitsOf } from "./every-visit.ts";
import { hourAt } from "./planned-calls.ts";

/** Calls of all runs together that are held in memory, 16 bytes each. */
const CALLS_MAX = 5_000_000;

/** One drive of a trip as it was seen: seconds after its scheduled start, one a stop of its pattern. */
export type RecordedRun = {
  readonly timetable: Timetable;
  readonly pattern: Pattern;
  readonly service_date: ServiceDate;
  readonly direction_id: number | null;
  /** On the clocks of the feed's zone at the scheduled start. */
  readonly hour: number;
  /** Scheduled departures, at the last stop the arrival. */
  readonly planned_s: Float32Array;
  /** Actual ones; NaN where it was not seen. */
  readonly actual_s: Float32Array;
};

/** The drives of a filter's days, and the visits of trips that no timetable at hand has. */
export type Recorded = { readonly runs: readonly RecordedRun[]; readonly unknown_visits: number };

/**
 * Whole drives: stops and hours of the filter are not heeded.
 * @throws AppError `REVIEW_TOO_MUCH` beyond `CALLS_MAX`, and as `History.visits` does.
 */
export async function recordedRuns(
  history: VisitsOf,
  timetables: readonly Timetable[],
  { stop_ids: _stops, hours: _hours, ...filter }: VisitFilter,
  signal?: AbortSignal,
): Promise<Recorded> {
  const byFeed = Map.groupBy(timetables, ({ feed }) => feed);
  const runs = new Map<string, RecordedRun>();
  let [calls, unknown_visits] = [0, 0];
  const take = (visit: StopVisit) => {
    const place = placeOf(byFeed.get(visit.feed), visit);
    if (!place) {
      unknown_visits += 1;
      return;
    }
    const name = nameOf(visit);
    const run = runs.get(name) ?? emptyRun(place, visit);
    if (!runs.has(name)) calls += run.planned_s.length;
    runs.set(name, run);
    const isLast = place.stop === run.planned_s.length - 1;
    const at_ms = isLast ? visit.actual_arrival_ms : visit.actual_departure_ms;
    if (at_ms !== undefined) run.actual_s[place.stop] = (at_ms - place.start_ms) / 1000;
  };
  for await (const page of everyVisit(history, filter, signal)) {
    for (const visit of page) take(visit);
    if (calls <= CALLS_MAX) continue;
    throw new AppError(
      "REVIEW_TOO_MUCH",
      `More than ${CALLS_MAX} calls; ask for fewer days, or for single lines.`,
    );
  }
  return { runs: [...runs.values()], unknown_visits };
}

type Place = {
  readonly timetable: Timetable;
  readonly trip: Trip;
  readonly stop: number;
  /** Scheduled start of the run: of one driven by headway its own. */
  readonly start_ms: EpochMs;
};

/** Of several versions of a feed the first that has the call. */
function placeOf(versions: readonly Timetable[] | undefined, visit: StopVisit): Place | undefined {
  for (const timetable of versions ?? []) {
    const place = placeIn(timetable, visit);
    if (place) return place;
  }
  return undefined;
}

function placeIn(timetable: Timetable, visit: StopVisit): Place | undefined {
  const trip = timetable.trips.get(visit.trip_id_scheduled);
  const stop = trip?.pattern.stop_sequences.indexOf(visit.scheduled_stop_sequence) ?? -1;
  if (!trip || trip.pattern.stops[stop]?.stop_id !== visit.stop_id) return undefined;
  const since_start_s = (trip.arrival_s[stop] ?? 0) - (trip.departure_s[0] ?? 0);
  return { timetable, trip, stop, start_ms: visit.schedule_arrival_ms - since_start_s * 1000 };
}

function emptyRun({ timetable, trip, start_ms }: Place, { service_date }: StopVisit): RecordedRun {
  const { pattern, arrival_s, departure_s, direction_id = null } = trip;
  const [first_s = 0, last] = [departure_s[0], departure_s.length - 1];
  const planned_s = Float32Array.from(
    departure_s,
    (own_s, i) => (i === last ? (arrival_s[i] ?? 0) : own_s) - first_s,
  );
  const actual_s = new Float32Array(planned_s.length).fill(Number.NaN);
  const hour = hourAt(start_ms, timetable.timezone);
  return { timetable, pattern, service_date, direction_id, hour, planned_s, actual_s };
}

function nameOf({ feed, service_date, trip_id_scheduled, start_time = "", vehicle_id }: StopVisit): string {
  return [feed, service_date, trip_id_scheduled, start_time, vehicle_id].join("\t");
}
