import { defineEventType, Type } from "./event-type.ts";
import {
  durationOf,
  Sightings,
  sceneFacets,
  TRACK_FIELDS,
  TRACK_RETENTION,
  trackIdentity,
} from "./yard-fields.ts";
import { lastedIn, nameOf, placeIn, scoreIn, timesIn } from "./yard-words.ts";

/** Somebody or something was in a zone of a camera's picture from `since` to `until`. */
export const yardPresence = defineEventType({
  type: "yard.presence",
  version: 1,
  data: Type.Object({ ...TRACK_FIELDS, sightings: Sightings }),
  identity: trackIdentity,
  audience: "dispatcher",
  retention: TRACK_RETENTION,
  media: true,
  facets: sceneFacets,
  measures: durationOf,
  sentence({ label, zone, since, until, sightings, score }, language) {
    const who = `${nameOf(label, language)} ${placeIn(zone, language)}`;
    const stay_s = lastedIn(since, until);
    const times = timesIn(sightings, language);
    const sure = scoreIn(score, language);
    return {
      uk: `${who}: ${stay_s} с, помічено ${times}, ${sure}.`,
      ru: `${who}: ${stay_s} с, замечено ${times}, ${sure}.`,
      en: `${who} for ${stay_s} s, seen ${times}, ${sure}.`,
    }[language];
  },
});
