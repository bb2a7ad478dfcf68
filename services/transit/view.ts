import type { Line, TransitView } from "@yardline/api/parts";
import type { EpochMs } from "@yardline/domain/time";
import type { Arrival, LiveVehicle, TripRun } from "@yardline/domain/trip-run";
import { SILENT_MS } from "@yardline/matching/follow";
import { delayOf_ms } from "@yardline/prediction/drive";
import { tripUpdatesFeed, vehiclePositionsFeed } from "@yardline/publishing/gtfs-realtime";
import { stopsPassed } from "@yardline/timetable/along";
import { type Timetable, tripRunOf } from "@yardline/timetable/timetable";
import { arrivalsAt, liveArrivals } from "./arrivals.ts";
import type { Fleet, Heard } from "./fleet.ts";

/** What the doors may ask, answered from the timetables and the fleet as it is now. */
export function transitView(timetables: readonly [Timetable, ...Timetable[]], fleet: Fleet): TransitView {
  const stops = [...new Map(timetables.flatMap((timetable) => [...timetable.stops])).values()];
  const lines = timetables.flatMap(linesOf);
  const recent = (now_ms: EpochMs) =>
    fleet.listHeard().filter(({ position }) => now_ms - position.at_ms <= SILENT_MS);
  const known = (now_ms: EpochMs) => ({ heard: recent(now_ms), paces: fleet.paces });
  const byFeed = new Map(timetables.map((timetable) => [timetable.feed, timetable]));
  const isExact = ({ feed, trip_id }: TripRun) => byFeed.get(feed)?.trips.get(trip_id)?.exact ?? false;
  return {
    timezone: timetables[0].timezone,
    listStops: () => stops,
    listLines: () => lines,
    listVehicles: (now_ms) => recent(now_ms).map(vehicleOf),
    listArrivals: (stop_id, now_ms) => arrivalsAt(timetables, known(now_ms), stop_id, now_ms),
    tripUpdates: (now_ms) => tripUpdatesFeed(liveArrivals(known(now_ms), now_ms), now_ms, isExact),
    vehiclePositions: (now_ms) =>
      vehiclePositionsFeed(
        publicVehicles(recent(now_ms), liveArrivals(known(now_ms), now_ms)),
        now_ms,
        isExact,
      ),
  };
}

/**
 * The feeds speak of the same trips: a vehicle names one only while trip updates tell where it comes next. One of two that seem to
 * drive the same, one that is silent, and one at its last stop are only somewhere.
 */
function publicVehicles(heard: readonly Heard[], arrivals: readonly Arrival[]): readonly LiveVehicle[] {
  const told = new Set(
    arrivals.flatMap(({ basis, vehicle_id }) => (basis === "live" ? vehicle_id : undefined)),
  );
  return heard.map(({ position, placement }) =>
    vehicleOf({ position, placement: told.has(position.vehicle_id) ? placement : undefined }),
  );
}

function linesOf({ routes, patterns }: Timetable): readonly Line[] {
  return [...routes.values()].map(({ route_type: _, ...route }) => {
    const own = patterns.filter((pattern) => pattern.route.route_id === route.route_id);
    const paths = new Set(own.map(({ path }) => path));
    return { ...route, shapes: [...paths].map(({ corners }) => corners) };
  });
}

function vehicleOf({ position, placement }: Heard): LiveVehicle {
  const { vehicle_id, at_ms, latitude, longitude, speed_mps, course_deg } = position;
  return {
    vehicle_id,
    at_ms,
    latitude,
    longitude,
    ...(speed_mps !== undefined && { speed_mps }),
    ...(course_deg !== undefined && { course_deg }),
    ...(placement && onRun(placement)),
  };
}

function onRun(placement: NonNullable<Heard["placement"]>) {
  const { timetable, run, at_m } = placement;
  const { pattern, trip_headsign: headsign } = run.trip;
  const next = stopsPassed(pattern, at_m);
  const [stop, stop_sequence] = [pattern.stops[next], pattern.stop_sequences[next]];
  return {
    run: tripRunOf(timetable.feed, run),
    ...(headsign !== undefined && { headsign }),
    delay_s: Math.round(delayOf_ms(placement) / 1000),
    ...(stop && stop_sequence !== undefined && { stop_id: stop.stop_id, stop_sequence }),
  };
}
