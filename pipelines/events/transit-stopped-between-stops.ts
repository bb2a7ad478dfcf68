import { defineEventType, Type } from "./event-type.ts";
import { busIn, CALL_RETENTION, facetsOfCall, identityOfCall, minutesOf, stopIn } from "./transit-fields.ts";
import { STANDING_FIELDS } from "./transit-standing.ts";

/** A vehicle stood on the open road. */
export const transitStoppedBetweenStops = defineEventType({
  type: "transit.stopped-between-stops",
  version: 1,
  data: Type.Object(STANDING_FIELDS),
  identity: identityOfCall,
  audience: "dispatcher",
  retention: CALL_RETENTION,
  media: false,
  facets: facetsOfCall,
  measures: ({ stood_s }) => ({ duration_s: stood_s }),
  sentence(data, language) {
    const [bus, stop, minutes] = [busIn(data, language), stopIn(data), minutesOf(data.stood_s)];
    return {
      uk: `${bus}: стоїть ${minutes} хв на дорозі перед зупинкою «${stop}».`,
      ru: `${bus}: стоит ${minutes} мин на дороге перед остановкой «${stop}».`,
      en: `${bus} stood on the road before “${stop}” for ${minutes} min.`,
    }[language];
  },
});
