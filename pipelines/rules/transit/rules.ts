import { breakdownLike } from "./breakdown-like.ts";
import { delayChanged } from "./delay-changed.ts";
import { earlyDeparture } from "./early-departure.ts";
import { longDwell } from "./long-dwell.ts";
import { noSignal } from "./no-signal.ts";
import { offRoute } from "./off-route.ts";
import { stopVisit } from "./stop-visit.ts";
import { stoppedBetweenStops } from "./stopped-between-stops.ts";
import type { TransitRule } from "./transit-rule.ts";

/** Every rule about one vehicle against the timetable. A new one is one file and one line here. */
export const TRANSIT_RULES: readonly TransitRule[] = [
  stopVisit,
  delayChanged,
  earlyDeparture,
  longDwell,
  stoppedBetweenStops,
  breakdownLike,
  offRoute,
  noSignal,
];
