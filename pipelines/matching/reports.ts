import { Claims } from "./claims.ts";
import { compareFixes, type Fix } from "./fix.ts";
import { type Following, follow, UNKNOWN } from "./follow.ts";
import type { Network } from "./network.ts";
import type { Placement } from "./placement.ts";

/** A fix and whose it is. */
export type Report = { readonly vehicle_id: string; readonly fix: Fix };

/** What is known of a vehicle after one of its reports, and where it is told to be, others considered. */
export type Followed = {
  readonly report: Report;
  readonly following: Following;
  readonly placement: Placement | undefined;
};

/** The order in which reports count: by time, then vehicle, then content; arrival in a file does not matter. */
export function compareReports(a: Report, b: Report): number {
  return a.fix.at_ms - b.fix.at_ms || compareText(a.vehicle_id, b.vehicle_id) || compareFixes(a.fix, b.fix);
}

/**
 * Goes through recorded reports in time order and tells at each one what the live service knew then. Nothing in it comes from
 * later reports.
 * @param reports sorted by `compareReports`; of two of one vehicle and instant the first counts, the other is passed over.
 * @param assignments the trips that people gave to a vehicle, by its id.
 */
export function* followAll(
  network: Network,
  reports: Iterable<Report>,
  assignments: ReadonlyMap<string, readonly string[]> = new Map(),
): Generator<Followed> {
  const vehicles = new Map<string, Following>();
  const claims = new Claims();
  for (const report of reports) {
    const { vehicle_id, fix } = report;
    const before = vehicles.get(vehicle_id) ?? UNKNOWN;
    if (before.fix?.at_ms === fix.at_ms || before.jumped?.at_ms === fix.at_ms) continue;
    const assigned = network.listAssigned(assignments.get(vehicle_id) ?? [], fix.at_ms);
    const { following } = follow(network, vehicle_id, before, fix, assigned);
    vehicles.set(vehicle_id, following);
    yield { report, following, placement: claims.settle(vehicle_id, following) };
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
