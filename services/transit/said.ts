import { assert } from "@yardline/domain/assert";
import { isoOf } from "@yardline/domain/time";
import { findEventType } from "@yardline/events/catalogue";
import type { YardlineEvent } from "@yardline/events/event";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import type { Said } from "@yardline/records/revise";
import type { Finding } from "@yardline/rules/transit/transit-rule";
import { arrivalOf, departureOf, tripRunOf } from "@yardline/timetable/timetable";

/** What a finding of the rules says as an event. */
export function saidOf(finding: Finding): Said {
  const { raises, state, vehicle_id, timetable, run, stop, facts, severity } = finding;
  const eventType = findEventType(raises);
  assert(eventType !== undefined, `the rules raise ${raises}, which is not in the catalogue`);
  const { pattern } = run.trip;
  const { added: _, ...named } = tripRunOf(timetable.feed, run);
  const place = pattern.stops[stop];
  assert(place !== undefined, `stop ${stop} is none of trip ${run.trip.trip_id}`);
  return {
    eventType,
    source: sourceOf(timetable.feed),
    state,
    severity,
    place: { latitude: place.latitude, longitude: place.longitude },
    data: {
      ...named,
      route_short_name: pattern.route.route_short_name,
      stop_id: place.stop_id,
      stop_name: place.stop_name,
      stop_sequence: pattern.stop_sequences[stop],
      ...(vehicle_id !== undefined && { vehicle_id }),
      scheduled_at: isoOf(arrivalOf(run, stop)),
      ...(raises === transitStopVisit.type && scheduleOf(finding)),
      ...facts,
    },
  };
}

/** What planners ask of the schedule, beside the arrival. */
function scheduleOf({ timetable, run, stop }: Finding) {
  const { direction_id } = run.trip;
  const departure_ms = departureOf(run, stop);
  return {
    timezone: timetable.timezone,
    ...((direction_id === 0 || direction_id === 1) && { direction_id }),
    ...(departure_ms !== arrivalOf(run, stop) && { scheduled_departure_at: isoOf(departure_ms) }),
  };
}

export function sourceOf(feed: string): string {
  return `feed/${feed}`;
}

/** Ends what an earlier process opened and of which nothing more is known. */
export function lostSaid({ type, source, severity, data }: YardlineEvent): Said {
  const eventType = findEventType(type);
  assert(eventType !== undefined, `${type} was stated, but is not in the catalogue`);
  const ended = type === transitStopVisit.type ? { ended: "lost" } : {};
  return { eventType, source, state: "closed", severity, data: { ...data, ...ended } };
}
