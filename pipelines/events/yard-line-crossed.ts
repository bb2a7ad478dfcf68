import { defineEventType, Type } from "./event-type.ts";
import { sceneFacets, TRACK_FIELDS, TRACK_RETENTION, trackIdentity } from "./yard-fields.ts";
import { nameOf, scoreIn } from "./yard-words.ts";

const Count = Type.Integer({ minimum: 0 });

/** Somebody or something went over a line of a camera's picture; `zone` is the line. */
export const yardLineCrossed = defineEventType({
  type: "yard.line-crossed",
  version: 1,
  data: Type.Object({
    ...TRACK_FIELDS,
    direction: Type.Enum(["in", "out"], {
      description: "`in` leads to the side that the line calls inside.",
    }),
    hour_in: { ...Count, description: "Crossings in since the local hour began, this one included." },
    hour_out: { ...Count, description: "Crossings out since the local hour began, this one included." },
  }),
  identity: trackIdentity,
  audience: "dispatcher",
  retention: TRACK_RETENTION,
  media: true,
  facets: sceneFacets,
  measures: () => ({}),
  sentence({ label, zone, direction, hour_in, hour_out, score }, language) {
    const who = nameOf(label, language);
    const sure = scoreIn(score, language);
    const way = WAYS[direction][language];
    return {
      uk: `${who}: перетин лінії «${zone}» ${way}, за цю годину всередину ${hour_in}, назовні ${hour_out}, ${sure}.`,
      ru: `${who}: пересечение линии «${zone}» ${way}, за этот час внутрь ${hour_in}, наружу ${hour_out}, ${sure}.`,
      en: `${who} crossed line “${zone}” ${way}; this hour ${hour_in} in, ${hour_out} out, ${sure}.`,
    }[language];
  },
});

const WAYS = {
  in: { uk: "всередину", ru: "внутрь", en: "inwards" },
  out: { uk: "назовні", ru: "наружу", en: "outwards" },
} as const;
