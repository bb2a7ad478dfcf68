import { defineEventType, Type } from "./event-type.ts";
import { durationOf, SCENE_FIELDS, sceneIdentity } from "./yard-fields.ts";
import { measured, placeIn } from "./yard-words.ts";

/** How many were in a zone in one hour of the town's clock: numbers of nobody in particular. */
export const yardOccupancy = defineEventType({
  type: "yard.occupancy",
  version: 1,
  data: Type.Object({
    ...SCENE_FIELDS,
    mean: Type.Number({ minimum: 0, description: "There on average." }),
    peak: Type.Integer({ minimum: 0, description: "Most at once." }),
    entered: Type.Integer({ minimum: 0, description: "Came in that hour." }),
    watched_s: Type.Integer({ minimum: 0, description: "So long of it was watched." }),
  }),
  identity: sceneIdentity,
  audience: "dispatcher",
  retention: { media_h: 0, personal_h: 0, skeleton_days: 365, personal: [] },
  media: false,
  facets: ({ zone, camera }) => ({ zone: [zone], camera: [camera] }),
  measures: durationOf,
  sentence({ zone, mean, peak, entered, watched_s }, language) {
    const place = placeIn(zone, language);
    const average = measured(mean, language);
    const watched_min = Math.round(watched_s / 60);
    return {
      uk: `За годину ${place}: у середньому ${average}, найбільше ${peak}, прийшло ${entered}, спостереження ${watched_min} хв.`,
      ru: `За час ${place}: в среднем ${average}, больше всего ${peak}, пришло ${entered}, наблюдение ${watched_min} мин.`,
      en: `In one hour ${place}: ${average} on average, ${peak} at most, ${entered} came, watched for ${watched_min} min.`,
    }[language];
  },
});
