import { checkAlerts } from "./alerts.ts";
import { checkHeader } from "./header.ts";
import type { Breach, Look } from "./rule.ts";
import { checkPlannedStops, checkStopTimes } from "./stop-times.ts";
import { checkTrips } from "./trips.ts";
import { checkPairing, checkVehicles } from "./vehicles.ts";

const SUBJECTS = [
  checkHeader,
  checkTrips,
  checkStopTimes,
  checkVehicles,
  checkPairing,
  checkAlerts,
  checkPlannedStops,
];

/**
 * The 57 rules of the canonical GTFS-Realtime validator over one look at a feed: E001 … E052 and W001 … W009.
 * @see https://github.com/MobilityData/gtfs-realtime-validator/blob/master/RULES.md
 */
export function* checkRealtime(look: Look): Iterable<Breach> {
  for (const check of SUBJECTS) yield* check(look);
}
