import type { LatLon } from "@yardline/domain/geo";
import { alignOn, type Usual } from "./align.ts";
import type { Notices } from "./notices.ts";
import { type Path, type Plane, pathThrough } from "./path.ts";
import { type Call, type Starts, type TripRow, UNTIMED } from "./read-trips.ts";
import type { Pattern, Trip } from "./timetable.ts";

/** Stops stand at the kerb or across a square; a line with one of them farther off is not this trip's. */
const USUAL_STOP: Usual = {
  off_max_m: 300,
  off_usual_m: 15,
  hop_usual_m: 200,
  hop_usual_share: 0.5,
  back_max_m: 0,
};

/** A trip with times of its own. */
const TIMED: Starts = { starts_s: [], exact: true };

type Tables = {
  readonly trips: ReadonlyMap<string, TripRow>;
  readonly calls: ReadonlyMap<string, readonly Call[]>;
  readonly shapes: ReadonlyMap<string, readonly LatLon[]>;
  readonly starts: ReadonlyMap<string, Starts>;
};

/** Joins the tables of a feed: trips with their times, sharing patterns. A trip that cannot be driven is left out with a notice. */
export function buildTrips(tables: Tables, plane: Plane, notices: Notices) {
  const patterns = new Map<string, Pattern>();
  const paths = new Map<string, Path>();
  const trips = new Map<string, Trip>();
  for (const row of tables.trips.values()) {
    const calls = withoutDoubles(tables.calls.get(row.trip_id) ?? [], notices);
    const problem = tripProblem(calls);
    if (problem !== undefined) {
      notices.add("trips.txt", row.line, `${problem} in stop_times.txt; trip left out`);
      continue;
    }
    const key = patternKey(row, calls);
    const pattern = patterns.get(key) ?? patternOf(row, calls, patterns.size);
    patterns.set(key, pattern);
    trips.set(row.trip_id, tripOf(row, calls, pattern, tables.starts.get(row.trip_id) ?? TIMED));
  }
  return { trips, patterns: [...patterns.values()] };

  function patternOf(row: TripRow, calls: readonly Call[], index: number): Pattern {
    const stops = calls.map(({ stop }) => stop);
    const common = {
      index,
      route: row.route,
      stops,
      stop_sequences: calls.map((call) => call.stop_sequence),
    };
    const path = shapeOf(row);
    const points = stops.map((stop) => plane.project(stop));
    const straight = pathThrough(stops, plane);
    const placed = path && alignOn(path, points, hopsOf(calls, straight.at_m, path.length_m), USUAL_STOP);
    if (path && placed) return { ...common, path, drawn: true, stop_at_m: placed.at_m };
    if (path) {
      const problem = "the stops do not lie along the shape in their order; line drawn from stop to stop";
      notices.add("stop_times.txt", calls[0]?.line ?? 1, problem);
    }
    return { ...common, path: straight, drawn: false, stop_at_m: straight.at_m };
  }

  function shapeOf({ shape_id }: TripRow): Path | undefined {
    if (shape_id === undefined) return undefined;
    const corners = tables.shapes.get(shape_id) ?? [];
    const path = paths.get(shape_id) ?? pathThrough(corners, plane);
    paths.set(shape_id, path);
    return path.length_m > 0 ? path : undefined;
  }
}

function patternKey({ route, shape_id }: TripRow, calls: readonly Call[]): string {
  return JSON.stringify([
    route.route_id,
    shape_id ?? "",
    calls.map(({ stop, stop_sequence }) => [stop.stop_id, stop_sequence]),
  ]);
}

function withoutDoubles(calls: readonly Call[], notices: Notices): readonly Call[] {
  return calls.filter((call, i) => {
    const isDouble = call.stop_sequence === calls[i - 1]?.stop_sequence;
    if (isDouble)
      notices.add("stop_times.txt", call.line, "stop_sequence occurs twice in a trip; row left out");
    return !isDouble;
  });
}

function tripProblem(calls: readonly Call[]): string | undefined {
  if (calls.length < 2) return "fewer than two calls";
  if (calls[0]?.departure_s === UNTIMED || calls.at(-1)?.arrival_s === UNTIMED) {
    return "first or last call without a time";
  }
  let last_s = 0;
  for (const { arrival_s, departure_s } of calls) {
    if (arrival_s === UNTIMED) continue;
    if (arrival_s < last_s || departure_s < arrival_s) return "times that run backwards";
    last_s = departure_s;
  }
  return undefined;
}

function tripOf(row: TripRow, calls: readonly Call[], pattern: Pattern, starts: Starts): Trip {
  const { trip_id, service_id, trip_headsign, block_id, direction_id } = row;
  return {
    trip_id,
    service_id,
    ...(trip_headsign !== undefined && { trip_headsign }),
    ...(block_id !== undefined && { block_id }),
    ...(direction_id !== undefined && { direction_id }),
    pattern,
    ...timesOf(calls, pattern.stop_at_m),
    ...starts,
  };
}

/** Times of all stops; those that the feed leaves open lie between their neighbours by distance. */
function timesOf(calls: readonly Call[], at_m: Float64Array) {
  const arrival_s = Int32Array.from(calls, (call) => call.arrival_s);
  const departure_s = Int32Array.from(calls, (call) => call.departure_s);
  let from = 0;
  for (let to = 1; to < calls.length; to += 1) {
    if (arrival_s[to] === UNTIMED) continue;
    const [start_m = 0, end_m = 0] = [at_m[from], at_m[to]];
    const [start_s = 0, end_s = 0] = [departure_s[from], arrival_s[to]];
    for (let i = from + 1; i < to; i += 1) {
      const share =
        end_m > start_m ? ((at_m[i] ?? 0) - start_m) / (end_m - start_m) : (i - from) / (to - from);
      arrival_s[i] = Math.round(start_s + share * (end_s - start_s));
      departure_s[i] = arrival_s[i] ?? 0;
    }
    from = to;
  }
  return { arrival_s, departure_s };
}

/** The length of the hop to each stop, were the whole path driven at an even speed by the timetable. */
function hopsOf(calls: readonly Call[], at_m: Float64Array, length_m: number): readonly number[] {
  const { arrival_s, departure_s } = timesOf(calls, at_m);
  const start_s = departure_s[0] ?? 0;
  const speed_mps = length_m / Math.max(1, (arrival_s.at(-1) ?? 0) - start_s);
  return calls.map((_, i) => Math.max(0, (arrival_s[i] ?? 0) - (departure_s[i - 1] ?? start_s)) * speed_mps);
}
