import type { EpochMs } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import { type InForce, inForce } from "@yardline/operations/in-force";
import type { Knowledge } from "@yardline/prediction/knowledge";
import { type NextRun, type Prediction, predictNextRuns, predictStops } from "@yardline/prediction/predict";
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
import { type Driver, driversOf, nextOf, runsAhead } from "./drivers.ts";
import type { Heard } from "./fleet.ts";
import { madeOnce } from "./made-once.ts";
import { LATE_MAX_MS, OVERDUE_MS, overdueOf, type Seen } from "./overdue.ts";
import { runsWithin } from "./runs-within.ts";
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
  /** Those that drive a pattern, and those that drive it on one of the next runs of their block. */
  readonly on: ReadonlyMap<Pattern, readonly Driver[]>;
  readonly nextOn: ReadonlyMap<Pattern, readonly Driver[]>;
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
  const on = Map.groupBy(drivers.values(), ({ placement }) => placement.run.trip.pattern);
  const nextOn = new Map<Pattern, Driver[]>();
  for (const driver of drivers.values()) {
    const [, ...next] = runsAhead(driver, orders);
    for (const pattern of new Set(next.map(({ trip }) => trip.pattern))) {
      const others = nextOn.get(pattern);
      if (others) others.push(driver);
      else nextOn.set(pattern, [driver]);
    }
  }
  const drives = new Map(
    heard.flatMap(({ position, placement }) =>
      placement ? [[position.vehicle_id, runKey(placement.timetable, placement.run)] as const] : [],
    ),
  );
  return { drivers, on, nextOn, knowledge, orders, isWithheld, seen: { sightings, isOpen, drives } };
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
  const owners = timetables.filter(({ stops }) => stops.has(stop_id));
  if (owners.length === 0) return undefined;
  const calls = owners.flatMap((timetable) => timetable.listCallsAt(stop_id));
  // Of a loop that calls twice the later call counts.
  const patterns = new Map(calls.map(({ pattern, stop }) => [pattern, pattern.stop_at_m[stop] ?? 0]));
  const coming = [...patterns].flatMap(([pattern, stop_m]) =>
    (known.on.get(pattern) ?? []).filter(({ placement }) => placement.at_m <= stop_m + PASSED_M),
  );
  const later = new Set([...patterns.keys()].flatMap((pattern) => known.nextOn.get(pattern) ?? []));
  const driven = [
    ...coming.flatMap((driver) => callsOf(known, driver, now_ms, stop_id)),
    ...[...later].flatMap((driver) => nextCallsOf(known, driver, now_ms, stop_id)),
  ];
  const said = new Set(driven.map(({ run }) => tripRunKey(run)));
  const planned = owners.flatMap((timetable) =>
    timetable
      .listCallsAt(stop_id)
      .flatMap((call) => plannedCalls(timetable, call, now_ms, { ...known, said })),
  );
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

/** A vehicle is on the boards of all its stops: what is predicted is made once, what is told of it at each. */
const ownStops = madeOnce<Driver, readonly Prediction[]>();
const nextRuns = madeOnce<Driver, readonly NextRun[]>();

/** @param stop_id only the calls there; all of them unless given. */
function callsOf(
  { knowledge, orders }: Known,
  driver: Driver,
  now_ms: EpochMs,
  stop_id?: string,
): readonly Arrival[] {
  const { placement } = driver;
  const predict = () => predictStops(knowledge, placement, now_ms, HORIZON_MS);
  const predictions = stop_id === undefined ? predict() : ownStops(driver, now_ms, predict);
  return arrivalsOn(driver, placement.run, at(placement.run, predictions, stop_id), now_ms, orders);
}

/** Calls on the runs that a vehicle drives next by its block, except those that another vehicle drives already. */
function nextCallsOf(
  { knowledge, drivers, orders }: Known,
  driver: Driver,
  now_ms: EpochMs,
  stop_id?: string,
): readonly Arrival[] {
  const { placement } = driver;
  const findNext = nextOf(driver, orders);
  if (!findNext(placement.run)) return [];
  const predict = () => predictNextRuns(knowledge, placement, now_ms, HORIZON_MS, findNext);
  return (stop_id === undefined ? predict() : nextRuns(driver, now_ms, predict))
    .filter(({ run }) => !drivers.has(runKey(placement.timetable, run)))
    .flatMap(({ run, predictions }) => arrivalsOn(driver, run, at(run, predictions, stop_id), now_ms, orders))
    .map((arrival) => Object.assign(arrival, { next_run: true as const }));
}

/** Those of a run's predictions that are of one stop; all of them where none is named. */
function at(
  { trip: { pattern } }: Run,
  predictions: readonly Prediction[],
  stop_id: string | undefined,
): readonly Prediction[] {
  if (stop_id === undefined) return predictions;
  return predictions.filter(({ stop }) => pattern.stops[stop]?.stop_id === stop_id);
}

function arrivalsOn(
  { placement: { timetable }, vehicle_id, signal_at_ms, held_ms }: Driver,
  run: Run,
  predictions: readonly Prediction[],
  now_ms: EpochMs,
  orders: InForce,
): readonly Arrival[] {
  if (predictions.length === 0) return [];
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
  { drivers, orders, isWithheld, seen, said }: Known & { readonly said: ReadonlySet<string> },
): readonly Arrival[] {
  const { pattern, stop } = call;
  const added = orders.listAddedOf(timetable, now_ms).filter(({ trip }) => trip.pattern === pattern);
  const withheld = isWithheld({ feed: timetable.feed, route_id: pattern.route.route_id });
  const window = { from_ms: now_ms - LATE_MAX_MS, to_ms: now_ms + HORIZON_MS };
  const listed = timetable
    .datesAround(now_ms)
    .flatMap((date) => runsWithin(timetable.listRunsOn(pattern, date), window));
  return [...listed, ...added]
    .filter((run) => {
      const due_ms = arrivalOf(run, stop);
      if (due_ms < window.from_ms || due_ms > window.to_ms) return false;
      const key = runKey(timetable, run);
      return !drivers.has(key) && !said.has(key);
    })
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
