import { isServiceDate, secondsOf, timeText } from "@yardline/timetable/service-day";
import type { Entity, TripDescriptor } from "./message.ts";
import { type Headway, type Plan, type PlannedTrip, plannedTrip } from "./plan.ts";
import { type Breach, breachesOf, type Look, type Rules } from "./rule.ts";

/** Trips that the timetable need not know. */
const INVENTED = new Set(["ADDED", "NEW", "REPLACEMENT"]);

/** A trip as an entity names it. */
type Named = {
  readonly trip: TripDescriptor;
  readonly planned: PlannedTrip | undefined;
  readonly plan: Plan;
  readonly entity: Entity;
};

const NAMED: Rules<Named> = {
  E003: ({ trip, planned }) =>
    trip.tripId !== undefined &&
    !planned &&
    !INVENTED.has(trip.scheduleRelationship ?? "") &&
    `trip_id ${trip.tripId} is not in trips.txt`,
  E004: ({ trip: { routeId }, plan }) =>
    routeId !== undefined && !plan.route_ids.has(routeId) && `route_id ${routeId} is not in routes.txt`,
  E016: ({ trip, planned }) =>
    planned && trip.scheduleRelationship === "ADDED" && `the ADDED trip ${trip.tripId} is in trips.txt`,
  E020: ({ trip: { startTime } }) =>
    startTime !== undefined &&
    (!/^\d\d:/.test(startTime) || secondsOf(startTime) === undefined) &&
    `start_time ${startTime} is not HH:MM:SS`,
  E021: ({ trip: { startDate } }) =>
    startDate !== undefined && !isServiceDate(startDate) && `start_date ${startDate} is not YYYYMMDD`,
  E023: ({ trip: { tripId, startTime }, planned }) => {
    const first_s = planned?.headways.length === 0 ? planned.start_s : undefined;
    if (startTime === undefined || first_s === undefined || secondsOf(startTime) === first_s)
      return undefined;
    return `trip ${tripId} starts ${timeText(first_s)}, not ${startTime}`;
  },
  E024: ({ trip: { tripId, directionId }, planned }) =>
    differ(directionId, planned?.direction_id) &&
    `trip ${tripId} has direction_id ${planned?.direction_id}, not ${directionId}`,
  E035: ({ trip: { tripId, routeId }, planned }) =>
    differ(routeId, planned?.route_id) && `trip ${tripId} is of route ${planned?.route_id}, not ${routeId}`,
  W006: ({ trip, entity }) => entity.tripUpdate && trip.tripId === undefined && "trip_id is missing",
  W009: ({ trip }) =>
    trip.scheduleRelationship === undefined && "schedule_relationship of the trip is not populated",
};

/** Trips that run by headway, at times that the timetable does not fix. */
const INEXACT: Rules<Named> = {
  E006: ({ trip: { tripId, startTime, startDate } }) =>
    (startTime === undefined || startDate === undefined) &&
    `trip ${tripId} runs by headway: start_time and start_date are needed`,
  E013: ({ trip: { tripId, scheduleRelationship: said = "UNSCHEDULED" } }) =>
    said !== "UNSCHEDULED" && `trip ${tripId} runs by headway, but is ${said}`,
  W005: ({ trip, entity }) =>
    entity.tripUpdate &&
    entity.tripUpdate.vehicle?.id === undefined &&
    `trip ${trip.tripId} runs by headway: vehicle.id is needed`,
};

/** Trips of a headway whose departures are fixed by it. */
const EXACT: Rules<Named> = {
  E019: ({ trip: { tripId, startTime }, planned }) => {
    const start_s = secondsOf(startTime ?? "");
    if (start_s === undefined || planned?.headways.some((span) => departsAt(span, start_s))) return undefined;
    return `trip ${tripId} has no departure at ${startTime}`;
  },
};

/** E003, E004, E006, E013, E016, E019 … E021, E023, E024, E035, W005, W006, W009: which trip is meant. */
export function* checkTrips({ message, plan }: Look): Iterable<Breach> {
  for (const entity of message.entity ?? []) {
    const trip = entity.tripUpdate ? (entity.tripUpdate.trip ?? {}) : entity.vehicle?.trip;
    if (!trip) continue;
    const planned = plannedTrip(plan, trip);
    const named = { trip, planned, plan, entity };
    yield* breachesOf(NAMED, entity.id, named);
    const [headway] = planned?.headways ?? [];
    if (headway) yield* breachesOf(headway.exact ? EXACT : INEXACT, entity.id, named);
  }
}

function departsAt({ start_s, end_s, headway_s }: Headway, at_s: number): boolean {
  return at_s >= start_s && at_s < end_s && (at_s - start_s) % headway_s === 0;
}

function differ<Value>(one: Value | undefined, other: Value | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
