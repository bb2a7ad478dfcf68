import { defineEventType, namesOf, Type } from "./event-type.ts";

/** The delay of a vehicle on its trip run moved into another class (early, on time, late, very late) and stayed there. */
export const transitDelayChanged = defineEventType({
  type: "transit.delay-changed",
  version: 1,
  data: Type.Object({
    feed: Type.String(),
    service_date: Type.String({ pattern: "^\\d{8}$" }),
    trip_id: Type.String(),
    start_time: Type.Optional(Type.String()),
    route_id: Type.String(),
    route_short_name: Type.Optional(Type.String()),
    vehicle_id: Type.String(),
    stop_id: Type.String({ description: "The stop at which it was noticed." }),
    stop_name: Type.Optional(Type.String()),
    stop_sequence: Type.Integer({ minimum: 0 }),
    scheduled_at: Type.String({
      format: "date-time",
      description: "Scheduled arrival at that stop: the anchor.",
    }),
    delay_before_s: Type.Integer(),
    delay_s: Type.Integer({ description: "Positive is late." }),
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
  sentence(
    { vehicle_id, route_short_name, route_id, stop_name, stop_id, delay_before_s, delay_s },
    language,
  ) {
    const line = route_short_name ?? route_id;
    const stop = stop_name ?? stop_id;
    const [before, after] = [delay_before_s, delay_s].map((delay) => Math.round(delay / 60));
    return {
      uk: `Автобус ${vehicle_id}, маршрут ${line}: відхилення від розкладу змінилося з ${before} на ${after} хв біля зупинки «${stop}».`,
      ru: `Автобус ${vehicle_id}, маршрут ${line}: отклонение от расписания изменилось с ${before} на ${after} мин у остановки «${stop}».`,
      en: `Bus ${vehicle_id} on line ${line}: ${before} → ${after} min against the timetable, noticed at “${stop}”.`,
    }[language];
  },
});
