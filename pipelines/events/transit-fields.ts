import { type Static, type TObject, Type } from "typebox";
import { type Facets, type Language, namesOf } from "./event-type.ts";
import type { Identity } from "./identity.ts";

/** What every event about a vehicle on a trip run says: which run, which vehicle, and at which of its stops. */
export const CALL_FIELDS = {
  feed: Type.String(),
  service_date: Type.String({ pattern: "^\\d{8}$" }),
  trip_id: Type.String(),
  start_time: Type.Optional(Type.String()),
  route_id: Type.String(),
  route_short_name: Type.Optional(Type.String()),
  vehicle_id: Type.String(),
  stop_id: Type.String({ description: "The stop at which, or before which, it was noticed." }),
  stop_name: Type.Optional(Type.String()),
  stop_sequence: Type.Integer({ minimum: 0 }),
  scheduled_at: Type.String({
    format: "date-time",
    description: "Scheduled arrival at that stop: the anchor.",
  }),
};

type Call = Static<TObject<typeof CALL_FIELDS>>;

/** Measured instants are no part of it: a late fix that corrects them states the same occurrence. */
export function identityOfCall(call: Call): Identity {
  const { feed, service_date, trip_id, start_time, stop_sequence, vehicle_id, scheduled_at } = call;
  return {
    anchor_ms: Date.parse(scheduled_at),
    key: [feed, service_date, trip_id, start_time ?? "", stop_sequence, vehicle_id],
  };
}

export function facetsOfCall({ route_id, route_short_name, stop_id, stop_name, vehicle_id }: Call): Facets {
  return {
    route: namesOf(route_id, route_short_name),
    stop: namesOf(stop_id, stop_name),
    vehicle: [vehicle_id],
  };
}

/** Nothing personal, no pictures: a year of it. */
export const CALL_RETENTION = { media_h: 0, personal_h: 0, skeleton_days: 365, personal: [] };

/** How sentences about a vehicle begin. */
export function busIn({ vehicle_id, route_short_name, route_id }: Call, language: Language): string {
  const line = route_short_name ?? route_id;
  return {
    uk: `Автобус ${vehicle_id}, маршрут ${line}`,
    ru: `Автобус ${vehicle_id}, маршрут ${line}`,
    en: `Bus ${vehicle_id} on line ${line}`,
  }[language];
}

/** The stop as people call it. */
export function stopIn({ stop_name, stop_id }: Call): string {
  return stop_name ?? stop_id;
}

/** Whole minutes, at least one. */
export function minutesOf(seconds: number): number {
  return Math.max(1, Math.round(seconds / 60));
}
