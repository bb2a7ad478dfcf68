import type { LineDay } from "../../api/types.ts";

/** When somebody was, or should have been, how far along the line; seconds of the service day, metres from the first stop. */
export type Point = { readonly s: number; readonly m: number };

/** A call of a trip; undefined where it was not seen. */
export type Call = {
  readonly stop_id: string;
  readonly planned_s: number;
  readonly actual_s: number | undefined;
  readonly late_s: number | undefined;
};

/** A point of a drive, and how late it was there. */
export type DrivenPoint = Point & { readonly late_s: number };
type Drive = {
  readonly vehicle_id: string;
  readonly points: readonly DrivenPoint[];
  /** Departures, at the last stop the arrival, one a stop of the trip. */
  readonly calls: readonly Call[];
};

/** A trip as a string in the diagram. */
export type TripString = {
  /** As it stands in the address. */
  readonly id: string;
  readonly trip_id: string;
  readonly starts_s: number;
  readonly ends_s: number;
  readonly first_stop_id: string;
  readonly last_stop_id: string;
  readonly cancelled: boolean;
  readonly planned: readonly Point[];
  readonly drives: readonly Drive[];
  readonly calls: readonly Call[];
};

export type Diagram = {
  /** The stops of the way that most trips drive, from the top down. */
  readonly stops: readonly { readonly stop_id: string; readonly at_m: number }[];
  readonly length_m: number;
  readonly strings: readonly TripString[];
  readonly from_s: number;
  readonly to_s: number;
};

type DayPattern = LineDay["patterns"][number];
type DayTrip = LineDay["trips"][number];

/**
 * The day of a line as strings in time and space. The axis is the way that most trips drive; trips the other way run from below to
 * above, their stops laid by their share of the way, since they have stops of their own.
 */
