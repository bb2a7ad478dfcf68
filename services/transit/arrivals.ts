import type { EpochMs } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import type { Placement } from "@yardline/matching/placement";
import type { Knowledge } from "@yardline/prediction/knowledge";
import { type Prediction, predictNextRuns, predictStops } from "@yardline/prediction/predict";
import {
  arrivalOf,
  type PatternCall,
  type Run,
  type Timetable,
  tripRunOf,
} from "@yardline/timetable/timetable";
import type { Heard } from "./fleet.ts";

/** How far ahead a stop's board looks. */
const HORIZON_MS = 90 * 60_000;
/** A run that nobody reports on stays on the board for so long after its time: it may be late. */
const OVERDUE_MS = 60_000;
/** Without a fix for so long a vehicle's predictions are `lost`: feeds report every two minutes at the slowest. */
const LOST_MS = 150_000;
/** Longest board. */
const ARRIVALS_MAX = 100;

/** What is known of vehicles and streets. */
export type Known = { readonly heard: readonly Heard[]; readonly knowledge: Knowledge };

/**
 * A stop's board: every call of the timetable within the horizon, moved by the vehicle that drives it where one reports, and
 * calls of vehicles that drive what the calendar does not know. A call that its vehicle has made already is not on it.
 * @returns undefined for a stop that no timetable has.
 */
export function arrivalsAt(
  timetables: readonly Timetable[],
  { heard, knowledge }: Known,
  stop_id: string,
  now_ms: EpochMs,
): readonly Arrival[] | undefined {
  const owners = timetables.filter(({ stops }) => stops.has(stop_id));
  if (owners.length === 0) return undefined;
  const live = driversOf(heard);
  const driven = [...live.values()].flatMap((driver) => {
    const own = calls(driver.placement.run, stop_id) ? callsOf(knowledge, driver, now_ms) : [];
    const next = comesBackTo(driver.placement, stop_id) ? nextCallsOf(knowledge, driver, now_ms, live) : [];
    return [...own, ...next].filter((arrival) => arrival.stop_id === stop_id);
  });
  const said = new Set(driven.map(({ run }) => tripRunKey(run)));
  const planned = owners.flatMap((timetable) =>
    timetable.listCallsAt(stop_id).flatMap((call) => plannedCalls(timetable, call, now_ms, live)),
  ).filter(({ run }) => !said.has(tripRunKey(run)));
  return [...driven, ...planned]
    .toSorted((a, b) => a.predicted_at_ms - b.predicted_at_ms)
    .slice(0, ARRIVALS_MAX);
}

/** Predictions of all vehicles that report, at all their stops still ahead. */
export function liveArrivals({ heard, knowledge }: Known, now_ms: EpochMs): readonly Arrival[] {
  const live = driversOf(heard);
  return [...live.values()].flatMap((driver) => [
    ...callsOf(knowledge, driver, now_ms),
    ...nextCallsOf(knowledge, driver, now_ms, live),
  ]);
}

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

function calls({ trip }: Run, stop_id: string): boolean {
  return trip.pattern.stops.some((stop) => stop.stop_id === stop_id);
}

/** Whether a vehicle calls at a stop on a run after its present one, by its block. */
function comesBackTo({ timetable, run }: Placement, stop_id: string): boolean {
  const next = timetable.findNextInBlock(run);
  const then = next && timetable.findNextInBlock(next);
  return [next, then].some((each) => each !== undefined && calls(each, stop_id));
}

function callsOf(knowledge: Knowledge, driver: Driver, now_ms: EpochMs): readonly Arrival[] {
  const { placement } = driver;
  const predictions = predictStops(knowledge, placement, now_ms, HORIZON_MS);
  return predictions.map((prediction) => arrivalOn(driver, placement.run, prediction, now_ms));
}

/** Calls on the runs that a vehicle drives next by its block, except those that another vehicle drives already. */
function nextCallsOf(
  knowledge: Knowledge,
  driver: Driver,
  now_ms: EpochMs,
  live: ReadonlyMap<string, Driver>,
): readonly Arrival[] {
  const { placement } = driver;
  return predictNextRuns(knowledge, placement, now_ms, HORIZON_MS)
    .filter(({ run }) => !live.has(runKey(placement.timetable, run)))
    .flatMap(({ run, predictions }) =>
      predictions.map((prediction) => ({ ...arrivalOn(driver, run, prediction, now_ms), next_run: true as const })),
    );
}

function arrivalOn(
  { placement, vehicle_id, signal_at_ms }: Driver,
  run: Run,
  { stop, predicted_at_ms, low_ms, high_ms }: Prediction,
  now_ms: EpochMs,
): Arrival {
  const basis = now_ms - signal_at_ms > LOST_MS ? "lost" : "live";
  const call = calledAt(placement.timetable, run, stop);
  return { ...call, predicted_at_ms, low_ms, high_ms, basis, vehicle_id, signal_at_ms };
}

function plannedCalls(
  timetable: Timetable,
  { pattern, stop }: PatternCall,
  now_ms: EpochMs,
  live: ReadonlyMap<string, Driver>,
): readonly Arrival[] {
  return timetable
    .datesAround(now_ms)
    .flatMap((date) => timetable.listRunsOn(pattern, date))
    .filter((run) => {
      const due_ms = arrivalOf(run, stop);
      return due_ms >= now_ms - OVERDUE_MS && due_ms <= now_ms + HORIZON_MS;
    })
    .filter((run) => !live.has(runKey(timetable, run)))
    .map((run) => {
      const call = calledAt(timetable, run, stop);
      return { ...call, predicted_at_ms: call.scheduled_at_ms, basis: "timetable" as const };
    });
}

function calledAt(timetable: Timetable, run: Run, stop: number) {
  const { pattern, trip_headsign } = run.trip;
  const headsign = trip_headsign ?? pattern.stops.at(-1)?.stop_name;
  return {
    run: tripRunOf(timetable.feed, run),
    stop_id: pattern.stops[stop]?.stop_id ?? "",
    stop_sequence: pattern.stop_sequences[stop] ?? 0,
    ...(headsign !== undefined && { headsign }),
    scheduled_at_ms: arrivalOf(run, stop),
  };
}

function tripRunKey({ feed, service_date, trip_id, start_time = "" }: Arrival["run"]): string {
  return `${feed}\t${service_date}\t${trip_id}\t${start_time}`;
}

function runKey({ feed }: Timetable, { trip, service_date, start_time = "" }: Run): string {
  return `${feed}\t${service_date}\t${trip.trip_id}\t${start_time}`;
}
