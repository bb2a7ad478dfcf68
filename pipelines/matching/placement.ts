import type { EpochMs } from "@yardline/domain/time";
import { dueAt, duePlace_m } from "@yardline/timetable/along";
import type { OnPath } from "@yardline/timetable/path";
import type { Pattern, Run, Timetable } from "@yardline/timetable/timetable";

/** A vehicle laid on the run that it drives. */
export type Placement = {
  readonly timetable: Timetable;
  readonly run: Run;
  /** Distance along the run's path at the last fix that lay on it; noise may take it back a little. */
  readonly at_m: number;
  /** Time of that fix. */
  readonly at_ms: EpochMs;
  /** Whether the latest fix lay on the path; else the vehicle is beside it: not there yet, on a detour. */
  readonly on_path: boolean;
  /** Whether the source names the trip; else we found it by the positions alone. */
  readonly named: boolean;
  /** How sure the run is, in (0, 1]; 1 when it is named. */
  readonly confidence: number;
};

/** One step of a vehicle as the rules see it: where it was placed, where it is now; `undefined` is on no run. */
export type Move = {
  readonly vehicle_id: string;
  /** Time of the fix, or of the moment from which the vehicle counts as silent. */
  readonly at_ms: EpochMs;
  readonly before: Placement | undefined;
  readonly after: Placement | undefined;
  /** True when `after` is undefined because no fix came for too long. */
  readonly silent: boolean;
  /** True where people said that vehicles leave their line here. */
  readonly detoured: boolean;
};

/** How far beside a drawn line a fix still lies on it: street width, error of cheap receivers, error of the drawing. */
const OFF_MAX_M = 120;
/** Where the line only runs straight from stop to stop, streets leave it by more. */
export const OFF_MAX_UNDRAWN_M = 400;

/** What is usual: so far beside the line; so far from where the timetable's pace leads from the last fix. */
const OFF_USUAL_M = 25;
const OFF_USUAL_UNDRAWN_M = 200;
const DRIVEN_USUAL_M = 250;
const DRIVEN_USUAL_SHARE = 0.6;
/** On the first fix of a run only the timetable tells two passes of one street apart. */
const DELAY_USUAL_MS = 10 * 60_000;
/** A fix this much behind the last one is noise; farther back is believed only where nothing else fits. */
export const BACK_NOISE_M = 80;
const BACK_COST = 16;

export function offMax_m({ drawn }: Pattern): number {
  return drawn ? OFF_MAX_M : OFF_MAX_UNDRAWN_M;
}

/** How far beside a pattern's line a vehicle that drives it usually is. */
export function offUsual_m({ drawn }: Pattern): number {
  return drawn ? OFF_USUAL_M : OFF_USUAL_UNDRAWN_M;
}

/**
 * Where on a run's path a fix lies: among all places where the path comes by, the one that fits best to the distance
 * beside it and to the progress since the last fix at the timetable's pace; without a last fix, to the timetable itself.
 * So a loop, or a street driven out and back, does not make the vehicle jump.
 * @param passes where the path comes by the fix, none farther than `offMax_m`.
 * @returns undefined for a fix that is not on the path.
 */
export function placeOn(
  run: Run,
  passes: readonly OnPath[],
  at_ms: EpochMs,
  before: { readonly at_m: number; readonly at_ms: EpochMs } | undefined,
): OnPath | undefined {
  const expected_m = before && duePlace_m(run, dueAt(run, before.at_m) + (at_ms - before.at_ms));
  let best: OnPath | undefined;
  let best_cost = Number.POSITIVE_INFINITY;
  for (const pass of passes) {
    const progress =
      before && expected_m !== undefined
        ? progressCost(pass.at_m - before.at_m, expected_m - before.at_m)
        : ((dueAt(run, pass.at_m) - at_ms) / DELAY_USUAL_MS) ** 2;
    const cost = progress + (pass.off_m / OFF_USUAL_M) ** 2;
    if (cost < best_cost) {
      best = pass;
      best_cost = cost;
    }
  }
  return best;
}

function progressCost(driven_m: number, expected_m: number): number {
  if (driven_m < -BACK_NOISE_M) return BACK_COST + (driven_m / DRIVEN_USUAL_M) ** 2;
  return ((driven_m - expected_m) / (DRIVEN_USUAL_M + DRIVEN_USUAL_SHARE * expected_m)) ** 2;
}
