import type { EpochMs } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import type { Placement } from "@yardline/matching/placement";
import type { Knowledge } from "@yardline/prediction/knowledge";
import { NEXT_RUNS_MAX, type Prediction, predictNextRuns, predictStops } from "@yardline/prediction/predict";
import {
  arrivalOf,
  type Pattern,
  type PatternCall,
  type Run,
  type Timetable,
  tripRunOf,
} from "@yardline/timetable/timetable";
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
  readonly seen: Seen;
};

/** What boards are made of; the same for all of them until somebody reports again. */
export function knownOf(
  heard: readonly Heard[],
  knowledge: Knowledge,
  sightings: Sightings = new Sightings(),
): Known {
  const drivers = driversOf(heard);
  const byPattern = new Map<Pattern, Driver[]>();
  for (const driver of drivers.values()) {
    for (const pattern of new Set(runsAhead(driver.placement).map(({ trip }) => trip.pattern))) {
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
  return { drivers, byPattern, knowledge, seen: { sightings, drives } };
}

/**
 * A stop's board: every call of the timetable within the horizon, moved by the vehicle that drives it where one reports, and
 * calls of vehicles that drive what the calendar does not know. A call that its vehicle has made already is not on it; one that
 * should have been made stays for a while and says so.
 * @returns undefined for a stop that no timetable has.
 */
export function arrivalsAt(
  timetables: readonly Timetable[],
  { drivers, byPattern, knowledge, seen }: Known,
  stop_id: string,
  now_ms: EpochMs,
): readonly Arrival[] | undefined {
  const owners = timetables.filter(({ stops }) => stops.has(stop_id));
  if (owners.length === 0) return undefined;
  const calls = owners.flatMap((timetable) => timetable.listCallsAt(stop_id));
  // Of a loop that calls twice the later call counts.
  const patterns = new Map(calls.map(({ pattern, stop }) => [pattern, pattern.stop_at_m[stop] ?? 0]));
  const near = new Set([...patterns.keys()].flatMap((pattern) => byPattern.get(pattern) ?? []));
  const driven = [...near].flatMap((driver) => {
    const [own, ...next] = runsAhead(driver.placement).map(({ trip }) => patterns.has(trip.pattern));
    const { run, at_m } = driver.placement;
    const passed = (patterns.get(run.trip.pattern) ?? 0) < at_m - PASSED_M;
    const arrivals =
      own && !passed ? ownCalls(driver, now_ms, () => callsOf(knowledge, driver, now_ms)) : undefined;
    const later = next.includes(true)
      ? nextCalls(driver, now_ms, () => nextCallsOf(knowledge, driver, now_ms, drivers))
      : undefined;
    return [arrivals, later].flatMap((calls) => calls?.get(stop_id) ?? []);
  });
  const said = new Set(driven.map(({ run }) => tripRunKey(run)));
  const planned = owners
    .flatMap((timetable) =>
      timetable.listCallsAt(stop_id).flatMap((call) => plannedCalls(timetable, call, now_ms, drivers, seen)),
    )
    .filter(({ run }) => !said.has(tripRunKey(run)));
  return [...driven, ...planned]
    .toSorted((a, b) => a.predicted_at_ms - b.predicted_at_ms)
    .slice(0, ARRIVALS_MAX);
}

/** Predictions of all vehicles that report, at all their stops still ahead. */
export function liveArrivals({ drivers, knowledge }: Known, now_ms: EpochMs): readonly Arrival[] {
  return [...drivers.values()].flatMap((driver) => [
    ...callsOf(knowledge, driver, now_ms),
    ...nextCallsOf(knowledge, driver, now_ms, drivers),
  ]);
}

/** A vehicle is on the boards of all its stops. */
const ownCalls = madeOnce<Driver>();
const nextCalls = madeOnce<Driver>();

type Driver = { readonly placement: Placement; readonly vehicle_id: string; readonly signal_at_ms: EpochMs };

/** One vehicle a run, none that is parked: of two that seem to drive the same, the surer one, then the one heard last. */
function driversOf(heard: readonly Heard[]): ReadonlyMap<string, Driver> {
  const drivers = new Map<string, Driver>();
  for (const { position, placement, parked } of heard) {
    if (!placement || parked) continue;
    const driver = { placement, vehicle_id: position.vehicle_id, signal_at_ms: position.at_ms };
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

/** The run that a vehicle drives, and those after it by its block. */
function runsAhead({ timetable, run }: Placement): readonly Run[] {
  const runs = [run];
  for (let next = timetable.findNextInBlock(run); next; next = timetable.findNextInBlock(next)) {
    runs.push(next);
    if (runs.length > NEXT_RUNS_MAX) break;
  }
  return runs;
}

function callsOf(knowledge: Knowledge, driver: Driver, now_ms: EpochMs): readonly Arrival[] {
  const { placement } = driver;
  return arrivalsOn(driver, placement.run, predictStops(knowledge, placement, now_ms, HORIZON_MS), now_ms);
}

/** Calls on the runs that a vehicle drives next by its block, except those that another vehicle drives already. */
function nextCallsOf(
  knowledge: Knowledge,
  driver: Driver,
  now_ms: EpochMs,
  drivers: ReadonlyMap<string, Driver>,
): readonly Arrival[] {
  const { placement } = driver;
  if (!placement.timetable.findNextInBlock(placement.run)) return [];
  return predictNextRuns(knowledge, placement, now_ms, HORIZON_MS)
    .filter(({ run }) => !drivers.has(runKey(placement.timetable, run)))
    .flatMap(({ run, predictions }) => arrivalsOn(driver, run, predictions, now_ms))
    .map((arrival) => ({ ...arrival, next_run: true as const }));
}

function arrivalsOn(
  { placement: { timetable }, vehicle_id, signal_at_ms }: Driver,
  run: Run,
  predictions: readonly Prediction[],
  now_ms: EpochMs,
): readonly Arrival[] {
  const basis = now_ms - signal_at_ms > LOST_MS ? "lost" : "live";
  const callAt = callsOn(timetable, run);
  return predictions.map(({ stop, predicted_at_ms, low_ms, high_ms }) =>
    Object.assign(callAt(stop), {
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
  live: ReadonlyMap<string, Driver>,
  seen: Seen,
): readonly Arrival[] {
  const { pattern, stop } = call;
  return timetable
    .datesAround(now_ms)
    .flatMap((date) => timetable.listRunsOn(pattern, date))
    .filter((run) => {
      const due_ms = arrivalOf(run, stop);
      return due_ms >= now_ms - LATE_MAX_MS && due_ms <= now_ms + HORIZON_MS;
    })
    .filter((run) => !live.has(runKey(timetable, run)))
    .flatMap((run) => {
      const due_ms = arrivalOf(run, stop);
      const overdue = due_ms < now_ms - OVERDUE_MS ? overdueOf(timetable, run, call, seen, now_ms) : NOT_YET;
      if (!overdue) return [];
      const planned = callsOn(timetable, run)(stop);
      return [{ ...planned, predicted_at_ms: due_ms, basis: "timetable" as const, ...overdue }];
    });
}

const NOT_YET = {};

/** What is known of a run's calls from the timetable; each answer is a new object. */
function callsOn({ feed }: Timetable, run: Run) {
  const { pattern, trip_headsign } = run.trip;
  const headsign = trip_headsign ?? pattern.stops.at(-1)?.stop_name;
  const common = { run: tripRunOf(feed, run), ...(headsign !== undefined && { headsign }) };
  return (stop: number) => ({
    ...common,
    stop_id: pattern.stops[stop]?.stop_id ?? "",
    stop_sequence: pattern.stop_sequences[stop] ?? 0,
    scheduled_at_ms: arrivalOf(run, stop),
  });
}

function tripRunKey({ feed, service_date, trip_id, start_time = "" }: Arrival["run"]): string {
  return `${feed}\t${service_date}\t${trip_id}\t${start_time}`;
}
