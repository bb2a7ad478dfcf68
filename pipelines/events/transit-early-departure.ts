import { defineEventType, Type } from "./event-type.ts";
import {
  busIn,
  CALL_FIELDS,
  CALL_RETENTION,
  facetsOfCall,
  identityOfCall,
  minutesOf,
  stopIn,
} from "./transit-fields.ts";

/** A vehicle left a stop before its time. */
export const transitEarlyDeparture = defineEventType({
  type: "transit.early-departure",
  version: 1,
  data: Type.Object({
    ...CALL_FIELDS,
    early_s: Type.Integer({ minimum: 0, description: "Scheduled minus actual departure." }),
  }),
  identity: identityOfCall,
  audience: "planner",
  retention: CALL_RETENTION,
  media: false,
  facets: facetsOfCall,
  measures: ({ early_s }) => ({ delay_s: -early_s }),
  sentence(data, language) {
    const [bus, stop, minutes] = [busIn(data, language), stopIn(data), minutesOf(data.early_s)];
    return {
      uk: `${bus}: відправився від зупинки «${stop}» на ${minutes} хв раніше розкладу.`,
      ru: `${bus}: отправился от остановки «${stop}» на ${minutes} мин раньше расписания.`,
      en: `${bus} left “${stop}” ${minutes} min before its time.`,
    }[language];
  },
});
