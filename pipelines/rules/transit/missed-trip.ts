import { timeText } from "@yardline/timetable/service-day";
import { endOf, startOf } from "@yardline/timetable/timetable";
import { defineFleetRule } from "./fleet-rule.ts";

/**
 * A run that nobody was seen on so long after its start is missed; so is one of which nobody left the first stop so long after
 * its end. On a recorded day with a fix each two minutes a fifth of the runs without a vehicle by then were late; after 10 minutes, a quarter.
 */
export const MISSED_AFTER_MS = 15 * 60_000;
/** So long before its start a vehicle may already be on it. */
const EARLY_MS = 5 * 60_000;

/**
 * A run of the timetable that nobody drove, though nobody cancelled it. Nothing is said while no vehicle reports, nor of lines on which none was seen: that
 * nobody was seen means nothing then. Taken back as soon as a visit shows that somebody drove it.
 */
export const missedTrip = defineFleetRule({
  raises: "transit.missed-trip",
  find({ timetable, run, calls }, view) {
    if (calls.some(({ stop }) => stop > 0) || view.isCancelled(timetable, run)) return [];
    const start_ms = startOf(run);
    const due_ms = (calls.length > 0 ? endOf(run) : start_ms) + MISSED_AFTER_MS;
    if (view.now_ms < due_ms || !view.isHeard(start_ms - EARLY_MS, due_ms)) return [];
    if (!view.isSeen(timetable, run.trip.pattern.route.route_id)) return [];
    const departure_time = run.start_time ?? timeText(run.trip.departure_s[0] ?? 0);
    const facts = { departure_time, waited_s: (due_ms - start_ms) / 1000 };
    return [{ state: "closed", severity: "notice", stop: 0, facts, at_ms: due_ms }];
  },
});
