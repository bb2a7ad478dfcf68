import { departureOf } from "@yardline/timetable/timetable";
import { isTerminal, standingRule } from "./standing.ts";

/** Boarding takes less, wheelchairs and prams included. */
const DWELL_MS_MAX = 180_000;

/** A vehicle stands at a stop on the way for longer than boarding takes; waiting for the timetable is no dwell. */
export const longDwell = standingRule({
  raises: "transit.long-dwell",
  severity: "info",
  unusualFrom(run, { at_stop, since_ms }) {
    if (at_stop === undefined || isTerminal(run, at_stop)) return undefined;
    return Math.max(since_ms, departureOf(run, at_stop)) + DWELL_MS_MAX;
  },
});
