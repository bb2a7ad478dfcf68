import { defineEventType, Type } from "./event-type.ts";
import {
  durationOf,
  Sightings,
  sceneFacets,
  TRACK_FIELDS,
  TRACK_RETENTION,
  trackIdentity,
} from "./yard-fields.ts";
import { measured, nameOf, scoreIn } from "./yard-words.ts";

/** Something went against the way of a lane; `zone` is the line along it. */
export const yardWrongWay = defineEventType({
  type: "yard.wrong-way",
  version: 1,
  data: Type.Object({
    ...TRACK_FIELDS,
    sightings: Sightings,
    turned_deg: Type.Integer({
      minimum: 0,
      maximum: 180,
      description: "Between its way and the allowed one: 180 is right against it.",
    }),
    travel_lengths: Type.Number({ minimum: 0, description: "How far against it, in its own sizes." }),
    threshold_lengths: Type.Number({ minimum: 0, description: "Raised from so far on." }),
  }),
  identity: trackIdentity,
  audience: "dispatcher",
  retention: TRACK_RETENTION,
  media: true,
  facets: sceneFacets,
  measures: durationOf,
  sentence({ label, zone, turned_deg, travel_lengths, threshold_lengths, score }, language) {
    const who = nameOf(label, language);
    const [far, limit] = [measured(travel_lengths, language), measured(threshold_lengths, language)];
    const sure = scoreIn(score, language);
    return {
      uk: `${who}: рух проти напрямку «${zone}», відхилення ${turned_deg}°, пройдено ${far} власного розміру, поріг ${limit}, ${sure}.`,
      ru: `${who}: движение против направления «${zone}», отклонение ${turned_deg}°, пройдено ${far} собственного размера, порог ${limit}, ${sure}.`,
      en: `${who} goes against the way of “${zone}”: ${turned_deg}° off, ${far} own lengths so far, threshold ${limit}, ${sure}.`,
    }[language];
  },
});
