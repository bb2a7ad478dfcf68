import type { LatLon } from "@yardline/domain/geo";
import type { Feed } from "@yardline/timetable/check/feed";
import { type Path, pathThrough, planeAround } from "@yardline/timetable/path";
import { type ServiceDate, secondsOf } from "@yardline/timetable/service-day";
import type { Timetable, Trip } from "@yardline/timetable/timetable";
import { type Area, areaAround, areaOfTimetables } from "./area.ts";

/** What a realtime feed is compared with: the timetable as published, not as anybody mended it. Plain data, for a thread. */
export type Plan = {
  readonly trips: ReadonlyMap<string, PlannedTrip>;
  /** Trips that are others on some service days, where several versions of a feed are followed; by `datedKey`. */
  readonly dated?: ReadonlyMap<string, PlannedTrip>;
  readonly route_ids: ReadonlySet<string>;
  readonly agency_ids: ReadonlySet<string>;
  /** `location_type` by stop_id, "0" where the table leaves it open. */
  readonly stop_types: ReadonlyMap<string, string>;
  /** Stops that trips call at. */
  readonly called_ids: ReadonlySet<string>;
  /** Origin of the flat map that `area` lies in. */
  readonly middle: LatLon;
  /** The smallest box around all stops and shapes. */
  readonly area: Area;
};

export type PlannedTrip = {
  readonly route_id: string;
  readonly direction_id?: number;
  /** Scheduled arrival at its first stop, seconds since the service day's origin; undefined where it is left open. */
  readonly start_s: number | undefined;
  /** By stop_sequence. */
  readonly calls: readonly PlannedCall[];
  /** Absent where the feed draws no line. */
  readonly line?: { readonly path: Path; readonly middle: LatLon };
  /** Spans of frequencies.txt; empty for a trip with times of its own. */
  readonly headways: readonly Headway[];
};

export type PlannedCall = {
  readonly stop_sequence: number;
  readonly stop_id: string;
  /** Whether the timetable has a time for it. */
  readonly timed: boolean;
};

export type Headway = {
  readonly start_s: number;
  readonly end_s: number;
  readonly headway_s: number;
  readonly exact: boolean;
};

/** The trip that is meant, on the day that is meant. */
export function plannedTrip(
  { trips, dated }: Plan,
  trip: { readonly tripId?: string; readonly startDate?: string } | undefined,
): PlannedTrip | undefined {
  const { tripId = "", startDate = "" } = trip ?? {};
  return dated?.get(datedKey(tripId, startDate)) ?? trips.get(tripId);
}

function datedKey(trip_id: string, date: ServiceDate): string {
  return `${trip_id}\t${date}`;
}

/** Of a timetable as its publisher wrote it. */
export function planOf(feed: Feed): Plan {
  const stop_types = new Map(
    feed.rows("stops.txt").map((row) => [row.text("stop_id"), row.text("location_type") || "0"]),
  );
  const places = [
    ...feed.rows("stops.txt").flatMap((row) => placeOf(row.number("stop_lat"), row.number("stop_lon"))),
    ...feed
      .rows("shapes.txt")
      .flatMap((row) => placeOf(row.number("shape_pt_lat"), row.number("shape_pt_lon"))),
  ];
  const middle = places[0] ?? { latitude: 0, longitude: 0 };
  const plane = planeAround(middle);
  return {
    trips: tripsOf(feed, middle),
    called_ids: new Set(feed.rows("stop_times.txt").map((row) => row.text("stop_id"))),
    route_ids: new Set(feed.byId("routes.txt", "route_id").keys()),
    agency_ids: new Set(feed.byId("agency.txt", "agency_id").keys()),
    stop_types,
    middle,
    area: areaAround(places, plane),
  };
}

function tripsOf(feed: Feed, middle: LatLon): ReadonlyMap<string, PlannedTrip> {
  const plane = planeAround(middle);
  const calls = feed.grouped("stop_times.txt", "trip_id", "stop_sequence");
  const headways = feed.grouped("frequencies.txt", "trip_id");
  const paths = new Map(
    [...feed.grouped("shapes.txt", "shape_id", "shape_pt_sequence")].map(([shape_id, rows]) => {
      const corners = rows.flatMap((row) => placeOf(row.number("shape_pt_lat"), row.number("shape_pt_lon")));
      return [shape_id, pathThrough(corners, plane)];
    }),
  );
  const trips = new Map<string, PlannedTrip>();
  for (const [trip_id, row] of feed.byId("trips.txt", "trip_id")) {
    const path = paths.get(row.text("shape_id"));
    const direction_id = row.number("direction_id");
    trips.set(trip_id, {
      route_id: row.text("route_id"),
      ...(direction_id !== undefined && { direction_id }),
      start_s: calls.get(trip_id)?.[0]?.seconds("arrival_time"),
      calls: (calls.get(trip_id) ?? []).map((call) => ({
        stop_sequence: call.number("stop_sequence") ?? 0,
        stop_id: call.text("stop_id"),
        timed: call.seconds("arrival_time") !== undefined,
      })),
      ...(path && path.length_m > 0 && { line: { path, middle } }),
      headways: (headways.get(trip_id) ?? []).flatMap((span) => headwayOf((column) => span.text(column))),
    });
  }
  return trips;
}

