import { defineEventType, Type } from "./event-type.ts";
import {
  busIn,
  CALL_FIELDS,
  CALL_RETENTION,
  facetsOfCall,
  identityOfCall,
  stopIn,
} from "./transit-fields.ts";

/** The delay of a vehicle on its trip run moved into another class (early, on time, late, very late) and stayed there. */
export const transitDelayChanged = defineEventType({
  type: "transit.delay-changed",
  version: 1,
  data: Type.Object({
    ...CALL_FIELDS,
    delay_before_s: Type.Integer(),
    delay_s: Type.Integer({ description: "Positive is late." }),
  }),
  identity: identityOfCall,
  audience: "public",
  retention: CALL_RETENTION,
  media: false,
  facets: facetsOfCall,
  measures: ({ delay_s }) => ({ delay_s }),
  sentence(data, language) {
    const [bus, stop] = [busIn(data, language), stopIn(data)];
    const [before, after] = [data.delay_before_s, data.delay_s].map((delay) => Math.round(delay / 60));
    return {
      uk: `${bus}: відхилення від розкладу змінилося з ${before} на ${after} хв біля зупинки «${stop}».`,
      ru: `${bus}: отклонение от расписания изменилось с ${before} на ${after} мин у остановки «${stop}».`,
      en: `${bus}: ${before} → ${after} min against the timetable, noticed at “${stop}”.`,
    }[language];
  },
});
