import { defineEventType, Type } from "./event-type.ts";
import { CALL_RETENTION, identityOfCall, lengthIn, stopIn } from "./transit-fields.ts";
import { facetsOfHeadway, HEADWAY_FIELDS } from "./transit-headway.ts";

/** No vehicle of a line and direction left a stop for much longer than planned, until this one did. */
export const transitHeadwayGap = defineEventType({
  type: "transit.headway-gap",
  version: 1,
  data: Type.Object(HEADWAY_FIELDS),
  identity: identityOfCall,
  audience: "dispatcher",
  retention: CALL_RETENTION,
  media: false,
  facets: facetsOfHeadway,
  measures: ({ headway_s }) => ({ duration_s: headway_s }),
  sentence(data, language) {
    const [line, stop] = [data.route_short_name ?? data.route_id, stopIn(data)];
    const [headway, planned] = [
      lengthIn(data.headway_s, language),
      lengthIn(data.planned_headway_s, language),
    ];
    const bus = data.vehicle_id;
    return {
      uk: `Маршрут ${line}: до автобуса ${bus} зупинку «${stop}» ${headway} ніхто не обслуговував, за розкладом ${planned}.`,
      ru: `Маршрут ${line}: до автобуса ${bus} остановку «${stop}» ${headway} никто не обслуживал, по расписанию ${planned}.`,
      en: `Line ${line}: nobody served “${stop}” for ${headway} before bus ${bus}; the timetable has ${planned}.`,
    }[language];
  },
});
