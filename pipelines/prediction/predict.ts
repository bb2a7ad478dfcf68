import type { EpochMs } from "@yardline/domain/time";
import type { Placement } from "@yardline/matching/placement";
import { departureOf } from "@yardline/timetable/timetable";
import { isWaiting } from "./drive.ts";
import { expectStops } from "./expect.ts";
import type { Knowledge } from "./knowledge.ts";

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
 * What is expected by the vehicle's delay and the paces (`expectStops`), moved and widened by how such expectations turned out
 * (`Spread`). Never before `made_at_ms`, never backwards along the run, never before the timetable for a vehicle at its first stop.
 * @param horizon_ms stops predicted farther ahead are left out.
 */
export function predictStops(
  { paces, spread }: Knowledge,
  placement: Placement,
  made_at_ms: EpochMs,
  horizon_ms: number,
): readonly Prediction[] {
  const waits = isWaiting(placement);
  const predictions: Prediction[] = [];
  const earliest_ms = waits ? Math.max(made_at_ms, departureOf(placement.run, 0)) : made_at_ms;
  let least_ms = earliest_ms;
  for (const { stop, expected_ms } of expectStops(paces, placement, made_at_ms)) {
    const { low_s, middle_s, high_s } = spread.at((expected_ms - placement.at_ms) / 1000, waits);
    const predicted_at_ms = Math.max(least_ms, Math.round(expected_ms + middle_s * 1000));
    if (predicted_at_ms - made_at_ms > horizon_ms) break;
    const low_ms = Math.min(predicted_at_ms, Math.max(earliest_ms, Math.round(expected_ms + low_s * 1000)));
    const high_ms = Math.max(predicted_at_ms, Math.round(expected_ms + high_s * 1000));
    predictions.push({ stop, predicted_at_ms, low_ms, high_ms });
    least_ms = predicted_at_ms;
  }
  return predictions;
}
