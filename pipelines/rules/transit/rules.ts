import { delayChanged } from "./delay-changed.ts";
import { stopVisit } from "./stop-visit.ts";
import type { TransitRule } from "./transit-rule.ts";

/** Every rule about vehicles against the timetable. A new one is one file and one line here. */
export const TRANSIT_RULES: readonly TransitRule[] = [stopVisit, delayChanged];
