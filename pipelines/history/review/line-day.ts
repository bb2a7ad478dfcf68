import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { originOf, type ServiceDate, timeText } from "@yardline/timetable/service-day";
import {
  arrivalOf,
  departureOf,
  type Pattern,
  type Run,
  type Timetable,
} from "@yardline/timetable/timetable";
import type { StopVisit } from "../history.ts";
import { everyVisit, type VisitsOf } from "./every-visit.ts";
import type { WasCancelled } from "./planned-calls.ts";
import type { Told } from "./report.ts";

/** Calls of one answer, planned ones: some 2 MB of JSON. A city's busiest line has 20,000 a day. */
const CALLS_MAX = 50_000;

/** Stops of some trips of a line, each with its place along the way. */
export type DayPattern = {
  readonly direction_id: number | null;
  readonly stops: readonly { readonly stop_id: string; readonly at_m: number }[];
};

/** Who was seen driving a trip, and when at each stop of its pattern; null where they were not seen. */
export type DayDrive = {
  readonly vehicle_id: string;
  readonly arrival_s: readonly (number | null)[];
  readonly departure_s: readonly (number | null)[];
};

export type DayTrip = {
  readonly feed: string;
  readonly trip_id: string;
  readonly start_time?: string;
  /** Index among the patterns of the answer. */
  readonly pattern: number;
  readonly cancelled: boolean;
  readonly arrival_s: readonly number[];
  readonly departure_s: readonly number[];
  readonly drives: readonly DayDrive[];
};

/** One line's service day as it was planned and as it was; times in whole seconds after `begins_ms`. */
export type LineDay = {
  readonly begins_ms: EpochMs;
  readonly patterns: readonly DayPattern[];
  /** By planned start. */
  readonly trips: readonly DayTrip[];
  /** Of trips that no timetable at hand has that day. */
  readonly unknown_visits: number;
};

type Asked = {
  readonly tenant: string;
  readonly date: ServiceDate;
  readonly route_id: string;
  /** Undefined for both ways. */
  readonly direction_id?: number | undefined;
};

/**
 * Every trip of a line on one day with its planned and its actual times, whole.
 * @throws AppError `REVIEW_TOO_MUCH` beyond `CALLS_MAX`, and as `History.visits` does.
 */
export async function lineDay(
  history: VisitsOf,
  timetables: readonly Timetable[],
  { tenant, date, route_id, direction_id }: Asked,
  cancelled: WasCancelled,
  signal?: AbortSignal,
): Promise<LineDay> {
  const own = timetables.find(({ routes }) => routes.has(route_id)) ?? timetables[0];
  const begins_ms = originOf(date, own?.timezone ?? "UTC");
  const known = plannedRuns(timetables, date, route_id);
  const patterns: Pattern[] = [];
  const filter = { tenant, from: date, to: date, route_ids: [route_id] };
  let unknown_visits = 0;
  for await (const page of everyVisit(history, filter, signal)) {
    for (const visit of page) {
      const { feed, trip_id_scheduled: trip_id, start_time } = visit;
      const driven = known.get(keyOf({ feed, trip_id, ...(start_time !== undefined && { start_time }) }));
      if (!(driven && take(driven, visit, begins_ms))) unknown_visits += 1;
    }
  }
  const asked = [...known.values()].filter(
    ({ run }) => direction_id === undefined || run.trip.direction_id === direction_id,
  );
  refuseTooMany(asked);
  const trips = asked
    .toSorted((a, b) => departureOf(a.run, 0) - departureOf(b.run, 0))
    .map(({ own, run, drives }) => ({
      ...own,
      pattern: indexIn(patterns, run.trip.pattern),
      cancelled: cancelled(own.feed, { service_date: date, ...own }),
      ...timesOf(run, begins_ms),
      drives: [...drives].map(([vehicle_id, times]) => ({ vehicle_id, ...times })),
    }));
  const drawn = patterns.map((pattern) => ({
    direction_id: directionOf(asked, pattern),
    stops: placesOf(pattern),
  }));
  return { begins_ms, patterns: drawn, trips, unknown_visits };
}

