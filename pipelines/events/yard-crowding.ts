import { LABELS } from "@yardline/domain/detection";
import { defineEventType, Type } from "./event-type.ts";
import { durationOf, PICTURE_FIELDS, SCENE_FIELDS, sceneFacets, sceneIdentity } from "./yard-fields.ts";
import { lastedIn, placeIn } from "./yard-words.ts";

/** So many were in a zone at once, for a while. About the zone: it names no track. */
export const yardCrowding = defineEventType({
  type: "yard.crowding",
  version: 1,
  data: Type.Object({
    ...SCENE_FIELDS,
    ...PICTURE_FIELDS,
    label: Type.Enum([...LABELS]),
    score: Type.Number({ minimum: 0, maximum: 1, description: "Mean score in the best picture." }),
    count_max: Type.Integer({ minimum: 1, description: "Most at once so far." }),
    threshold: Type.Integer({ minimum: 1, description: "So many at once are a crowd." }),
  }),
  identity: sceneIdentity,
  audience: "dispatcher",
  retention: {
    media_h: 72,
    personal_h: 72,
    skeleton_days: 365,
    personal: ["box", "snapshot", "clip"],
  },
  media: true,
  facets: sceneFacets,
  measures: durationOf,
  sentence({ zone, since, until, count_max, threshold }, language) {
    const place = placeIn(zone, language);
    const lasts_s = lastedIn(since, until);
    return {
      uk: `Скупчення ${place}: до ${count_max} одночасно, поріг ${threshold}, триває ${lasts_s} с.`,
      ru: `Скопление ${place}: до ${count_max} одновременно, порог ${threshold}, длится ${lasts_s} с.`,
      en: `A crowd ${place}: up to ${count_max} at once, threshold ${threshold}, for ${lasts_s} s.`,
    }[language];
  },
});
