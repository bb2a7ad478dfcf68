import type { EpochMs } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import type { Placement } from "@yardline/matching/placement";
import { type InForce, inForce } from "@yardline/operations/in-force";
import type { Knowledge } from "@yardline/prediction/knowledge";
import { NEXT_RUNS_MAX, type Prediction, predictNextRuns, predictStops } from "@yardline/prediction/predict";
import type { OnLine } from "@yardline/privacy/public-positions";
import {
  arrivalOf,
  endOf,
  type Pattern,
  type PatternCall,
  type Run,
  startOf,
  type Timetable,
} from "@yardline/timetable/timetable";
import { callsOn, plannedCall, skippedOf } from "./calls.ts";
import type { Heard } from "./fleet.ts";
import { madeOnce } from "./made-once.ts";
import { LATE_MAX_MS, OVERDUE_MS, overdueOf, type Seen } from "./overdue.ts";
import { runKey, Sightings } from "./sightings.ts";

/** How far ahead a stop's board looks. */
const HORIZON_MS = 90 * 60_000;
/** Without a fix for so long a vehicle's predictions are `lost`: feeds report every two minutes at the slowest. */
const LOST_MS = 150_000;
/** A stop so far behind a vehicle is no longer ahead, whatever counts as waiting at a terminal. */
const PASSED_M = 500;
/** Longest board. */
const ARRIVALS_MAX = 100;

/** Who drives what, and what is known of the streets. */
export type Known = {
  /** By run. */
  readonly drivers: ReadonlyMap<string, Driver>;
  /** Those that drive a pattern, on their run or one of the next ones of their block, by pattern. */
  readonly byPattern: ReadonlyMap<Pattern, readonly Driver[]>;
  readonly knowledge: Knowledge;
  readonly orders: InForce;
  /** Whether live positions of a line are hidden altogether. */
  readonly isWithheld: (line: OnLine) => boolean;
  readonly seen: Seen;
};

/** What is known beside the vehicles themselves. */
type KnownBeside = Pick<Known, "orders" | "isWithheld"> & { readonly seen: Omit<Seen, "drives"> };

const UNORDERED: KnownBeside = {
  orders: inForce([], []),
  isWithheld: () => false,
  seen: { sightings: new Sightings(), isOpen: () => true },
};

/** What boards are made of; the same for all of them until somebody reports again. */
export function knownOf(
  heard: readonly Heard[],
  knowledge: Knowledge,
  { orders, isWithheld, seen: { sightings, isOpen } }: KnownBeside = UNORDERED,
): Known {
  const drivers = driversOf(heard, orders);
  const byPattern = new Map<Pattern, Driver[]>();
  for (const driver of drivers.values()) {
    for (const pattern of new Set(runsAhead(driver, orders).map(({ trip }) => trip.pattern))) {
      const others = byPattern.get(pattern);
      if (others) others.push(driver);
      else byPattern.set(pattern, [driver]);
    }
  }
  const drives = new Map(
    heard.flatMap(({ position, placement }) =>
      placement ? [[position.vehicle_id, runKey(placement.timetable, placement.run)] as const] : [],
    ),
  );
  return { drivers, byPattern, knowledge, orders, isWithheld, seen: { sightings, isOpen, drives } };
}

/**
 * A stop's board: every call of the timetable within the horizon, moved by the vehicle that drives it where one reports, and
 * calls of vehicles that drive what the calendar does not know. A call that its vehicle has made already is not on it; one that
 * should have been made stays for a while and says so.
 * @returns undefined for a stop that no timetable has.
 */