/** The same as a table: a row a planned call and vehicle, times as GTFS writes them. */
export function lineDayRows({ patterns, trips }: LineDay): Told["rows"] {
  return trips.flatMap((trip) => {
    const { trip_id, start_time, cancelled, arrival_s, departure_s, drives } = trip;
    const { stops, direction_id } = patterns[trip.pattern] ?? { stops: [], direction_id: null };
    const text = (s: number | null | undefined) => (s === null || s === undefined ? null : timeText(s));
    const driven: readonly (DayDrive | undefined)[] = drives.length > 0 ? drives : [undefined];
    return driven.flatMap((drive) =>
      stops.map(({ stop_id, at_m }, stop) => ({
        ...{
          trip_id,
          start_time,
          direction_id,
          cancelled,
          vehicle_id: drive?.vehicle_id ?? null,
          stop_id,
          at_m,
        },
        ...{ planned_arrival: text(arrival_s[stop]), planned_departure: text(departure_s[stop]) },
        ...{ arrival: text(drive?.arrival_s[stop]), departure: text(drive?.departure_s[stop]) },
      })),
    );
  });
}

type RunName = Pick<DayTrip, "feed" | "trip_id" | "start_time">;
type Times = { readonly arrival_s: (number | null)[]; readonly departure_s: (number | null)[] };
type Driven = { readonly own: RunName; readonly run: Run; readonly drives: Map<string, Times> };

function plannedRuns(
  timetables: readonly Timetable[],
  date: ServiceDate,
  route_id: string,
): ReadonlyMap<string, Driven> {
  const driven = timetables.flatMap((timetable) =>
    timetable.patterns
      .filter(({ route }) => route.route_id === route_id)
      .flatMap((pattern) => timetable.listRunsOn(pattern, date))
      .map((run): Driven => ({ own: nameOf(timetable.feed, run), run, drives: new Map() })),
  );
  return new Map(driven.map((each) => [keyOf(each.own), each]));
}

function nameOf(feed: string, { trip: { trip_id }, start_time }: Run): RunName {
  return { feed, trip_id, ...(start_time !== undefined && { start_time }) };
}

function keyOf({ feed, trip_id, start_time = "" }: RunName): string {
  return [feed, trip_id, start_time].join("\t");
}

/** @returns whether the visit is at a stop of that trip. */
function take({ run, drives }: Driven, visit: StopVisit, begins_ms: EpochMs): boolean {
  const { stops, stop_sequences } = run.trip.pattern;
  const stop = stop_sequences.indexOf(visit.scheduled_stop_sequence);
  if (stops[stop]?.stop_id !== visit.stop_id) return false;
  const none = (): (number | null)[] => stops.map(() => null);
  const times = drives.get(visit.vehicle_id) ?? { arrival_s: none(), departure_s: none() };
  drives.set(visit.vehicle_id, times);
  const since_s = (at_ms: EpochMs) => Math.round((at_ms - begins_ms) / 1000);
  times.arrival_s[stop] = since_s(visit.actual_arrival_ms);
  if (visit.actual_departure_ms !== undefined) times.departure_s[stop] = since_s(visit.actual_departure_ms);
  return true;
}

function timesOf(run: Run, begins_ms: EpochMs): Pick<DayTrip, "arrival_s" | "departure_s"> {
  const stops = run.trip.pattern.stops;
  return {
    arrival_s: stops.map((_, i) => (arrivalOf(run, i) - begins_ms) / 1000),
    departure_s: stops.map((_, i) => (departureOf(run, i) - begins_ms) / 1000),
  };
}

function refuseTooMany(asked: readonly Driven[]): void {
  const calls = asked.reduce((sum, { run }) => sum + run.trip.pattern.stops.length, 0);
  if (calls <= CALLS_MAX) return;
  throw new AppError("REVIEW_TOO_MUCH", `More than ${CALLS_MAX} calls that day; ask for one direction.`);
}

function indexIn(patterns: Pattern[], pattern: Pattern): number {
  const known = patterns.indexOf(pattern);
  return known >= 0 ? known : patterns.push(pattern) - 1;
}

function directionOf(asked: readonly Driven[], pattern: Pattern): number | null {
  return asked.find(({ run }) => run.trip.pattern === pattern)?.run.trip.direction_id ?? null;
}

function placesOf({ stops, stop_at_m }: Pattern): DayPattern["stops"] {
  return stops.map(({ stop_id }, i) => ({ stop_id, at_m: Math.round(stop_at_m[i] ?? 0) }));
}
