import { type Static, type TObject, Type } from "typebox";
import { type Facets, type Language, namesOf } from "./event-type.ts";
import type { Identity } from "./identity.ts";

/** What every event about a trip run says: which run, and at which of its stops. */
export const RUN_FIELDS = {
  feed: Type.String(),
  service_date: Type.String({ pattern: "^\\d{8}$" }),
  trip_id: Type.String(),
  start_time: Type.Optional(Type.String()),
  route_id: Type.String(),
  route_short_name: Type.Optional(Type.String()),
  stop_id: Type.String({ description: "The stop at which, or before which, it was noticed." }),
  stop_name: Type.Optional(Type.String()),
  stop_sequence: Type.Integer({ minimum: 0 }),
  scheduled_at: Type.String({
    format: "date-time",
    description: "Scheduled arrival at that stop: the anchor.",
  }),
};

/** The same of a vehicle on it. */
export const CALL_FIELDS = { ...RUN_FIELDS, vehicle_id: Type.String() };

type StopOfRun = Static<TObject<typeof RUN_FIELDS>>;
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
export function stopIn({ stop_name, stop_id }: Pick<StopOfRun, "stop_name" | "stop_id">): string {
  return stop_name ?? stop_id;
}

/** Whole minutes, at least one. */
export function minutesOf(seconds: number): number {
  return Math.max(1, Math.round(seconds / 60));
}

/** A length of time as a sentence tells it: seconds up to two minutes, else whole minutes. */
export function lengthIn(seconds: number, language: Language): string {
  if (seconds < 120) return `${Math.round(seconds)} ${{ uk: "с", ru: "с", en: "s" }[language]}`;
  return `${minutesOf(seconds)} ${{ uk: "хв", ru: "мин", en: "min" }[language]}`;
}
