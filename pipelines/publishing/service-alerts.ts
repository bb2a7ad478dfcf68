import type { AlertConcern, InThreeLanguages, ServiceAlert } from "@yardline/domain/service-alert";
import type { EpochMs } from "@yardline/domain/time";
import type { TripRun } from "@yardline/domain/trip-run";
import bindings from "gtfs-realtime-bindings";
import { feedOf, posix, runIdOf } from "./gtfs-realtime.ts";

const { Alert, TripDescriptor } = bindings.transit_realtime;

/** What passengers should know, as a GTFS-Realtime 2.0 `FeedMessage` of Alerts, each text in Ukrainian, Russian and English. */
export function alertsFeed(alerts: readonly ServiceAlert[], now_ms: EpochMs): Uint8Array {
  return feedOf(
    alerts.map((alert) => ({ id: alert.id, alert: alertOf(alert) })),
    now_ms,
  );
}

function alertOf({ effect, header, description, concerns, periods }: ServiceAlert) {
  const selectors = new Map(concerns.map((concern) => [keyOf(concern), selectorOf(concern)]));
  return {
    activePeriod: periods.map(({ from_ms, until_ms }) => ({
      start: posix(from_ms),
      ...(until_ms !== undefined && { end: posix(until_ms) }),
    })),
    informedEntity: [...selectors.values()],
    cause: Alert.Cause.UNKNOWN_CAUSE,
    effect: Alert.Effect[effect],
    headerText: translated(header),
    ...(description && { descriptionText: translated(description) }),
  };
}

/** A message of several feeds does not say which feed a stop is of: equal ids are one there. */
function keyOf(concern: AlertConcern): string {
  if ("run" in concern) return `trip ${runIdOf(concern.run)}`;
  return "stop_id" in concern ? `stop ${concern.stop_id}` : `line ${concern.route_id}`;
}

function selectorOf(concern: AlertConcern) {
  if ("run" in concern) return { trip: tripOf(concern.run) };
  return "stop_id" in concern ? { stopId: concern.stop_id } : { routeId: concern.route_id };
}

function tripOf({ trip_id, route_id, service_date, start_time, added }: TripRun) {
  const { SCHEDULED, ADDED } = TripDescriptor.ScheduleRelationship;
  return {
    tripId: trip_id,
    routeId: route_id,
    startDate: service_date,
    ...(start_time !== undefined && { startTime: start_time }),
    scheduleRelationship: added ? ADDED : SCHEDULED,
  };
}

function translated(texts: InThreeLanguages) {
  return {
    translation: (["uk", "ru", "en"] as const).map((language) => ({ text: texts[language], language })),
  };
}