export function diagramOf({ patterns, trips }: LineDay): Diagram {
  const axis = busiest(patterns, trips);
  const places = patterns.map((pattern) => placesOn(axis, pattern));
  const strings = trips.flatMap((trip) => {
    const pattern = patterns[trip.pattern];
    return pattern ? stringOf(trip, pattern, places[trip.pattern] ?? []) : [];
  });
  const times = strings.flatMap(({ planned, drives }) =>
    [planned, ...drives.map(({ points }) => points)].flat(),
  );
  const [from_s, to_s] = times.reduce(
    ([from, to], { s }) => [Math.min(from, s), Math.max(to, s)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const stops = axis?.stops ?? [];
  const length_m = stops.at(-1)?.at_m ?? 0;
  if (strings.length === 0) return { stops, length_m, strings, from_s: 0, to_s: 86_400 };
  return { stops, length_m, strings, from_s, to_s };
}

function busiest(patterns: readonly DayPattern[], trips: readonly DayTrip[]): DayPattern | undefined {
  const counts = patterns.map((_, index) => trips.filter(({ pattern }) => pattern === index).length);
  return patterns[counts.indexOf(Math.max(...counts))];
}

/** How far along the axis each stop of a pattern lies; undefined for one that is not on it. */
function placesOn(
  axis: DayPattern | undefined,
  { stops, direction_id }: DayPattern,
): readonly (number | undefined)[] {
  if (!axis) return [];
  let next = 0;
  const found = stops.map(({ stop_id }) => {
    const at = axis.stops.findIndex((stop, index) => index >= next && stop.stop_id === stop_id);
    if (at >= 0) next = at + 1;
    return axis.stops[at]?.at_m;
  });
  const isBack =
    direction_id !== axis.direction_id || found.filter((place) => place !== undefined).length < 2;
  if (!isBack) return found;
  const [axis_m, own_m] = [axis.stops.at(-1)?.at_m ?? 0, stops.at(-1)?.at_m ?? 0];
  return stops.map(({ at_m }) => axis_m * (1 - (own_m > 0 ? at_m / own_m : 0)));
}

function stringOf(trip: DayTrip, { stops }: DayPattern, places: readonly (number | undefined)[]): TripString {
  const { trip_id, start_time = "", cancelled, arrival_s, departure_s, drives } = trip;
  const last = stops.length - 1;
  const due_s = stops.map((_, stop) => (stop === last ? arrival_s[stop] : departure_s[stop]) ?? 0);
  const driven = drives.map(({ vehicle_id, ...times }): Drive => {
    const seen = (stop: number) =>
      (stop === last ? times.arrival_s[stop] : times.departure_s[stop]) ?? undefined;
    const points = pointsOf(places, times).map(({ stop, ...point }) => ({
      ...point,
      late_s: point.s - ((point.arrived ? arrival_s[stop] : departure_s[stop]) ?? 0),
    }));
    return {
      vehicle_id,
      points,
      calls: due_s.map((planned_s, stop) => callOf(stops, stop, planned_s, seen(stop))),
    };
  });
  return {
    ...{ id: `${trip_id}~${start_time}`, trip_id, cancelled },
    ...{ starts_s: due_s[0] ?? 0, ends_s: due_s[last] ?? 0 },
    ...{ first_stop_id: stops[0]?.stop_id ?? "", last_stop_id: stops[last]?.stop_id ?? "" },
    planned: pointsOf(places, { arrival_s, departure_s }).map(({ s, m }) => ({ s, m })),
    drives: driven,
    calls: driven[0]?.calls ?? due_s.map((planned_s, stop) => callOf(stops, stop, planned_s, undefined)),
  };
}

function callOf(
  stops: DayPattern["stops"],
  stop: number,
  planned_s: number,
  actual_s: number | undefined,
): Call {
  const late_s = actual_s === undefined ? undefined : actual_s - planned_s;
  return { stop_id: stops[stop]?.stop_id ?? "", planned_s, actual_s, late_s };
}

type Times = {
  readonly arrival_s: readonly (number | null)[];
  readonly departure_s: readonly (number | null)[];
};

/** Arrivals and departures in their order, where they are known and lie on the axis. */
function pointsOf(places: readonly (number | undefined)[], { arrival_s, departure_s }: Times) {
  return places.flatMap((m, stop) => {
    if (m === undefined) return [];
    const [came_s, left_s] = [arrival_s[stop], departure_s[stop]];
    return [
      ...(came_s === null || came_s === undefined ? [] : [{ s: came_s, m, stop, arrived: true }]),
      ...(left_s === null || left_s === undefined ? [] : [{ s: left_s, m, stop, arrived: false }]),
    ];
  });
}

/** How late a trip was when it was last seen; undefined where nobody was. */
export function lastLate_s({ calls }: Pick<TripString, "calls">): number | undefined {
  return calls.findLast(({ late_s }) => late_s !== undefined)?.late_s;
}

/** The string that comes nearest to a place of the drawing, within a reach; actual ones before planned ones of the same distance. */
export function nearestString(
  strings: readonly TripString[],
  px: (point: Point) => readonly [number, number],
  [x, y]: readonly [number, number],
  reach_px: number,
): TripString | undefined {
  let best: { readonly string: TripString; readonly far_px: number } | undefined;
  for (const string of strings) {
    for (const points of [...string.drives.map((drive) => drive.points), string.planned]) {
      const far_px = distanceTo(points.map(px), x, y);
      if (far_px <= reach_px && far_px < (best?.far_px ?? Number.POSITIVE_INFINITY))
        best = { string, far_px };
    }
  }
  return best?.string;
}

function distanceTo(corners: readonly (readonly [number, number])[], x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [index, [bx, by]] of corners.entries()) {
    const [ax, ay] = corners[index - 1] ?? [bx, by];
    const [dx, dy] = [bx - ax, by - ay];
    const square = dx * dx + dy * dy;
    const share = square > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square)) : 0;
    least = Math.min(least, Math.hypot(x - ax - share * dx, y - ay - share * dy));
  }
  return least;
}

/** Seconds of a service day as its clocks show them; past midnight the day goes on, as in GTFS. */
export function clockText(s: number): string {
  const minutes = Math.floor(s / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
