import { bunching } from "./bunching.ts";
import type { FleetRule } from "./fleet-rule.ts";
import { headwayGap } from "./headway-gap.ts";
import { missedTrip } from "./missed-trip.ts";

/** Every rule about a run among all the others. A new one is one file and one line here. */
export const FLEET_RULES: readonly FleetRule[] = [missedTrip, bunching, headwayGap];
