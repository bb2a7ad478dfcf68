import { quantileOf } from "./quantile.ts";
import type { RecordedRun } from "./recorded-runs.ts";
import { DRIVES_MIN } from "./run-times.ts";

/** So many of the trips are back in time for the next one with the suggested recovery. */
export const READY_FRACTION = 0.9;
/** Timetables are written in whole minutes. */
const MINUTE_S = 60;

/** What drives of one pattern that begin in one hour should be given. */
export type Suggestion = {
  /** Drives that were seen from end to end. */
  readonly complete: number;
  /** Seconds after the start, one a stop, whole minutes, never falling. */
  readonly offsets_s: readonly number[];
  /** Between the arrival at the end and the next departure. */
  readonly recovery_s: number;
  /** How long those drives took from end to end, seconds. */
  readonly p10_s: number;
  readonly p50_s: number;
  readonly p90_s: number;
};

/**
 * Run times that the given fraction of the drives stays within at each stop, and the recovery that nine of ten drives leave whole.
 * Each stop goes by its own drives: hops of the same percentile would add up to a longer way than any bus needs.
 * @returns undefined where fewer than `DRIVES_MIN` drives were seen from end to end.
 */
export function suggestionFor(runs: readonly RecordedRun[], fraction: number): Suggestion | undefined {
  const [first] = runs;
  const last = (first?.planned_s.length ?? 0) - 1;
  if (!first || last < 1) return undefined;
  const took = elapsedTo(runs, last);
  if (took.length < DRIVES_MIN) return undefined;
  const exact_s = known(runs, fraction, last);
  let floor_s = 0;
  const offsets_s = exact_s.map((each) => {
    floor_s = Math.max(floor_s, Math.round(each / MINUTE_S) * MINUTE_S);
    return floor_s;
  });
  const ready_s = quantileOf(took, READY_FRACTION);
  const recovery_s = Math.max(0, Math.ceil((ready_s - floor_s) / MINUTE_S) * MINUTE_S);
  const [p10_s, p50_s] = [quantileOf(took, 0.1), quantileOf(took, 0.5)];
  return { complete: took.length, offsets_s, recovery_s, p10_s, p50_s, p90_s: quantileOf(took, 0.9) };
}

/** Seconds from the start to each stop; where too few were seen, what the planned times make of the nearest known ones. */
function known(runs: readonly RecordedRun[], fraction: number, last: number): readonly number[] {
  const planned = Array.from({ length: last + 1 }, (_, stop) =>
    meanOf(runs.map(({ planned_s }) => planned_s[stop] ?? 0)),
  );
  const seen = planned.map((_, stop) => {
    if (stop === 0) return 0;
    const elapsed = elapsedTo(runs, stop);
    return elapsed.length < DRIVES_MIN ? undefined : quantileOf(elapsed, fraction);
  });
  return seen.map((own, stop) => {
    if (own !== undefined) return own;
    const before = seen.findLastIndex((each, i) => i < stop && each !== undefined);
    const behind = seen.findIndex((each, i) => i > stop && each !== undefined);
    const [from_s = 0, to_s = 0, at_s = 0] = [planned[before], planned[behind], planned[stop]];
    const share = to_s > from_s ? (at_s - from_s) / (to_s - from_s) : 0;
    const [low = 0, high = 0] = [seen[before], seen[behind]];
    return low + share * (high - low);
  });
}

/** Sorted seconds from leaving the first stop to a later one, of the drives that were seen at both. */
function elapsedTo(runs: readonly RecordedRun[], stop: number): Float64Array {
  const elapsed = runs.map(({ actual_s }) => (actual_s[stop] ?? Number.NaN) - (actual_s[0] ?? Number.NaN));
  return Float64Array.from(elapsed.filter(Number.isFinite)).sort();
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
