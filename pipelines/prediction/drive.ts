import type { EpochMs } from "@yardline/domain/time";
import type { Placement } from "@yardline/matching/placement";
import { dueAt, stopsPassed } from "@yardline/timetable/along";
import { arrivalOf, departureOf } from "@yardline/timetable/timetable";

/** This near to its first stop a vehicle has not left yet, and will not before its time. */
const TERMINAL_M = 50;
/** Terminals are wide: before its time a vehicle this near to its first stop has not left it either. */
const WAITS_M = 300;
/** A vehicle ahead of its timetable waits somewhere on its way: its lead shrinks by two thirds in so much driving. */
const LEAD_FADES_MS = 7 * 60_000;

/** The drive to one stop, or part of it, by the timetable. */
export type Leg = {
  readonly stop: number;
  /** When the timetable has the end of the leg. */
  readonly due_ms: EpochMs;
  readonly driving_ms: number;
  /** Whether it reaches the stop; else it ends on the way to it. */
  readonly whole: boolean;
};

/** The legs ahead of a vehicle, up to a distance along its path; the last one ends there. */
export function* legsAhead(placement: Placement, to_m = Number.POSITIVE_INFINITY): Generator<Leg> {
  const { run, at_m } = placement;
  const { stop_at_m } = run.trip.pattern;
  const waits = isWaiting(placement);
  let left_ms = waits ? departureOf(run, 0) : dueAt(run, at_m);
  for (let stop = waits ? 1 : stopsPassed(run.trip.pattern, at_m); stop < stop_at_m.length; stop += 1) {
    const reaches = (stop_at_m[stop] ?? 0) <= to_m;
    const due_ms = reaches ? arrivalOf(run, stop) : dueAt(run, to_m);
    yield { stop, due_ms, driving_ms: Math.max(0, due_ms - left_ms), whole: reaches };
    if (!reaches) return;
    left_ms = departureOf(run, stop);
  }
}

/** A vehicle's present delay against the timetable, positive when late; one that waits for its departure is not early. */
export function delayOf_ms(placement: Placement): number {
  const delay_ms = placement.at_ms - dueAt(placement.run, placement.at_m);
  return isWaiting(placement) ? Math.max(0, delay_ms) : delay_ms;
}

/** The delay after a leg: what it was, less what an early vehicle waits away, and what the leg takes beyond the timetable (`Paces.extrasOn`). */
export function delayAfter_ms(delay_ms: number, { driving_ms }: Leg, extra_ms: number): number {
  const kept = delay_ms < 0 ? Math.exp(-driving_ms / LEAD_FADES_MS) : 1;
  return delay_ms * kept + extra_ms;
}

export function isWaiting({ run, at_m, at_ms }: Placement): boolean {
  const from_m = at_m - (run.trip.pattern.stop_at_m[0] ?? 0);
  return from_m < TERMINAL_M || (from_m < WAITS_M && at_ms < departureOf(run, 0));
}
