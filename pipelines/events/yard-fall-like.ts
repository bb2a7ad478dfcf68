import { defineEventType, Type } from "./event-type.ts";
import { durationOf, sceneFacets, TRACK_FIELDS, TRACK_RETENTION, trackIdentity } from "./yard-fields.ts";
import { placeIn, scoreIn } from "./yard-words.ts";

/** Experimental: somebody who was upright became much flatter and stayed so. */
export const yardFallLike = defineEventType({
  type: "yard.fall-like",
  version: 1,
  data: Type.Object({
    ...TRACK_FIELDS,
    shape_share: Type.Number({
      minimum: 0,
      description: "Height over width of the box, as a share of what it was upright.",
    }),
    still_s: Type.Number({ minimum: 0, description: "So for so long." }),
    experimental: Type.Literal(true),
  }),
  identity: trackIdentity,
  audience: "dispatcher",
  retention: TRACK_RETENTION,
  media: true,
  facets: sceneFacets,
  measures: durationOf,
  sentence({ zone, shape_share, still_s, score }, language) {
    const place = placeIn(zone, language);
    const share = `${Math.round(shape_share * 100)} %`;
    const sure = scoreIn(score, language);
    return {
      uk: `Схоже на падіння ${place} (експериментально): ${still_s} с, обрис ${share} від звичного, ${sure}.`,
      ru: `Похоже на падение ${place} (экспериментально): ${still_s} с, контур ${share} от обычного, ${sure}.`,
      en: `Looks like a fall ${place} (experimental): for ${still_s} s, shape ${share} of the usual one, ${sure}.`,
    }[language];
  },
});
