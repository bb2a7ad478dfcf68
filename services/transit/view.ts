import type { Line, TransitView } from "@yardline/api/parts";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { Arrival, LiveVehicle, TripRun } from "@yardline/domain/trip-run";
import { SILENT_MS } from "@yardline/matching/follow";
import type { Network } from "@yardline/matching/network";
import { delayOf_ms } from "@yardline/prediction/drive";
import { tripUpdatesFeed, vehiclePositionsFeed } from "@yardline/publishing/gtfs-realtime";
import { stopsPassed } from "@yardline/timetable/along";
import { dateAt, dayAfter } from "@yardline/timetable/service-day";
import { type Timetable, tripRunOf } from "@yardline/timetable/timetable";
import { arrivalsAt, knownOf, liveArrivals } from "./arrivals.ts";
import type { Fleet, Heard } from "./fleet.ts";
import { FLEET_NUMBERS, type PublicIds } from "./public-ids.ts";
import { openShown, type Shown } from "./shown.ts";

/** Where vehicles are is told as it was at most so long ago, … */
const VEHICLES_MS = 1_000;
/** … when they will be where at most so long: however many ask, it is computed once. */
const PREDICTIONS_MS = 4_000;

/**
 * What the doors may ask, answered from the timetables as they are followed and the fleet as it is now.
 * @param idOf what the public calls a vehicle: nothing that leaves here names one otherwise.
 */
export function transitView(
  network: Network,
  fleet: Fleet,
  clock: Pick<Clock, "now_ms">,
  idOf: PublicIds = FLEET_NUMBERS,
): TransitView {
  const places = placesOf(network, clock);
  const recent = (now_ms: EpochMs) =>
    fleet.listHeard().filter(({ position }) => now_ms - position.at_ms <= SILENT_MS);
  const known = remembered(
    (now_ms) => knownOf(recent(now_ms), fleet.knowledge, fleet.sightings),
    VEHICLES_MS,
  );
  const shown = shownOf(network);
  const inTown = (now_ms: EpochMs) => recent(now_ms).filter((heard) => shown().isInTown(heard));
  // Both feeds are made of the same predictions, so that they speak of the same trips: those that are driven now. What a vehicle
  // drives next is on the boards; its own trip updates begin when it does (rule W003 of the canonical validator).
  const live = remembered((now_ms) => {
    const onLine = inTown(now_ms).filter((heard) => shown().isOnLine(heard));
    const told = new Set(onLine.map(({ position }) => position.vehicle_id));
    return liveArrivals(known(now_ms), now_ms).filter(
      ({ next_run, vehicle_id = "" }) => !next_run && told.has(vehicle_id),
    );
  }, PREDICTIONS_MS);
  const isExact = ({ feed, trip_id, service_date }: TripRun) =>
    network.timetables
      .find((timetable) => timetable.feed === feed && timetable.holdsOn(service_date))
      ?.trips.get(trip_id)?.exact ?? false;
  function named<Each extends { readonly vehicle_id?: string }>(all: readonly Each[], now_ms: EpochMs) {
    if (idOf === FLEET_NUMBERS) return all;
    return all.map((each) =>
      each.vehicle_id === undefined ? each : { ...each, vehicle_id: idOf(each.vehicle_id, now_ms) },
    );
  }
  return {
    get timezone() {
      return network.timetables[0]?.timezone ?? "UTC";
    },
    listStops: () => places().stops,
    listLines: () => places().lines,
    listVehicles: (now_ms) => named(recent(now_ms).map(vehicleOf), now_ms),
    listArrivals(stop_id, now_ms) {
      const arrivals = arrivalsAt(network.timetables, known(now_ms), stop_id, now_ms);
      return arrivals && named(arrivals, now_ms);
    },
    tripUpdates: remembered(
      (now_ms) => tripUpdatesFeed(named(live(now_ms), now_ms), now_ms, isExact),
      PREDICTIONS_MS,
    ),
    vehiclePositions: remembered((now_ms) => {
      const vehicles = publicVehicles(inTown(now_ms), live(now_ms));
      return vehiclePositionsFeed(named(vehicles, now_ms), now_ms, isExact);
    }, VEHICLES_MS),
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

/**
 * Stops and lines of the versions that are driven by now: of two versions of a feed what they share is as today's has it, and
 * what only one has that held last week is left out. Made anew when the day or the timetables change.
 */
function placesOf(network: Network, clock: Pick<Clock, "now_ms">) {
  let made: { readonly of: readonly Timetable[]; readonly date: string } | undefined;
  let places = { stops: [...stopsOf([])], lines: [...linesOfAll([])] };
  return () => {
    const { timetables } = network;
    const date = dateAt(clock.now_ms(), timetables[0]?.timezone ?? "UTC");
    if (made?.of === timetables && made.date === date) return places;
    const around = [0, -1, 1].flatMap((days) =>
      timetables.filter(({ holdsOn }) => holdsOn(dayAfter(date, days))),
    );
    const todayLast = [...new Set(around)].toReversed();
    made = { of: timetables, date };
    places = { stops: [...stopsOf(todayLast)], lines: [...linesOfAll(todayLast)] };
    return places;
  };
}

/** Where the feeds may show a vehicle, made anew when the timetables change. */
function shownOf(network: Network): () => Shown {
  let made: { readonly of: readonly Timetable[]; readonly shown: Shown } | undefined;
  return () => {
    const { timetables } = network;
    if (made?.of !== timetables) made = { of: timetables, shown: openShown(timetables) };
    return made.shown;
  };
}

function stopsOf(timetables: readonly Timetable[]) {
  return new Map(timetables.flatMap(({ stops }) => [...stops])).values();
}

function linesOfAll(timetables: readonly Timetable[]) {
  return new Map(timetables.flatMap(linesOf).map((line) => [line.route_id, line])).values();
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
