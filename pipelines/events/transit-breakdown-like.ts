import { defineEventType, Type } from "./event-type.ts";
import { busIn, CALL_RETENTION, facetsOfCall, identityOfCall, minutesOf, stopIn } from "./transit-fields.ts";
import { STANDING_FIELDS } from "./transit-standing.ts";

/** A vehicle stood for so long that it may have broken down. */
export const transitBreakdownLike = defineEventType({
  type: "transit.breakdown-like",
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
      uk: `${bus}: стоїть ${minutes} хв біля зупинки «${stop}»; можливо, несправний.`,
      ru: `${bus}: стоит ${minutes} мин у остановки «${stop}»; возможно, неисправен.`,
      en: `${bus} stood near “${stop}” for ${minutes} min; it may have broken down.`,
    }[language];
  },
});
