import type { EpochMs } from "@yardline/domain/time";
import { arrivalOf, departureOf, type Pattern, type Run } from "./timetable.ts";

/** How many stops of a pattern lie at or before a distance along its path. */
export function stopsPassed({ stop_at_m }: Pattern, at_m: number): number {
  let low = 0;
  let high = stop_at_m.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stop_at_m[middle] ?? 0) <= at_m) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * When a run is due at a distance along its path: even speed from stop to stop. At a stop itself it is due from arrival
 * to departure; this gives the departure.
 */
export function dueAt(run: Run, at_m: number): EpochMs {
  const { pattern } = run.trip;
  const next = stopsPassed(pattern, at_m);
  if (next === 0) return departureOf(run, 0);
  if (next === pattern.stop_at_m.length) return arrivalOf(run, next - 1);
  const [start_m = 0, end_m = 0] = [pattern.stop_at_m[next - 1], pattern.stop_at_m[next]];
  const left_ms = departureOf(run, next - 1);
  return left_ms + ((at_m - start_m) / (end_m - start_m)) * (arrivalOf(run, next) - left_ms);
}

/** How far along its path a run is due at an instant: `dueAt` read backwards. */
export function duePlace_m(run: Run, at_ms: EpochMs): number {
  const { stop_at_m } = run.trip.pattern;
  let low = 0;
  let high = stop_at_m.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (arrivalOf(run, middle) <= at_ms) low = middle + 1;
    else high = middle;
  }
  const [start_m = 0, end_m] = [stop_at_m[low - 1], stop_at_m[low]];
  if (low === 0) return stop_at_m[0] ?? 0;
  if (end_m === undefined) return start_m;
  const [left_ms, reach_ms] = [departureOf(run, low - 1), arrivalOf(run, low)];
  if (at_ms <= left_ms || reach_ms <= left_ms) return start_m;
  return start_m + ((at_ms - left_ms) / (reach_ms - left_ms)) * (end_m - start_m);
}
