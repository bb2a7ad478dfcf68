import type { Network } from "@yardline/matching/network";
import type { Placement } from "@yardline/matching/placement";
import { followAll, type Report } from "@yardline/matching/reports";
import { type Heeded, heed, isParked } from "./heed.ts";
import type { Knowledge } from "./knowledge.ts";
import { type Prediction, predictStops } from "./predict.ts";

/** What was known and predicted at one report. */
export type Foreseen = {
  readonly report: Report;
  readonly placement: Placement;
  readonly predictions: readonly Prediction[];
};

/**
 * Goes through recorded reports in time order and predicts at each one that lies on a run: what the live service would have
 * said then. Nothing in it comes from later reports. A parked vehicle predicts nothing.
 * @param knowledge what is known at the start; it learns from each report.
 * @param reports sorted by `compareReports`; of two of one vehicle and instant the first counts.
 */
export function* replay(
  network: Network,
  knowledge: Knowledge,
  reports: Iterable<Report>,
  horizon_ms: number,
): Generator<Foreseen> {
  const vehicles = new Map<string, Heeded | undefined>();
  for (const { report, following, placement } of followAll(network, reports)) {
    const { vehicle_id, fix } = report;
    const heeded = heed(knowledge, vehicles.get(vehicle_id), placement);
    vehicles.set(vehicle_id, heeded);
    if (!placement || following.jumped) continue;
    const parked = isParked(heeded, fix.at_ms);
    const predictions = parked ? [] : predictStops(knowledge, placement, fix.at_ms, horizon_ms);
    yield { report, placement, predictions };
  }
}
