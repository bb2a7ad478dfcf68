import { defineEventType, namesOf, Type } from "./event-type.ts";
import { CALL_RETENTION, minutesOf, RUN_FIELDS, stopIn } from "./transit-fields.ts";

/** A trip of the timetable that no vehicle was seen on. Withdrawn when positions that come late show that one drove it. */
export const transitMissedTrip = defineEventType({
  type: "transit.missed-trip",
  version: 1,
  data: Type.Object({
    ...RUN_FIELDS,
    departure_time: Type.String({
      pattern: "^\\d{2,3}:\\d{2}:\\d{2}$",
      description:
        "When it was to leave its first stop, as the timetable writes it: after midnight past 24:00:00.",
    }),
    waited_s: Type.Integer({ minimum: 0, description: "How long after that it counted as missed." }),
  }),
  identity: ({ feed, service_date, trip_id, start_time, scheduled_at }) => ({
    anchor_ms: Date.parse(scheduled_at),
    key: [feed, service_date, trip_id, start_time ?? ""],
  }),
  audience: "dispatcher",
  retention: CALL_RETENTION,
  media: false,
  facets: ({ route_id, route_short_name, stop_id, stop_name }) => ({
    route: namesOf(route_id, route_short_name),
    stop: namesOf(stop_id, stop_name),
  }),
  measures: () => ({}),
  sentence(data, language) {
    const [line, stop] = [data.route_short_name ?? data.route_id, stopIn(data)];
    const [time, minutes] = [clockOf(data.departure_time), minutesOf(data.waited_s)];
    return {
      uk: `Маршрут ${line}: на рейсі о ${time} від зупинки «${stop}» за ${minutes} хв не побачено жодного автобуса.`,
      ru: `Маршрут ${line}: на рейсе в ${time} от остановки «${stop}» за ${minutes} мин не увидели ни одного автобуса.`,
      en: `Line ${line}: no bus was seen on the ${time} trip from “${stop}” within ${minutes} min.`,
    }[language];
  },
});

/** What the clocks show: 25:10:00 is ten past one. */
function clockOf(time: string): string {
  const [hours = "0", minutes = "00"] = time.split(":");
  return `${String(Number(hours) % 24).padStart(2, "0")}:${minutes}`;
}