/**
 * Of the timetables that a town follows: what our own feeds are held against. What was left out of them is unknown here too.
 * @param dates service days on which versions of a feed that differ are told apart.
 */
export function planOfTimetables(
  timetables: readonly [Timetable, ...Timetable[]],
  dates: readonly ServiceDate[] = [],
): Plan {
  const [{ middle }] = timetables;
  return {
    trips: new Map(timetables.flatMap(plannedTrips)),
    dated: new Map(timetables.flatMap((timetable) => datedTrips(timetable, timetables, dates))),
    route_ids: new Set(timetables.flatMap(({ routes }) => [...routes.keys()])),
    agency_ids: new Set(timetables.flatMap(({ agency_ids }) => [...agency_ids])),
    stop_types: new Map(timetables.flatMap(({ stops }) => [...stops.keys()].map((id) => [id, "0"] as const))),
    called_ids: new Set(
      timetables.flatMap(({ patterns }) =>
        patterns.flatMap(({ stops }) => stops.map(({ stop_id }) => stop_id)),
      ),
    ),
    middle,
    area: areaOfTimetables(timetables),
  };
}

/** The trips of a version that are others in another version of its feed, on the days for which it holds. */
function datedTrips(timetable: Timetable, all: readonly Timetable[], dates: readonly ServiceDate[]) {
  const others = all.filter((each) => each !== timetable && each.feed === timetable.feed);
  const held = dates.filter(timetable.holdsOn);
  if (others.length === 0 || held.length === 0) return [];
  const differing = plannedTrips(timetable).filter(([trip_id]) =>
    others.some(({ trips }) => differs(trips.get(trip_id), timetable.trips.get(trip_id))),
  );
  return differing.flatMap(([trip_id, planned]) =>
    held.map((date) => [datedKey(trip_id, date), planned] as const),
  );
}

function differs(a: Trip | undefined, b: Trip | undefined): boolean {
  if (!a || !b) return false;
  const calls = ({ pattern: { route, stops, stop_sequences } }: Trip) =>
    JSON.stringify([route.route_id, stops.map(({ stop_id }) => stop_id), stop_sequences]);
  return calls(a) !== calls(b) || a.arrival_s[0] !== b.arrival_s[0];
}

/** One for all trips, so that a thread is handed one. */
const NO_HEADWAYS: readonly Headway[] = [];

function plannedTrips({ trips, patterns, middle }: Timetable): readonly (readonly [string, PlannedTrip])[] {
  const shared = patterns.map(({ route, stops, stop_sequences, path, drawn }) => ({
    route_id: route.route_id,
    calls: stops.map(({ stop_id }, i) => ({ stop_id, stop_sequence: stop_sequences[i] ?? 0, timed: true })),
    ...(drawn && { line: { path, middle } }),
  }));
  return [...trips].flatMap(([trip_id, { pattern, direction_id, arrival_s, starts_s, exact }]) => {
    const ofPattern = shared[pattern.index];
    if (!ofPattern) return [];
    const headways =
      starts_s.length === 0
        ? NO_HEADWAYS
        : starts_s.map((start_s) => ({ start_s, end_s: start_s + 1, headway_s: 1, exact }));
    const own = { start_s: arrival_s[0], headways, ...(direction_id !== undefined && { direction_id }) };
    return [[trip_id, { ...ofPattern, ...own }] as const];
  });
}

function headwayOf(text: (column: string) => string): readonly Headway[] {
  const [start_s, end_s] = [secondsOf(text("start_time")), secondsOf(text("end_time"))];
  if (start_s === undefined || end_s === undefined) return [];
  return [{ start_s, end_s, headway_s: Number(text("headway_secs")), exact: text("exact_times") === "1" }];
}

function placeOf(latitude: number | undefined, longitude: number | undefined): readonly LatLon[] {
  return latitude === undefined || longitude === undefined ? [] : [{ latitude, longitude }];
}