export function arrivalsAt(
  timetables: readonly Timetable[],
  known: Known,
  stop_id: string,
  now_ms: EpochMs,
): readonly Arrival[] | undefined {
  const { byPattern, orders } = known;
  const owners = timetables.filter(({ stops }) => stops.has(stop_id));
  if (owners.length === 0) return undefined;
  const calls = owners.flatMap((timetable) => timetable.listCallsAt(stop_id));
  // Of a loop that calls twice the later call counts.
  const patterns = new Map(calls.map(({ pattern, stop }) => [pattern, pattern.stop_at_m[stop] ?? 0]));
  const near = new Set([...patterns.keys()].flatMap((pattern) => byPattern.get(pattern) ?? []));
  const driven = [...near].flatMap((driver) => {
    const [own, ...next] = runsAhead(driver, orders).map(({ trip }) => patterns.has(trip.pattern));
    const { run, at_m } = driver.placement;
    const passed = (patterns.get(run.trip.pattern) ?? 0) < at_m - PASSED_M;
    const arrivals =
      own && !passed ? ownCalls(driver, now_ms, () => callsOf(known, driver, now_ms)) : undefined;
    const later = next.includes(true)
      ? nextCalls(driver, now_ms, () => nextCallsOf(known, driver, now_ms))
      : undefined;
    return [arrivals, later].flatMap((made) => made?.get(stop_id) ?? []);
  });
  const said = new Set(driven.map(({ run }) => tripRunKey(run)));
  const planned = owners
    .flatMap((timetable) =>
      timetable.listCallsAt(stop_id).flatMap((call) => plannedCalls(timetable, call, now_ms, known)),
    )
    .filter(({ run }) => !said.has(tripRunKey(run)));
  return [...driven, ...planned]
    .toSorted((a, b) => a.predicted_at_ms - b.predicted_at_ms)
    .slice(0, ARRIVALS_MAX);
}

/** Predictions of all vehicles that report, at all their stops still ahead. */
export function liveArrivals(known: Known, now_ms: EpochMs): readonly Arrival[] {
  return [...known.drivers.values()].flatMap((driver) => [
    ...callsOf(known, driver, now_ms),
    ...nextCallsOf(known, driver, now_ms),
  ]);
}

/**
 * What feeds must say of runs that nobody drives yet: added ones, which no timetable has, with all their calls, and of the others
 * the calls that are not made.
 */
export function orderedArrivals(
  timetables: readonly Timetable[],
  { drivers, orders }: Known,
  now_ms: EpochMs,
): readonly Arrival[] {
  return timetables.flatMap((timetable) => {
    const added = orders.listAddedOf(timetable, now_ms);
    const planned = orders.hasSkips ? [...timetable.runsActiveAt(now_ms, AHEAD).values()].flat() : [];
    return [...added.filter((run) => isAhead(run, now_ms)), ...planned]
      .filter((run) => !drivers.has(runKey(timetable, run)) && !orders.isCancelled(timetable, run, now_ms))
      .flatMap((run) => run.trip.pattern.stops.map((_, stop) => plannedCall(timetable, run, stop, orders)))
      .filter(
        ({ run, skipped, scheduled_at_ms }) =>
          (run.added || skipped) && scheduled_at_ms >= now_ms - OVERDUE_MS,
      );
  });
}

/** Runs that begin within the horizon. */
const AHEAD = { early_s: HORIZON_MS / 1000, late_s: 0 };

function isAhead(run: Run, now_ms: EpochMs): boolean {
  return startOf(run) <= now_ms + HORIZON_MS && endOf(run) >= now_ms;
}

/** A vehicle is on the boards of all its stops. */
const ownCalls = madeOnce<Driver>();
const nextCalls = madeOnce<Driver>();

type Driver = {
  readonly placement: Placement;
  readonly vehicle_id: string;
  readonly signal_at_ms: EpochMs;
  readonly held_ms: number;
};

/** One vehicle a run, none that is parked: of two that seem to drive the same, the surer one, then the one heard last. */
function driversOf(heard: readonly Heard[], orders: InForce): ReadonlyMap<string, Driver> {
  const drivers = new Map<string, Driver>();
  for (const { position, placement, parked, held_ms = 0 } of heard) {
    if (!placement || parked || orders.isCancelled(placement.timetable, placement.run, position.at_ms))
      continue;
    const driver = { placement, vehicle_id: position.vehicle_id, signal_at_ms: position.at_ms, held_ms };
    const key = runKey(placement.timetable, placement.run);
    const rival = drivers.get(key);
    if (!rival || surer(driver, rival)) drivers.set(key, driver);
  }
  return drivers;
}

function surer(a: Driver, b: Driver): boolean {
  const by = a.placement.confidence - b.placement.confidence || a.signal_at_ms - b.signal_at_ms;
  return by > 0;
}

/** The run that a vehicle drives, and those after it: what people gave it, else its block. */
function runsAhead(driver: Driver, orders: InForce): readonly Run[] {
  const findNext = nextOf(driver, orders);
  const runs = [driver.placement.run];
  for (let next = findNext(driver.placement.run); next; next = findNext(next)) {
    runs.push(next);
    if (runs.length > NEXT_RUNS_MAX) break;
  }
  return runs;
}

