import { defineEventType, Type } from "./event-type.ts";
import { busIn, CALL_RETENTION, identityOfCall, lengthIn, stopIn } from "./transit-fields.ts";
import { facetsOfHeadway, HEADWAY_FIELDS } from "./transit-headway.ts";

/** Two vehicles of one line and direction run as one: the second follows so closely that it is of no use. */
export const transitBunching = defineEventType({
  type: "transit.bunching",
  version: 1,
  data: Type.Object(HEADWAY_FIELDS),
  identity: identityOfCall,
  audience: "dispatcher",
  retention: CALL_RETENTION,
  media: false,
  facets: facetsOfHeadway,
  measures: () => ({}),
  sentence(data, language) {
    const [bus, stop, ahead] = [busIn(data, language), stopIn(data), data.ahead_vehicle_id];
    const [headway, planned] = [
      lengthIn(data.headway_s, language),
      lengthIn(data.planned_headway_s, language),
    ];
    return {
      uk: `${bus}: від зупинки «${stop}» відправився через ${headway} після автобуса ${ahead}, за розкладом через ${planned}.`,
      ru: `${bus}: от остановки «${stop}» отправился через ${headway} после автобуса ${ahead}, по расписанию через ${planned}.`,
      en: `${bus} left “${stop}” ${headway} behind bus ${ahead}; the timetable has ${planned}.`,
    }[language];
  },
});
