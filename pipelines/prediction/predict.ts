import type { EpochMs } from "@yardline/domain/time";
import type { Placement } from "@yardline/matching/placement";
import { departureOf, type Run } from "@yardline/timetable/timetable";
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

/** What a vehicle is predicted to do on a run that it drives after the present one. */
export type NextRun = { readonly run: Run; readonly predictions: readonly Prediction[] };

/** From its last stop to its first one again a vehicle takes at least so long: doors, the way around, the driver's sign-off. */
const TURN_MS = 2 * 60_000;
/** Runs ahead: beyond them lies more than any horizon. */
export const NEXT_RUNS_MAX = 3;

/**
 * What is expected by the vehicle's delay and the paces (`expectStops`), moved and widened by how such expectations turned out
 * (`Spread`). Never before `made_at_ms`, never backwards along the run, never before the timetable for a vehicle at its first stop.
 * @param horizon_ms stops predicted farther ahead are left out.
 */
export function predictStops(
  knowledge: Knowledge,
  placement: Placement,
  made_at_ms: EpochMs,
  horizon_ms: number,
): readonly Prediction[] {
  const until_ms = made_at_ms + horizon_ms;
  return predicted(knowledge, placement, { seen_at_ms: placement.at_ms, made_at_ms, until_ms });
}

/**
 * The runs that a vehicle drives after its present one by its block: it comes to its last stop as predicted, turns, and leaves by
 * the timetable or as soon as it can, whichever is later. Nothing where its present run ends beyond the horizon.
 * @param findNext where people gave it something else than its block.
 */
export function predictNextRuns(
  knowledge: Knowledge,
  placement: Placement,
  made_at_ms: EpochMs,
  horizon_ms: number,
  findNext = (run: Run) => placement.timetable.findNextInBlock(run),
): readonly NextRun[] {
  const { at_ms: seen_at_ms } = placement;
  const asked = { seen_at_ms, made_at_ms, until_ms: made_at_ms + horizon_ms };
  const runs: NextRun[] = [];
  let driven = placement;
  let predictions = predicted(knowledge, placement, asked);
  while (runs.length < NEXT_RUNS_MAX) {
    const stops = driven.run.trip.pattern.stop_at_m;
    const next = findNext(driven.run);
    const last = predictions.at(-1);
    const ended = predictions.length === 0 && driven.at_m >= (stops.at(-1) ?? 0);
    if (!next || !(ended || last?.stop === stops.length - 1)) break;
    const ready_ms = (last?.predicted_at_ms ?? driven.at_ms) + TURN_MS;
    const at_ms = Math.max(ready_ms, departureOf(next, 0));
    driven = { ...placement, run: next, at_m: next.trip.pattern.stop_at_m[0] ?? 0, at_ms };
    predictions = predicted(knowledge, driven, asked);
    if (predictions.length === 0) break;
    runs.push({ run: next, predictions });
  }
  return runs;
}

type Asked = {
  /** When the vehicle was heard of: leads count from it. */
  readonly seen_at_ms: EpochMs;
  readonly made_at_ms: EpochMs;
  readonly until_ms: EpochMs;
};

function predicted(
  { paces, spread }: Knowledge,
  placement: Placement,
  { seen_at_ms, made_at_ms, until_ms }: Asked,
): readonly Prediction[] {
  const waits = isWaiting(placement);
  const predictions: Prediction[] = [];
  const earliest_ms = waits ? Math.max(made_at_ms, departureOf(placement.run, 0)) : made_at_ms;
  let least_ms = earliest_ms;
  for (const { stop, expected_ms } of expectStops(paces, placement, made_at_ms)) {
    const { low_s, middle_s, high_s } = spread.at((expected_ms - seen_at_ms) / 1000, waits);
    const predicted_at_ms = Math.max(least_ms, Math.round(expected_ms + middle_s * 1000));
    if (predicted_at_ms > until_ms) break;
    const low_ms = Math.min(predicted_at_ms, Math.max(earliest_ms, Math.round(expected_ms + low_s * 1000)));
    const high_ms = Math.max(predicted_at_ms, Math.round(expected_ms + high_s * 1000));
    predictions.push({ stop, predicted_at_ms, low_ms, high_ms });
    least_ms = predicted_at_ms;
  }
  return predictions;
}
