import { compareFixes, type Fix } from "@yardline/matching/fix";
import { type Following, follow, UNKNOWN } from "@yardline/matching/follow";
import type { Network } from "@yardline/matching/network";
import type { Placement } from "@yardline/matching/placement";
import { type Heeded, heed, isParked } from "./heed.ts";
import type { Knowledge } from "./knowledge.ts";
import { type Prediction, predictStops } from "./predict.ts";

export type Report = { readonly vehicle_id: string; readonly fix: Fix };

/** What was known and predicted at one report. */
export type Foreseen = {
  readonly report: Report;
  readonly placement: Placement;
  readonly predictions: readonly Prediction[];
};

/** The order in which reports count: by time, then vehicle, then content; arrival in a file does not matter. */
export function compareReports(a: Report, b: Report): number {
  return a.fix.at_ms - b.fix.at_ms || compareText(a.vehicle_id, b.vehicle_id) || compareFixes(a.fix, b.fix);
}

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
  const vehicles = new Map<string, { readonly following: Following; readonly heeded: Heeded | undefined }>();
  for (const report of reports) {
    const { vehicle_id, fix } = report;
    const known = vehicles.get(vehicle_id);
    const before = known?.following ?? UNKNOWN;
    if (before.fix?.at_ms === fix.at_ms || before.jumped?.at_ms === fix.at_ms) continue;
    const { following } = follow(network, vehicle_id, before, fix);
    const { placement } = following;
    const heeded = heed(knowledge, known?.heeded, placement);
    vehicles.set(vehicle_id, { following, heeded });
    if (!placement || following.jumped) continue;
    const parked = isParked(heeded, fix.at_ms);
    const predictions = parked ? [] : predictStops(knowledge, placement, fix.at_ms, horizon_ms);
    yield { report, placement, predictions };
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
