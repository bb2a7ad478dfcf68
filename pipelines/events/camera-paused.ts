import { defineEventType, Type } from "./event-type.ts";

/**
 * Somebody paused a camera: from then on it sees, records and shows nothing, until its time is over or somebody ends it. Why is not told
 * here, since people write it and it may name somebody; it stands in the records and in the audit log.
 */
export const cameraPaused = defineEventType({
  type: "camera.paused",
  version: 1,
  data: Type.Object({
    camera: Type.String(),
    since: Type.String({ format: "date-time" }),
    planned_until: Type.String({ format: "date-time", description: "When it ends unless somebody ends it." }),
    until: Type.Optional(Type.String({ format: "date-time" })),
    ended: Type.Optional(
      Type.Enum(["over", "resumed", "lost"], {
        description: "Its time was over, somebody ended it, or the camera is no longer ours.",
      }),
    ),
  }),
  identity: ({ camera, since }) => ({ anchor_ms: Date.parse(since), key: [camera] }),
  audience: "dispatcher",
  retention: { media_h: 0, personal_h: 0, skeleton_days: 365, personal: [] },
  media: false,
  facets: ({ camera }) => ({ camera: [camera] }),
  measures: ({ since, until }) =>
    until === undefined ? {} : { duration_s: (Date.parse(until) - Date.parse(since)) / 1000 },
  sentence: ({ camera, ended }, language) =>
    ended
      ? {
          uk: `Пауза камери «${camera}» закінчилася.`,
          ru: `Пауза камеры «${camera}» закончилась.`,
          en: `The pause of camera “${camera}” is over.`,
        }[language]
      : {
          uk: `Камеру «${camera}» поставлено на паузу: вона нічого не бачить і не записує.`,
          ru: `Камера «${camera}» на паузе: она ничего не видит и не записывает.`,
          en: `Camera “${camera}” is paused: it sees and records nothing.`,
        }[language],
});
