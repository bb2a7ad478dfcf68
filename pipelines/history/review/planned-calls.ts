import type { ServiceDate } from "@yardline/timetable/service-day";
import {
  arrivalOf,
  departureOf,
  type Pattern,
  type Run,
  type Timetable,
} from "@yardline/timetable/timetable";
import type { VisitFilter } from "../history.ts";
import { daysOf } from "./every-visit.ts";

/** One call of the timetable on one service day. */
export type PlannedCall = {
  readonly feed: string;
  readonly service_date: ServiceDate;
  readonly route_id: string;
  readonly direction_id: number | null;
  /** The run: trip, and its first departure where it is driven by headway. */
  readonly run: string;
  readonly stop_id: string;
  /** Whether dispatchers cancelled the run; false where that is not known. */
  readonly cancelled: boolean;
  /** As in stop_times.txt. */
  readonly stop_sequence: number;
  /** 0 to 23: what the clocks of the feed's zone show at the scheduled arrival, as the history has it. */
  readonly hour: number;
  readonly arrival_ms: number;
  readonly departure_ms: number;
  /** The next stop of the trip, and how far it is along the line. */
  readonly next?: { readonly stop_id: string; readonly arrival_ms: number; readonly length_m: number };
};

/** Whether dispatchers cancelled a run of a timetable. */
export type WasCancelled = (
  feed: string,
  run: { readonly service_date: ServiceDate; readonly trip_id: string; readonly start_time?: string },
) => boolean;

/** Every call that the timetables plan within a filter, whatever became of it. */
export function* plannedCalls(
  timetables: readonly Timetable[],
  filter: Filter,
  cancelled: WasCancelled = () => false,
): Iterable<PlannedCall> {
  const { feeds, route_ids } = filter;
  for (const timetable of timetables.filter(({ feed }) => feeds?.includes(feed) ?? true)) {
    const patterns = timetable.patterns.filter(({ route }) => route_ids?.includes(route.route_id) ?? true);
    for (const date of daysOf(filter)) {
      for (const pattern of patterns) {
        for (const run of timetable.listRunsOn(pattern, date)) {
          yield* callsOf(timetable, pattern, run, filter, cancelled(timetable.feed, runName(run)));
        }
      }
    }
  }
}

function runName({ service_date, trip, start_time }: Run) {
  return { service_date, trip_id: trip.trip_id, ...(start_time !== undefined && { start_time }) };
}

type Filter = Omit<VisitFilter, "tenant">;

function* callsOf(
  { feed, timezone }: Timetable,
  pattern: Pattern,
  run: Run,
  { direction_ids, stop_ids, hours }: Filter,
  cancelled: boolean,
): Iterable<PlannedCall> {
  const { trip_id, direction_id } = run.trip;
  if (direction_ids && !(direction_id !== undefined && direction_ids.includes(direction_id))) return;
  const { service_date, start_time = "" } = run;
  const { route_id } = pattern.route;
  const common = { feed, service_date, route_id, direction_id: direction_id ?? null, cancelled };
  for (const [i, { stop_id }] of pattern.stops.entries()) {
    if (stop_ids && !stop_ids.includes(stop_id)) continue;
    const arrival_ms = arrivalOf(run, i);
    const hour = hourAt(arrival_ms, timezone);
    if (hours && !hours.includes(hour)) continue;
    const next = nextOf(pattern, run, i);
    const times = { arrival_ms, departure_ms: departureOf(run, i), ...(next && { next }) };
    const stop_sequence = pattern.stop_sequences[i] ?? 0;
    yield {
      ...common,
      run: `${service_date} ${trip_id} ${start_time}`,
      stop_id,
      stop_sequence,
      hour,
      ...times,
    };
  }
}

function nextOf({ stops, stop_at_m }: Pattern, run: Run, i: number): PlannedCall["next"] {
  const stop = stops[i + 1];
  if (!stop) return undefined;
  const length_m = (stop_at_m[i + 1] ?? 0) - (stop_at_m[i] ?? 0);
  return { stop_id: stop.stop_id, arrival_ms: arrivalOf(run, i + 1), length_m };
}

/** Zones move by whole quarters of an hour, so that one look at the zone does for each of them. */
const QUARTER_MS = 900_000;
const HOURS_KEPT_MAX = 100_000;
const known = new Map<string, number>();

export function hourAt(at_ms: number, timezone: string): number {
  const quarter = Math.floor(at_ms / QUARTER_MS);
  const key = `${timezone} ${quarter}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const { hour } = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER_MS).toZonedDateTimeISO(timezone);
  if (known.size >= HOURS_KEPT_MAX) known.clear();
  known.set(key, hour);
  return hour;
}