/** What a vehicle drives after a run; cancelled runs of its block are passed over. */
function nextOf({ placement: { timetable }, vehicle_id, signal_at_ms }: Driver, orders: InForce) {
  const isGiven = orders.listDuties(vehicle_id, signal_at_ms).length > 0;
  return (run: Run): Run | undefined => {
    if (isGiven) return orders.findNextGiven(vehicle_id, run, signal_at_ms);
    let next = timetable.findNextInBlock(run);
    while (next && orders.isCancelled(timetable, next, signal_at_ms)) next = timetable.findNextInBlock(next);
    return next;
  };
}

function callsOf({ knowledge, orders }: Known, driver: Driver, now_ms: EpochMs): readonly Arrival[] {
  const { placement } = driver;
  const predictions = predictStops(knowledge, placement, now_ms, HORIZON_MS);
  return arrivalsOn(driver, placement.run, predictions, now_ms, orders);
}

/** Calls on the runs that a vehicle drives next by its block, except those that another vehicle drives already. */
function nextCallsOf(
  { knowledge, drivers, orders }: Known,
  driver: Driver,
  now_ms: EpochMs,
): readonly Arrival[] {
  const { placement } = driver;
  const findNext = nextOf(driver, orders);
  if (!findNext(placement.run)) return [];
  return predictNextRuns(knowledge, placement, now_ms, HORIZON_MS, findNext)
    .filter(({ run }) => !drivers.has(runKey(placement.timetable, run)))
    .flatMap(({ run, predictions }) => arrivalsOn(driver, run, predictions, now_ms, orders))
    .map((arrival) => ({ ...arrival, next_run: true as const }));
}

function arrivalsOn(
  { placement: { timetable }, vehicle_id, signal_at_ms, held_ms }: Driver,
  run: Run,
  predictions: readonly Prediction[],
  now_ms: EpochMs,
  orders: InForce,
): readonly Arrival[] {
  const basis = now_ms - held_ms - signal_at_ms > LOST_MS ? "lost" : "live";
  const callAt = callsOn(timetable, run);
  return predictions.map(({ stop, predicted_at_ms, low_ms, high_ms }) =>
    Object.assign(callAt(stop), skippedOf(orders, timetable, run, stop, predicted_at_ms), {
      predicted_at_ms,
      low_ms,
      high_ms,
      basis,
      vehicle_id,
      signal_at_ms,
    } as const),
  );
}

function plannedCalls(
  timetable: Timetable,
  call: PatternCall,
  now_ms: EpochMs,
  { drivers, orders, isWithheld, seen }: Known,
): readonly Arrival[] {
  const { pattern, stop } = call;
  const added = orders.listAddedOf(timetable, now_ms).filter(({ trip }) => trip.pattern === pattern);
  const withheld = isWithheld({ feed: timetable.feed, route_id: pattern.route.route_id });
  return [...timetable.datesAround(now_ms).flatMap((date) => timetable.listRunsOn(pattern, date)), ...added]
    .filter((run) => {
      const due_ms = arrivalOf(run, stop);
      return due_ms >= now_ms - LATE_MAX_MS && due_ms <= now_ms + HORIZON_MS;
    })
    .filter((run) => !drivers.has(runKey(timetable, run)))
    .flatMap((run) => {
      const planned = plannedCall(timetable, run, stop, orders);
      const cancelled = orders.isCancelled(timetable, run, now_ms);
      if (planned.scheduled_at_ms >= now_ms - OVERDUE_MS)
        return [{ ...planned, ...(cancelled ? CANCELLED : withheld && WITHHELD) }];
      // Nobody waits for what was not to come.
      if (cancelled || planned.skipped) return [];
      const overdue = overdueOf(timetable, run, call, seen, now_ms);
      return overdue ? [{ ...planned, ...overdue }] : [];
    });
}

const CANCELLED = { cancelled: true } as const;
const WITHHELD = { withheld: true } as const;

function tripRunKey({ feed, service_date, trip_id, start_time = "" }: Arrival["run"]): string {
  return `${feed}\t${service_date}\t${trip_id}\t${start_time}`;
}
