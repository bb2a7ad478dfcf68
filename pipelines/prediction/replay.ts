import type { Network } from "@yardline/matching/network";
import type { Placement } from "@yardline/matching/placement";
import { followAll, type Report } from "@yardline/matching/reports";
import { learnFrom } from "./learn.ts";
import { Paces } from "./paces.ts";
import { type Prediction, predictStops } from "./predict.ts";

/** What was known and predicted at one report. */
export type Foreseen = {
  readonly report: Report;
  readonly placement: Placement;
  readonly predictions: readonly Prediction[];
};

/**
 * Goes through recorded reports in time order and predicts at each one that lies on a run: what the live service would have
 * said then. Nothing in it comes from later reports.
 * @param reports sorted by `compareReports`; of two of one vehicle and instant the first counts.
 */
export function* replay(
  network: Network,
  reports: Iterable<Report>,
  horizon_ms: number,
): Generator<Foreseen> {
  const since = new Map<string, Placement | undefined>();
  const paces = new Paces();
  for (const { report, following, placement } of followAll(network, reports)) {
    const { vehicle_id, fix } = report;
    since.set(vehicle_id, learnFrom(paces, since.get(vehicle_id), placement));
    if (!placement || following.jumped) continue;
    yield { report, placement, predictions: predictStops(paces, placement, fix.at_ms, horizon_ms) };
  }
}
