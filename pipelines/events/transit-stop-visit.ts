import { defineEventType, namesOf, Type } from "./event-type.ts";

/** A vehicle's call at one stop of one trip run. Opened on arrival, closed on departure; passing without a stop is both at once. */
export const transitStopVisit = defineEventType({
  type: "transit.stop-visit",
  version: 1,
  data: Type.Object({
    feed: Type.String(),
    service_date: Type.String({ pattern: "^\\d{8}$", description: "Service day of the trip run, YYYYMMDD." }),
    trip_id: Type.String(),
    start_time: Type.Optional(Type.String({ description: "HH:MM:SS, only for frequency-based trips." })),
    route_id: Type.String(),
    route_short_name: Type.Optional(Type.String()),
    direction_id: Type.Optional(Type.Integer({ minimum: 0, maximum: 1, description: "As in trips.txt." })),
    stop_id: Type.String(),
    stop_name: Type.Optional(Type.String()),
    stop_sequence: Type.Integer({ minimum: 0 }),
    vehicle_id: Type.String(),
    scheduled_at: Type.String({ format: "date-time", description: "Scheduled arrival: the anchor." }),
    scheduled_departure_at: Type.Optional(
      Type.String({ format: "date-time", description: "Absent where it is the scheduled arrival." }),
    ),
    timezone: Type.Optional(
      Type.String({ description: "IANA name of the feed's zone: whose clock the planner's hours are of." }),
    ),
    arrived_at: Type.String({ format: "date-time" }),
    departed_at: Type.Optional(Type.String({ format: "date-time" })),
    delay_s: Type.Integer({ description: "arrived_at minus scheduled_at; negative is early." }),
    ended: Type.Optional(Type.Union([Type.Literal("departed"), Type.Literal("lost")])),
  }),
  identity: ({ feed, service_date, trip_id, start_time, stop_sequence, vehicle_id, scheduled_at }) => ({
    anchor_ms: Date.parse(scheduled_at),
    key: [feed, service_date, trip_id, start_time ?? "", stop_sequence, vehicle_id],
  }),
  audience: "public",
  retention: { media_h: 0, personal_h: 0, skeleton_days: 365, personal: [] },
  media: false,
  facets: ({ route_short_name, route_id, stop_id, stop_name, vehicle_id }) => ({
    route: namesOf(route_id, route_short_name),
    stop: namesOf(stop_id, stop_name),
    vehicle: [vehicle_id],
  }),
  measures: ({ delay_s }) => ({ delay_s }),
  sentence({ vehicle_id, route_short_name, route_id, stop_name, stop_id, delay_s }, language) {
    const minutes = Math.round(Math.abs(delay_s) / 60);
    const line = route_short_name ?? route_id;
    const stop = stop_name ?? stop_id;
    const late = minutes === 0 ? "on-time" : delay_s > 0 ? "late" : "early";
    return {
      uk: `Автобус ${vehicle_id}, маршрут ${line}, зупинка «${stop}»: ${{ "on-time": "вчасно", late: `запізнення ${minutes} хв`, early: `раніше на ${minutes} хв` }[late]}.`,
      ru: `Автобус ${vehicle_id}, маршрут ${line}, остановка «${stop}»: ${{ "on-time": "вовремя", late: `опоздание ${minutes} мин`, early: `раньше на ${minutes} мин` }[late]}.`,
      en: `Bus ${vehicle_id} on line ${line} at “${stop}”: ${{ "on-time": "on time", late: `${minutes} min late`, early: `${minutes} min early` }[late]}.`,
    }[language];
  },
});
