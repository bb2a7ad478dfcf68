import type { Line, TransitView } from "@yardline/api/parts";
import type { EpochMs } from "@yardline/domain/time";
import type { Arrival, LiveVehicle, TripRun } from "@yardline/domain/trip-run";
import { alertsOf } from "@yardline/operations/alerts";
import { inForce } from "@yardline/operations/in-force";
import { delayOf_ms } from "@yardline/prediction/drive";
import { ALL_SHOWN, type OnLine, shownOfLine } from "@yardline/privacy/public-positions";
import { tripUpdatesFeed, vehiclePositionsFeed } from "@yardline/publishing/gtfs-realtime";
import { alertsFeed } from "@yardline/publishing/service-alerts";
import { stopsPassed } from "@yardline/timetable/along";
import { type Timetable, tripRunOf } from "@yardline/timetable/timetable";
import { arrivalsAt, knownOf, liveArrivals, orderedArrivals } from "./arrivals.ts";
import type { Fleet, Heard } from "./fleet.ts";
import type { Operations } from "./operations.ts";
import { publicHeard } from "./public-heard.ts";

/** Where vehicles are is told as it was at most so long ago, … */
const VEHICLES_MS = 1_000;
/** … when they will be where at most so long: however many ask, it is computed once. */
const PREDICTIONS_MS = 4_000;

/**
 * What the public doors may ask, answered from the timetables, the fleet as it is now, and what people ordered. It is made of
 * `publicHeard` alone: whatever is asked, no more of a vehicle's place gets out than was decided.
 */
export function transitView(
  timetables: readonly [Timetable, ...Timetable[]],
  fleet: Fleet,
  operations: Pick<Operations, "orders" | "policy"> = { orders: inForce([], []), policy: ALL_SHOWN },
): TransitView {
  const stops = [...new Map(timetables.flatMap((timetable) => [...timetable.stops])).values()];
  const lines = timetables.flatMap(linesOf);
  // What was made under other orders, or when more was shown, is not given out a moment longer.
  const remembered = <T>(make: (now_ms: EpochMs) => T, age_max_ms: number) =>
    kept(make, age_max_ms, () => [operations.orders, operations.policy, fleet.ordered]);
  const recent = remembered((now_ms) => publicHeard(fleet, operations.policy, now_ms), VEHICLES_MS);
  const known = remembered((now_ms) => {
    const { orders, policy } = operations;
    const isWithheld = (line: OnLine) => shownOfLine(policy, line) === undefined;
    return knownOf(recent(now_ms), fleet.knowledge, { orders, isWithheld });
  }, VEHICLES_MS);
  // Both feeds are made of the same predictions, so that they speak of the same trips.
  const live = remembered((now_ms) => liveArrivals(known(now_ms), now_ms), PREDICTIONS_MS);
  const listAlerts = (now_ms: EpochMs) => alertsOf(operations.orders.standing, timetables, now_ms);
  const byFeed = new Map(timetables.map((timetable) => [timetable.feed, timetable]));
  const isExact = ({ feed, trip_id }: TripRun) => byFeed.get(feed)?.trips.get(trip_id)?.exact ?? false;
  return {
    timezone: timetables[0].timezone,
    listStops: () => stops,
    listLines: () => lines,
    listVehicles: (now_ms) => recent(now_ms).map(vehicleOf),
    listArrivals: (stop_id, now_ms) => arrivalsAt(timetables, known(now_ms), stop_id, now_ms),
    listAlerts,
    isUnavailable: () => operations.policy.town.show === "off",
    tripUpdates: remembered((now_ms) => {
      const { orders } = operations;
      const ordered = orderedArrivals(timetables, known(now_ms), now_ms);
      const cancelled = orders
        .listCancelled(now_ms)
        .map(({ timetable, run }) => tripRunOf(timetable.feed, run));
      return tripUpdatesFeed([...live(now_ms), ...ordered], now_ms, isExact, cancelled);
    }, PREDICTIONS_MS),
    alerts: remembered((now_ms) => alertsFeed(listAlerts(now_ms), now_ms), PREDICTIONS_MS),
    vehiclePositions: remembered(
      (now_ms) => vehiclePositionsFeed(publicVehicles(recent(now_ms), live(now_ms)), now_ms, isExact),
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
    arrivals.flatMap(({ basis, next_run, vehicle_id }) =>
      basis === "live" && !next_run ? vehicle_id : undefined,
    ),
  );
  return heard.map(({ position, placement }) =>
    vehicleOf({ position, placement: told.has(position.vehicle_id) ? placement : undefined }),
  );
}

/** Makes something anew when it was made longer ago, for another time than now, or of other things. */
function kept<T>(
  make: (now_ms: EpochMs) => T,
  age_max_ms: number,
  listSources: () => readonly unknown[],
): (now_ms: EpochMs) => T {
  let last: { readonly made_ms: EpochMs; readonly made: T; readonly sources: readonly unknown[] } | undefined;
  return (now_ms) => {
    const age_ms = last ? now_ms - last.made_ms : Number.POSITIVE_INFINITY;
    const sources = listSources();
    const same = last?.sources.every((source, i) => source === sources[i]);
    if (!last || !same || age_ms < 0 || age_ms >= age_max_ms)
      last = { made_ms: now_ms, made: make(now_ms), sources };
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

export function vehicleOf({ position, placement }: Pick<Heard, "position" | "placement">): LiveVehicle {
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
