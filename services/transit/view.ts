import type { Line, TransitView } from "@yardline/api/parts";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { Arrival, LiveVehicle, TripRun } from "@yardline/domain/trip-run";
import type { Network } from "@yardline/matching/network";
import { alertsOf } from "@yardline/operations/alerts";
import { inForce } from "@yardline/operations/in-force";
import { delayOf_ms } from "@yardline/prediction/drive";
import {
  ALL_SHOWN,
  type OnLine,
  type PublicPositions,
  shownOf,
  shownOfLine,
} from "@yardline/privacy/public-positions";
import { tripUpdatesFeed, vehiclePositionsFeed } from "@yardline/publishing/gtfs-realtime";
import { alertsFeed } from "@yardline/publishing/service-alerts";
import { stopsPassed } from "@yardline/timetable/along";
import { dateAt, dayAfter } from "@yardline/timetable/service-day";
import { type Timetable, tripRunOf } from "@yardline/timetable/timetable";
import { arrivalsAt, knownOf, liveArrivals, orderedArrivals } from "./arrivals.ts";
import type { Fleet, Heard } from "./fleet.ts";
import type { Operations } from "./operations.ts";
import { plannedAt } from "./planned.ts";
import { lastHeard_ms, publicHeard } from "./public-heard.ts";
import { FLEET_NUMBERS, type PublicIds } from "./public-ids.ts";
import { openShown, type Shown, toldArrivals } from "./shown.ts";

/** Where vehicles are is told as it was at most so long ago, … */
const VEHICLES_MS = 1_000;
/** … when they will be where at most so long: however many ask, it is computed once. */
const PREDICTIONS_MS = 4_000;

type Decisions = {
  readonly operations?: Pick<Operations, "orders" | "policy">;
  /** What the public calls a vehicle: nothing that leaves here names one otherwise. */
  readonly idOf?: PublicIds;
  /** Before there is a timetable, which says it. */
  readonly timezone?: string;
};

const UNDECIDED = { orders: inForce([], []), policy: ALL_SHOWN };

/**
 * What the public doors may ask, answered from the timetables as they are followed, the fleet as it is now, and what people
 * ordered. It is made of `publicHeard` alone: whatever is asked, no more of a vehicle's place gets out than was decided.
 */
export function transitView(
  network: Network,
  fleet: Fleet,
  clock: Pick<Clock, "now_ms">,
  { operations = UNDECIDED, idOf = FLEET_NUMBERS, timezone = "UTC" }: Decisions = {},
): TransitView {
  const places = placesOf(network, clock);
  const shown = shownPlaces(network);
  // What was made under other orders or timetables, or when more was shown, is not given out a moment longer.
  const remembered = <T>(make: (now_ms: EpochMs) => T, age_max_ms: number) =>
    kept(make, age_max_ms, () => [operations.orders, operations.policy, fleet.ordered, network.timetables]);
  const recent = remembered((now_ms) => publicHeard(fleet, operations.policy, now_ms), VEHICLES_MS);
  const known = remembered((now_ms) => {
    const { orders, policy } = operations;
    const isWithheld = (line: OnLine) => shownOfLine(policy, line) === undefined;
    const seen = { sightings: fleet.sightings, isOpen: isOpenBy(policy) };
    return knownOf(recent(now_ms), fleet.knowledge, { orders, isWithheld, seen });
  }, VEHICLES_MS);
  const inTown = (now_ms: EpochMs) => recent(now_ms).filter((heard) => shown().isInTown(heard));
  // Both feeds are made of the same predictions, so that they speak of the same trips.
  const live = remembered((now_ms) => {
    const { orders } = operations;
    const isDetoured = ({ placement: on }: Heard) =>
      on !== undefined && orders.isDetoured(on.timetable, on.run, on.at_m, now_ms);
    return toldArrivals(liveArrivals(known(now_ms), now_ms), recent(now_ms), shown(), isDetoured);
  }, PREDICTIONS_MS);
  const newest = remembered((now_ms) => lastHeard_ms(fleet, operations.policy, now_ms), VEHICLES_MS);
  const listAlerts = (now_ms: EpochMs) => alertsOf(operations.orders.standing, network.timetables, now_ms);
  const isExact = exactnessIn(network);
  const named = namedBy(idOf);
  return {
    get timezone() {
      return network.timetables[0]?.timezone ?? timezone;
    },
    listStops: () => places().stops,
    listLines: () => places().lines,
    listVehicles: (now_ms) => named(recent(now_ms).map(vehicleOf), now_ms),
    listArrivals(stop_id, now_ms) {
      const arrivals = arrivalsAt(network.timetables, known(now_ms), stop_id, now_ms);
      return arrivals && named(arrivals, now_ms);
    },
    listPlanned: (stop_id, span, now_ms) =>
      plannedAt(network.timetables, operations.orders, stop_id, span, now_ms),
    heardAt: (now_ms) => newest(now_ms),
    listAlerts,
    isUnavailable: () => operations.policy.town.show === "off",
    tripUpdates: remembered((now_ms) => {
      const ordered = orderedArrivals(network.timetables, known(now_ms), now_ms);
      const cancelled = operations.orders
        .listCancelled(now_ms)
        .map(({ timetable, run }) => tripRunOf(timetable.feed, run));
      return tripUpdatesFeed(named([...live(now_ms), ...ordered], now_ms), now_ms, isExact, cancelled);
    }, PREDICTIONS_MS),
    alerts: remembered((now_ms) => alertsFeed(listAlerts(now_ms), now_ms), PREDICTIONS_MS),
    vehiclePositions: remembered((now_ms) => {
      const vehicles = publicVehicles(inTown(now_ms), live(now_ms));
      return vehiclePositionsFeed(named(vehicles, now_ms), now_ms, isExact);
    }, VEHICLES_MS),
  };
}

/** Whether a vehicle, or those of a line, are shown to everybody where they are now. */
function isOpenBy(policy: PublicPositions) {
  return (line: OnLine, vehicle_id?: string): boolean => {
    const seen = vehicle_id === undefined ? shownOfLine(policy, line) : shownOf(policy, vehicle_id, line);
    return seen !== undefined && seen.delay_ms === 0 && seen.grid_m === 0;
  };
}

function exactnessIn(network: Network) {
  return ({ feed, trip_id, service_date }: TripRun): boolean =>
    network.timetables
      .find((timetable) => timetable.feed === feed && timetable.holdsOn(service_date))
      ?.trips.get(trip_id)?.exact ?? false;
}

function namedBy(idOf: PublicIds) {
  return <Each extends { readonly vehicle_id?: string }>(
    all: readonly Each[],
    now_ms: EpochMs,
  ): readonly Each[] => {
    if (idOf === FLEET_NUMBERS) return all;
    return all.map((each) =>
      each.vehicle_id === undefined ? each : { ...each, vehicle_id: idOf(each.vehicle_id, now_ms) },
    );
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
function shownPlaces(network: Network): () => Shown {
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
    const stop_ids = new Set(own.flatMap(({ stops }) => stops.map(({ stop_id }) => stop_id)));
    return { ...route, shapes: [...paths].map(({ corners }) => corners), stop_ids: [...stop_ids] };
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
