import { departureOf } from "@yardline/timetable/timetable";
import { isTerminal, standingRule } from "./standing.ts";

/** Nothing on the way takes so long but a breakdown, an accident, or a road that is closed. */
const STANDING_MS_MAX = 600_000;

/** A vehicle stands where no vehicle should, for so long that passengers need another one. */
export const breakdownLike = standingRule({
  raises: "transit.breakdown-like",
  severity: "notice",
  unusualFrom(run, { at_stop, since_ms }) {
    if (isTerminal(run, at_stop)) return undefined;
    const due_ms = at_stop === undefined ? since_ms : departureOf(run, at_stop);
    return Math.max(since_ms, due_ms) + STANDING_MS_MAX;
  },
});
