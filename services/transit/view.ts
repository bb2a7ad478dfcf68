import type { Line, TransitView } from "@yardline/api/parts";
import type { EpochMs } from "@yardline/domain/time";
import type { Arrival, LiveVehicle, TripRun } from "@yardline/domain/trip-run";
import { SILENT_MS } from "@yardline/matching/follow";
import { delayOf_ms } from "@yardline/prediction/drive";
import { tripUpdatesFeed, vehiclePositionsFeed } from "@yardline/publishing/gtfs-realtime";
import { stopsPassed } from "@yardline/timetable/along";
import { type Timetable, tripRunOf } from "@yardline/timetable/timetable";
import { arrivalsAt, knownOf, liveArrivals } from "./arrivals.ts";
import type { Fleet, Heard } from "./fleet.ts";
import { openShown } from "./shown.ts";

/** Where vehicles are is told as it was at most so long ago, … */
const VEHICLES_MS = 1_000;
/** … when they will be where at most so long: however many ask, it is computed once. */
const PREDICTIONS_MS = 4_000;

/** What the doors may ask, answered from the timetables and the fleet as it is now. */
export function transitView(timetables: readonly [Timetable, ...Timetable[]], fleet: Fleet): TransitView {
  const stops = [...new Map(timetables.flatMap((timetable) => [...timetable.stops])).values()];
  const lines = timetables.flatMap(linesOf);
  const recent = (now_ms: EpochMs) =>
    fleet.listHeard().filter(({ position }) => now_ms - position.at_ms <= SILENT_MS);
  const known = remembered((now_ms) => knownOf(recent(now_ms), fleet.knowledge), VEHICLES_MS);
  const shown = openShown(timetables);
  const inTown = (now_ms: EpochMs) => recent(now_ms).filter(shown.isInTown);
  // Both feeds are made of the same predictions, so that they speak of the same trips: those that are driven now. What a vehicle
  // drives next is on the boards; its own trip updates begin when it does (rule W003 of the canonical validator).
  const live = remembered((now_ms) => {
    const told = new Set(
      inTown(now_ms)
        .filter(shown.isOnLine)
        .map(({ position }) => position.vehicle_id),
    );
    return liveArrivals(known(now_ms), now_ms).filter(
      ({ next_run, vehicle_id = "" }) => !next_run && told.has(vehicle_id),
    );
  }, PREDICTIONS_MS);
  const byFeed = new Map(timetables.map((timetable) => [timetable.feed, timetable]));
  const isExact = ({ feed, trip_id }: TripRun) => byFeed.get(feed)?.trips.get(trip_id)?.exact ?? false;
  return {
    timezone: timetables[0].timezone,
    listStops: () => stops,
    listLines: () => lines,
    listVehicles: (now_ms) => recent(now_ms).map(vehicleOf),
    listArrivals: (stop_id, now_ms) => arrivalsAt(timetables, known(now_ms), stop_id, now_ms),
    tripUpdates: remembered((now_ms) => tripUpdatesFeed(live(now_ms), now_ms, isExact), PREDICTIONS_MS),
    vehiclePositions: remembered(
      (now_ms) => vehiclePositionsFeed(publicVehicles(inTown(now_ms), live(now_ms)), now_ms, isExact),
      VEHICLES_MS,
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

/** Makes something anew when it was made longer ago, or for another time than now. */
function remembered<T>(make: (now_ms: EpochMs) => T, age_max_ms: number): (now_ms: EpochMs) => T {
  let last: { readonly made_ms: EpochMs; readonly made: T } | undefined;
  return (now_ms) => {
    const age_ms = last ? now_ms - last.made_ms : Number.POSITIVE_INFINITY;
    if (!last || age_ms < 0 || age_ms >= age_max_ms) last = { made_ms: now_ms, made: make(now_ms) };
    return last.made;
  };
}

function linesOf({ routes, patterns }: Timetable): readonly Line[] {
  return [...routes.values()].map(({ route_type: _, ...route }) => {
    const own = patterns.filter((pattern) => pattern.route.route_id === route.route_id);
    const paths = new Set(own.map(({ path }) => path));
    return { ...route, shapes: [...paths].map(({ corners }) => corners) };
  });
}

function vehicleOf({ position, placement }: Pick<Heard, "position" | "placement">): LiveVehicle {
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
