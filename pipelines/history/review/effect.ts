import type { OnTimeLimits } from "./on-time.ts";
import type { RecordedRun } from "./recorded-runs.ts";

/** Departures by what they were. */
export type Effect = {
  readonly n: number;
  readonly early: number;
  readonly on_time: number;
  readonly late: number;
};

export const NOTHING: Effect = { n: 0, early: 0, on_time: 0, late: 0 };

/**
 * What recorded drives would have counted as by a timetable: the same drives, as they were, held against other times. Nobody waited
 * for those times then, so that what counts as early here would in part have waited.
 * @param offsets_s seconds after the start, one a stop; undefined: by the timetable that they were driven by.
 */
export function effectOn(
  runs: readonly RecordedRun[],
  offsets_s: readonly number[] | undefined,
  { early_s, late_s }: OnTimeLimits,
): Effect {
  const delays_s = runs.flatMap((run) => delaysOf(run, offsets_s ?? run.planned_s));
  const early = delays_s.filter((delay_s) => delay_s < -early_s).length;
  const late = delays_s.filter((delay_s) => delay_s > late_s).length;
  return { n: delays_s.length, early, on_time: delays_s.length - early - late, late };
}

/** Whole seconds late at each departure that was seen. */
function delaysOf({ actual_s }: RecordedRun, due_s: ArrayLike<number>): readonly number[] {
  const delays_s = Array.from(actual_s.subarray(0, -1), (at_s, stop) =>
    Math.round(at_s - (due_s[stop] ?? 0)),
  );
  return delays_s.filter(Number.isFinite);
}

export function together(effects: readonly Effect[]): Effect {
  return effects.reduce(
    (all, each) => ({
      n: all.n + each.n,
      early: all.early + each.early,
      on_time: all.on_time + each.on_time,
      late: all.late + each.late,
    }),
    NOTHING,
  );
}
