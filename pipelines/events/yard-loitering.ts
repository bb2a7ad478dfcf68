import { defineEventType, Type } from "./event-type.ts";
import {
  durationOf,
  Sightings,
  sceneFacets,
  TRACK_FIELDS,
  TRACK_RETENTION,
  trackIdentity,
} from "./yard-fields.ts";
import { nameOf, placeIn, scoreIn } from "./yard-words.ts";

/** Somebody stayed in a zone for longer than passing through takes. */
export const yardLoitering = defineEventType({
  type: "yard.loitering",
  version: 1,
  data: Type.Object({
    ...TRACK_FIELDS,
    sightings: Sightings,
    stay_s: Type.Number({ minimum: 0, description: "There so far." }),
    threshold_s: Type.Number({ minimum: 0, description: "Raised after so long." }),
  }),
  identity: trackIdentity,
  audience: "dispatcher",
  retention: TRACK_RETENTION,
  media: true,
  facets: sceneFacets,
  measures: durationOf,
  sentence({ label, zone, stay_s, threshold_s, score }, language) {
    const who = nameOf(label, language);
    const place = placeIn(zone, language);
    const sure = scoreIn(score, language);
    return {
      uk: `${who} затримується ${place}: ${stay_s} с, поріг ${threshold_s} с, ${sure}.`,
      ru: `${who} задерживается ${place}: ${stay_s} с, порог ${threshold_s} с, ${sure}.`,
      en: `${who} loiters ${place}: ${stay_s} s, threshold ${threshold_s} s, ${sure}.`,
    }[language];
  },
});
