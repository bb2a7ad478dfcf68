import type { EpochMs } from "@yardline/domain/time";
import type { Placement } from "@yardline/matching/placement";
import { departureOf } from "@yardline/timetable/timetable";
import { delayAfter_ms, delayOf_ms, isWaiting, legsAhead } from "./drive.ts";
import { intervalOf } from "./interval.ts";
import type { Paces } from "./paces.ts";

/** When a vehicle will reach one stop of its run. */
export type Prediction = {
  /** Which stop of the run, counted from 0. */
  readonly stop: number;
  readonly predicted_at_ms: EpochMs;
  /** Four times out of five it arrives within these. */
  readonly low_ms: EpochMs;
  readonly high_ms: EpochMs;
};

/**
 * The vehicle's present delay carried along the timetable, moved at each link by what the paces know of it. Never before
 * `made_at_ms`, never before the timetable for a vehicle at its first stop.
 * @param horizon_ms stops predicted farther ahead are left out.
 */
export function predictStops(
  paces: Paces,
  placement: Placement,
  made_at_ms: EpochMs,
  horizon_ms: number,
): readonly Prediction[] {
  const { run, at_ms } = placement;
  const excess = paces.excessesOn(placement, made_at_ms);
  const waits = isWaiting(placement);
  const predictions: Prediction[] = [];
  const predict = (stop: number, expected_ms: EpochMs) => {
    const predicted_at_ms = Math.max(made_at_ms, Math.round(expected_ms));
    if (predicted_at_ms - made_at_ms > horizon_ms) return false;
    const { low_ms, high_ms } = intervalOf(predicted_at_ms, at_ms, waits);
    predictions.push({ stop, predicted_at_ms, low_ms: Math.max(made_at_ms, low_ms), high_ms });
    return true;
  };
  let delay_ms = delayOf_ms(placement);
  // Whoever waits at the first stop still takes passengers there.
  if (waits && !predict(0, departureOf(run, 0) + delay_ms)) return predictions;
  for (const leg of legsAhead(placement)) {
    delay_ms = delayAfter_ms(delay_ms, leg, excess(leg.stop));
    if (!predict(leg.stop, leg.due_ms + delay_ms)) break;
  }
  return predictions;
}
