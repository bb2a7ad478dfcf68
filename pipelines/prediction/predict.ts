import type { EpochMs } from "@yardline/domain/time";
import type { Placement } from "@yardline/matching/placement";
import { dueAt, stopsPassed } from "@yardline/timetable/along";
import { arrivalOf, departureOf } from "@yardline/timetable/timetable";
import { intervalOf } from "./interval.ts";

/** When a vehicle will reach one stop of its run. */
export type Prediction = {
  /** Which stop of the run, counted from 0. */
  readonly stop: number;
  readonly predicted_at_ms: EpochMs;
  /** Four times out of five it arrives within these. */
  readonly low_ms: EpochMs;
  readonly high_ms: EpochMs;
};

/** This near to its first stop a vehicle has not left yet, and will not before its time. */
const TERMINAL_M = 50;
/**
 * A vehicle ahead of its timetable waits somewhere on its way: its lead shrinks by two thirds in so much driving. (On both
 * measured days, keeping the lead was worse beyond three minutes, dropping it at once worse below.)
 */
const LEAD_FADES_MS = 10 * 60_000;

/**
 * The timetable moved by the vehicle's present delay, for the stops still ahead: no more than that, and honest about it
 * by its intervals. Never before `made_at_ms`, never before the timetable for a vehicle at its first stop.
 * @param horizon_ms stops predicted farther ahead are left out.
 */
export function predictStops(
  placement: Placement,
  made_at_ms: EpochMs,
  horizon_ms: number,
): readonly Prediction[] {
  const { run, at_m, at_ms } = placement;
  const { pattern } = run.trip;
  const waits = isWaiting(placement);
  const delay_ms = delayOf_ms(placement);
  const predictions: Prediction[] = [];
  // Whoever waits at the first stop still takes passengers there.
  for (let stop = waits ? 0 : stopsPassed(pattern, at_m); stop < pattern.stops.length; stop += 1) {
    const due_ms = stop === 0 ? departureOf(run, 0) : arrivalOf(run, stop);
    const predicted_at_ms = Math.max(
      made_at_ms,
      Math.round(due_ms + fadedDelay_ms(delay_ms, due_ms - at_ms)),
    );
    if (predicted_at_ms - made_at_ms > horizon_ms) break;
    const { low_ms, high_ms } = intervalOf(predicted_at_ms, at_ms);
    predictions.push({ stop, predicted_at_ms, low_ms: Math.max(made_at_ms, low_ms), high_ms });
  }
  return predictions;
}

/** A vehicle's present delay against the timetable, positive when late; one that waits for its departure is not early. */
export function delayOf_ms(placement: Placement): number {
  const delay_ms = placement.at_ms - dueAt(placement.run, placement.at_m);
  return isWaiting(placement) ? Math.max(0, delay_ms) : delay_ms;
}

function isWaiting({ run, at_m }: Placement): boolean {
  return at_m < (run.trip.pattern.stop_at_m[0] ?? 0) + TERMINAL_M;
}

function fadedDelay_ms(delay_ms: number, ahead_ms: number): number {
  return delay_ms < 0 ? delay_ms * Math.exp(-Math.max(0, ahead_ms + delay_ms) / LEAD_FADES_MS) : delay_ms;
}
