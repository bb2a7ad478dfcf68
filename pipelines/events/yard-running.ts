import { defineEventType, Type } from "./event-type.ts";
import { durationOf, sceneFacets, TRACK_FIELDS, TRACK_RETENTION, trackIdentity } from "./yard-fields.ts";
import { lastedIn, measured, nameOf, placeIn } from "./yard-words.ts";

const UNITS = {
  heights: {
    uk: "власного зросту за секунду",
    ru: "собственного роста в секунду",
    en: "own heights a second",
  },
  metres: { uk: "м/с", ru: "м/с", en: "m/s" },
} as const;

/** Somebody ran. */
export const yardRunning = defineEventType({
  type: "yard.running",
  version: 1,
  data: Type.Object({
    ...TRACK_FIELDS,
    speed: Type.Number({ minimum: 0, description: "Fastest so far." }),
    threshold: Type.Number({ minimum: 0, description: "Raised from so fast on." }),
    unit: Type.Enum(["heights", "metres"], {
      description: "`heights`: own heights a second, of a camera that knows no metres.",
    }),
  }),
  identity: trackIdentity,
  audience: "dispatcher",
  retention: TRACK_RETENTION,
  media: true,
  facets: sceneFacets,
  measures: durationOf,
  sentence({ label, zone, since, until, speed, threshold, unit }, language) {
    const who = nameOf(label, language);
    const place = placeIn(zone, language);
    const fast = `${measured(speed, language)} ${UNITS[unit][language]}`;
    const limit = measured(threshold, language);
    const lasts_s = lastedIn(since, until);
    return {
      uk: `${who} біжить ${place}: ${fast}, поріг ${limit}, триває ${lasts_s} с.`,
      ru: `${who} бежит ${place}: ${fast}, порог ${limit}, длится ${lasts_s} с.`,
      en: `${who} runs ${place}: ${fast}, threshold ${limit}, for ${lasts_s} s.`,
    }[language];
  },
});
