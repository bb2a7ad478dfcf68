import { effectOn } from "./effect.ts";
import type { OnTimeLimits } from "./on-time.ts";
import { quantileOf } from "./quantile.ts";
import type { RecordedRun } from "./recorded-runs.ts";
import { DRIVES_MIN } from "./run-times.ts";

/** So many of the trips are back in time for the next one with the suggested recovery. */
export const READY_FRACTION = 0.9;
/** Of these fractions of the drives the best one is looked for. */
const FRACTIONS = [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7];
/** Timetables are written in whole minutes. */
const MINUTE_S = 60;

/** A vehicle that reports seldom is not seen at the very end; so much of the planned time must lie before the last stop that is. */
const SEEN_SHARE_MIN = 0.8;

/** What drives of one pattern that begin in some hours should be given. */
export type Suggestion = {
  /** Of the drives need no longer. */
  readonly fraction: number;
  /** The last stop at which enough drives were seen, counted from 0: what follows is as planned. */
  readonly seen_to: number;
  /** Drives that were seen at the first stop and at that one. */
  readonly complete: number;
  /** Seconds after the start, one a stop, whole minutes, never falling. */
  readonly offsets_s: readonly number[];
  /** Between the arrival at the end and the next departure. */
  readonly recovery_s: number;
  /** How long those drives took, what was not seen at the end as planned; seconds. */
  readonly p10_s: number;
  readonly p50_s: number;
  readonly p90_s: number;
};

/** What was seen of some drives of one pattern, made ready to suggest from. */
export type Drives = {
  readonly runs: readonly RecordedRun[];
  /** Mean planned seconds after the start, one a stop. */
  readonly planned: readonly number[];
  /** Sorted seconds from leaving the first stop, of the drives that were seen at both; a list a stop. */
  readonly elapsed: readonly Float64Array[];
};

export function drivesOf(runs: readonly RecordedRun[]): Drives {
  const stops = Array.from({ length: runs[0]?.planned_s.length ?? 0 }, (_, stop) => stop);
  const planned = stops.map((stop) => meanOf(runs.map(({ planned_s }) => planned_s[stop] ?? 0)));
  return { runs, planned, elapsed: stops.map((stop) => elapsedTo(runs, stop)) };
}

/**
 * The run times by which most of the recorded departures would have been on time: one of `FRACTIONS`, or the one that is given.
 * @returns undefined where fewer than `DRIVES_MIN` drives were seen from the first stop to near the end.
 */
export function bestSuggestion(
  drives: Drives,
  fraction: number | undefined,
  limits: OnTimeLimits,
): Suggestion | undefined {
  if (fraction !== undefined) return suggestionFor(drives, fraction);
  let best: { readonly suggestion: Suggestion; readonly on_time: number } | undefined;
  for (const each of FRACTIONS) {
    const suggestion = suggestionFor(drives, each);
    if (!suggestion) return undefined;
    const { on_time } = effectOn(drives.runs, suggestion.offsets_s, limits);
    if (!best || on_time > best.on_time) best = { suggestion, on_time };
  }
  return best?.suggestion;
}

/**
 * Run times that the given fraction of the drives stays within at each stop, and the recovery that nine of ten drives leave whole.
 * Each stop goes by its own drives: hops of the same percentile would add up to a longer way than any bus needs.
 */
function suggestionFor({ planned, elapsed }: Drives, fraction: number): Suggestion | undefined {
  const seen_to = elapsed.findLastIndex((drives, stop) => stop > 0 && drives.length >= DRIVES_MIN);
  const [took, whole_s = 0, seen_s = 0] = [elapsed[seen_to], planned.at(-1), planned[seen_to]];
  if (!took || seen_s < SEEN_SHARE_MIN * whole_s) return undefined;
  const exact_s = elapsed.map((drives, stop) => {
    if (stop === 0) return 0;
    return drives.length < DRIVES_MIN ? undefined : quantileOf(drives, fraction);
  });
  let offset_s = 0;
  const offsets_s = filled(exact_s, planned).map((each) => {
    offset_s = Math.max(offset_s, Math.round(each / MINUTE_S) * MINUTE_S);
    return offset_s;
  });
  const unseen_s = whole_s - seen_s;
  const [p10_s = 0, p50_s = 0, p90_s = 0, ready_s = 0] = [0.1, 0.5, 0.9, READY_FRACTION].map(
    (each) => quantileOf(took, each) + unseen_s,
  );
  const recovery_s = Math.max(0, Math.ceil((ready_s - offset_s) / MINUTE_S) * MINUTE_S);
  return { fraction, seen_to, complete: took.length, offsets_s, recovery_s, p10_s, p50_s, p90_s };
}

/** What is not known between two known ones as the planned times part them; behind the last known one as planned. */
function filled(known: readonly (number | undefined)[], planned: readonly number[]): readonly number[] {
  return known.map((own, stop) => {
    if (own !== undefined) return own;
    const before = known.findLastIndex((each, i) => i < stop && each !== undefined);
    const behind = known.findIndex((each, i) => i > stop && each !== undefined);
    const [low = 0, high, from_s = 0, at_s = 0] = [
      known[before],
      known[behind],
      planned[before],
      planned[stop],
    ];
    if (high === undefined) return low + at_s - from_s;
    const to_s = planned[behind] ?? from_s;
    return to_s > from_s ? low + ((at_s - from_s) / (to_s - from_s)) * (high - low) : low;
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
