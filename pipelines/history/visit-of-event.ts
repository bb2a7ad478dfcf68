import type { YardlineEvent } from "@yardline/events/event";
import { dataOf } from "@yardline/events/event-type";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import type { StopVisit } from "./history.ts";

/**
 * What a statement says about a stop visit; undefined for every other kind of event, and for a time zone that nobody knows.
 * @param timezone of statements that name none: those of before they did.
 */
export function visitOfEvent(event: YardlineEvent, timezone: string): StopVisit | undefined {
  const data = dataOf(transitStopVisit, event);
  if (!data) return undefined;
  const schedule_arrival_ms = Date.parse(data.scheduled_at);
  const hour = hourIn(data.timezone ?? timezone, schedule_arrival_ms);
  if (hour === undefined) return undefined;
  const { start_time, direction_id, scheduled_departure_at, departed_at } = data;
  return {
    tenant: event.tenant,
    feed: data.feed,
    service_date: data.service_date,
    trip_id_scheduled: data.trip_id,
    ...(start_time !== undefined && { start_time }),
    scheduled_stop_sequence: data.stop_sequence,
    vehicle_id: data.vehicle_id,
    route_id: data.route_id,
    ...(direction_id !== undefined && { direction_id }),
    stop_id: data.stop_id,
    hour,
    schedule_arrival_ms,
    ...(scheduled_departure_at !== undefined && {
      schedule_departure_ms: Date.parse(scheduled_departure_at),
    }),
    actual_arrival_ms: Date.parse(data.arrived_at),
    ...(departed_at !== undefined && { actual_departure_ms: Date.parse(departed_at) }),
    delay_s: data.delay_s,
    occurrence: event.occurrence,
    revision: event.revision,
    withdrawn: event.state === "withdrawn",
  };
}

function hourIn(timezone: string, at_ms: number): number | undefined {
  try {
    return Temporal.Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(timezone).hour;
  } catch {
    return undefined;
  }
}
