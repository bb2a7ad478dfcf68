import { defineEventType, Type } from "./event-type.ts";

/** Somebody turned a camera to one of its saved views: what it shows from then on is another scene. */
export const cameraTurned = defineEventType({
  type: "camera.turned",
  version: 1,
  data: Type.Object({
    camera: Type.String(),
    view: Type.String({ description: "The view's name in the camera." }),
    at: Type.String({ format: "date-time", description: "When the camera took the command." }),
  }),
  identity: ({ camera, at }) => ({ anchor_ms: Date.parse(at), key: [camera] }),
  audience: "dispatcher",
  retention: { media_h: 0, personal_h: 0, skeleton_days: 365, personal: [] },
  media: false,
  facets: ({ camera }) => ({ camera: [camera] }),
  measures: () => ({}),
  sentence: ({ camera, view }, language) =>
    ({
      uk: `Камеру «${camera}» повернуто: «${view}».`,
      ru: `Камера «${camera}» повёрнута: «${view}».`,
      en: `Camera “${camera}” was turned to “${view}”.`,
    })[language],
});
