import { defineEventType, Type } from "./event-type.ts";
import { durationOf, sceneFacets, TRACK_FIELDS, TRACK_RETENTION, trackIdentity } from "./yard-fields.ts";
import { nameOf, placeIn, scoreIn } from "./yard-words.ts";

const PASSAGES = {
  "fire-lane": { uk: "пожежний проїзд", ru: "пожарный проезд", en: "the fire lane" },
  "bus-stop": { uk: "зупинку автобуса", ru: "остановку автобуса", en: "the bus stop" },
  entrance: { uk: "в'їзд", ru: "въезд", en: "the entrance" },
  crossing: { uk: "перехід", ru: "переход", en: "the crossing" },
} as const;
type Passage = keyof typeof PASSAGES;

/** A vehicle stood in a zone for too long, perhaps in somebody's way. */
export const yardVehicleStopped = defineEventType({
  type: "yard.vehicle-stopped",
  version: 1,
  data: Type.Object({
    ...TRACK_FIELDS,
    stay_s: Type.Number({ minimum: 0, description: "Standing there so far." }),
    threshold_s: Type.Number({ minimum: 0, description: "Raised after so long." }),
    passage: Type.Optional(
      Type.Enum(Object.keys(PASSAGES) as Passage[], { description: "What it blocks there." }),
    ),
  }),
  identity: trackIdentity,
  audience: "dispatcher",
  retention: TRACK_RETENTION,
  media: true,
  facets: sceneFacets,
  measures: durationOf,
  sentence({ label, zone, stay_s, threshold_s, score, passage }, language) {
    const who = nameOf(label, language);
    const place = placeIn(zone, language);
    const sure = scoreIn(score, language);
    const blocked = passage && PASSAGES[passage][language];
    const stands = {
      uk: blocked ? `перекриває ${blocked}` : "стоїть",
      ru: blocked ? `перекрывает ${blocked}` : "стоит",
      en: blocked ? `blocks ${blocked}` : "stands",
    }[language];
    return {
      uk: `${who} ${stands} ${place}: ${stay_s} с, поріг ${threshold_s} с, ${sure}.`,
      ru: `${who} ${stands} ${place}: ${stay_s} с, порог ${threshold_s} с, ${sure}.`,
      en: `${who} ${stands} ${place}: ${stay_s} s, threshold ${threshold_s} s, ${sure}.`,
    }[language];
  },
});
