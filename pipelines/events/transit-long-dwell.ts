import { defineEventType, Type } from "./event-type.ts";
import { busIn, CALL_RETENTION, facetsOfCall, identityOfCall, minutesOf, stopIn } from "./transit-fields.ts";
import { STANDING_FIELDS } from "./transit-standing.ts";

/** A vehicle stood at a stop on the way for longer than boarding takes. */
export const transitLongDwell = defineEventType({
  type: "transit.long-dwell",
  version: 1,
  data: Type.Object(STANDING_FIELDS),
  identity: identityOfCall,
  audience: "planner",
  retention: CALL_RETENTION,
  media: false,
  facets: facetsOfCall,
  measures: ({ stood_s }) => ({ duration_s: stood_s }),
  sentence(data, language) {
    const [bus, stop, minutes] = [busIn(data, language), stopIn(data), minutesOf(data.stood_s)];
    return {
      uk: `${bus}: стоянка ${minutes} хв на зупинці «${stop}».`,
      ru: `${bus}: стоянка ${minutes} мин на остановке «${stop}».`,
      en: `${bus} stood at “${stop}” for ${minutes} min.`,
    }[language];
  },
});
