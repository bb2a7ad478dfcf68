import type { Archive } from "./archive.ts";
import type { Notices } from "./notices.ts";
import { secondsOf } from "./service-day.ts";
import { readTable } from "./table.ts";
import type { Route, Stop } from "./timetable.ts";

/** A line of trips.txt whose route is known. */
export type TripRow = {
  readonly trip_id: string;
  readonly route: Route;
  readonly service_id: string;
  readonly trip_headsign?: string;
  readonly block_id?: string;
  readonly direction_id?: number;
  readonly shape_id?: string;
  readonly line: number;
};

/** trips.txt */
export async function readTrips(
  archive: Archive,
  routes: ReadonlyMap<string, Route>,
  notices: Notices,
): Promise<Map<string, TripRow>> {
  const trips = new Map<string, TripRow>();
  const columns = {
    required: ["trip_id", "route_id", "service_id"],
    optional: ["trip_headsign", "block_id", "direction_id", "shape_id"],
  } as const;
  await readTable(archive, "trips.txt", columns, (row, line) => {
    const route = routes.get(row.route_id);
    if (!route) {
      notices.add("trips.txt", line, "route_id is not in routes.txt; trip left out");
      return;
    }
    const { trip_id, service_id, trip_headsign, block_id, direction_id, shape_id } = row;
    trips.set(trip_id, {
      trip_id,
      route,
      service_id,
      ...(trip_headsign !== undefined && { trip_headsign }),
      ...(block_id !== undefined && { block_id }),
      ...(direction_id !== undefined && { direction_id: Number(direction_id) || 0 }),
      ...(shape_id !== undefined && { shape_id }),
      line,
    });
  });
  return trips;
}

/** Headways are expanded to departures; more than this of one trip a day is no timetable. */
const STARTS_MAX = 2_000;

/** How a trip is driven by headway. */
export type Starts = { readonly starts_s: readonly number[]; readonly exact: boolean };

/** frequencies.txt, where there is one: first departures of each trip in seconds. */
export async function readStarts(archive: Archive, notices: Notices): Promise<ReadonlyMap<string, Starts>> {
  const starts = new Map<string, { starts_s: number[]; exact: boolean }>();
  if (!archive.has("frequencies.txt")) return starts;
  const columns = {
    required: ["trip_id", "start_time", "end_time", "headway_secs"],
    optional: ["exact_times"],
  } as const;
  await readTable(archive, "frequencies.txt", columns, (row, line) => {
    const from_s = secondsOf(row.start_time);
    const to_s = secondsOf(row.end_time);
    const headway_s = Number(row.headway_secs);
    const own = starts.get(row.trip_id) ?? { starts_s: [], exact: row.exact_times === "1" };
    if (from_s === undefined || to_s === undefined || !(headway_s > 0)) {
      notices.add("frequencies.txt", line, "not two times and a headway; left out");
      return;
    }
    for (let at_s = from_s; at_s < to_s && own.starts_s.length < STARTS_MAX; at_s += headway_s)
      own.starts_s.push(at_s);
    starts.set(row.trip_id, own);
  });
  for (const { starts_s } of starts.values()) starts_s.sort((a, b) => a - b);
  return starts;
}

/** A stop whose time the feed leaves open. */
export const UNTIMED = -1;

/** One call of one trip, as a line of stop_times.txt has it. */
export type Call = {
  readonly stop: Stop;
  readonly stop_sequence: number;
  /** `UNTIMED` where the feed leaves it open. */
  readonly arrival_s: number;
  readonly departure_s: number;
  readonly line: number;
};

/** stop_times.txt: the calls of each trip by stop_sequence, whatever order the file has. */
export async function readCalls(
  archive: Archive,
  trips: ReadonlyMap<string, TripRow>,
  stops: ReadonlyMap<string, Stop>,
  notices: Notices,
): Promise<Map<string, readonly Call[]>> {
  const calls = new Map<string, Call[]>();
  const columns = {
    required: ["trip_id", "stop_id", "stop_sequence"],
    optional: ["arrival_time", "departure_time"],
  } as const;
  await readTable(archive, "stop_times.txt", columns, (row, line) => {
    const stop = stops.get(row.stop_id);
    const problem = trips.has(row.trip_id) ? callProblem(row, stop) : "trip_id is not in trips.txt";
    if (problem !== undefined || !stop) {
      notices.add("stop_times.txt", line, `${problem}; row left out`);
      return;
    }
    const { arrival_time, departure_time } = row;
    const call = {
      stop,
      stop_sequence: Number(row.stop_sequence),
      arrival_s: secondsOf(arrival_time ?? departure_time ?? "") ?? UNTIMED,
      departure_s: secondsOf(departure_time ?? arrival_time ?? "") ?? UNTIMED,
      line,
    };
    const own = calls.get(row.trip_id);
    if (own) own.push(call);
    else calls.set(row.trip_id, [call]);
  });
  for (const own of calls.values()) own.sort((a, b) => a.stop_sequence - b.stop_sequence || a.line - b.line);
  return calls;
}

function callProblem(
  { stop_sequence, arrival_time, departure_time }: Record<string, string | undefined>,
  stop: Stop | undefined,
): string | undefined {
  if (!stop) return "stop_id is not a stop of stops.txt";
  if (!/^\d+$/.test(stop_sequence ?? "")) return "stop_sequence is not a whole number";
  const times = [arrival_time, departure_time].filter((time) => time !== undefined);
  return times.some((time) => secondsOf(time) === undefined) ? "a time is not H:MM:SS" : undefined;
}
