import { defineEventType, Type } from "./event-type.ts";

const WHY = {
  ended: { uk: "з'єднання закрито", ru: "соединение закрыто", en: "the connection ended" },
  silent: { uk: "камера мовчить", ru: "камера молчит", en: "the camera is silent" },
  refused: {
    uk: "камера не приймає з'єднання",
    ru: "камера не принимает соединение",
    en: "the camera refuses the connection",
  },
  frozen: { uk: "картинка застигла", ru: "картинка застыла", en: "the picture is frozen" },
  "not-video": { uk: "це не відео", ru: "это не видео", en: "it is not video" },
  "mask-broken": {
    uk: "маску треба перебудувати",
    ru: "маску надо перестроить",
    en: "the mask must be rebuilt",
  },
} as const;

/** What is lost of a camera with two streams. */
const STREAMS = {
  main: {
    uk: { subject: "Записуваний потік камери", lost: "недоступний" },
    ru: { subject: "Записываемый поток камеры", lost: "недоступен" },
    en: { subject: "The recorded stream of camera", lost: "is lost" },
  },
  sub: {
    uk: { subject: "Потік для спостереження камери", lost: "недоступний" },
    ru: { subject: "Поток для наблюдения камеры", lost: "недоступен" },
    en: { subject: "The watched stream of camera", lost: "is lost" },
  },
  both: {
    uk: { subject: "Камера", lost: "недоступна" },
    ru: { subject: "Камера", lost: "недоступна" },
    en: { subject: "Camera", lost: "is lost" },
  },
} as const;

const REASONS = Object.keys(WHY) as (keyof typeof WHY)[];
export type LostReason = keyof typeof WHY;

/** A camera gave no pictures from `since` on: a declared gap in the recording, unless it is the sub stream's. */
export const cameraLost = defineEventType({
  type: "camera.lost",
  version: 1,
  data: Type.Object({
    camera: Type.String(),
    stream: Type.Optional(
      Type.Enum(["main", "sub"], {
        description: "Of a camera with two: `main` is recorded, `sub` looked at. Absent where one is both.",
      }),
    ),
    since: Type.String({ format: "date-time", description: "Arrival of the last packet before the gap." }),
    until: Type.Optional(
      Type.String({ format: "date-time", description: "Arrival of the first packet after it." }),
    ),
    why: Type.Enum(REASONS),
    attempts: Type.Integer({ minimum: 0, description: "Connections tried since." }),
    ended: Type.Optional(Type.Union([Type.Literal("returned"), Type.Literal("lost")])),
  }),
  identity: ({ camera, stream, since }) => ({
    anchor_ms: Date.parse(since),
    key: stream === undefined ? [camera] : [camera, stream],
  }),
  audience: "dispatcher",
  retention: { media_h: 0, personal_h: 0, skeleton_days: 365, personal: [] },
  media: false,
  facets: ({ camera }) => ({ camera: [camera] }),
  measures: ({ since, until }) =>
    until === undefined ? {} : { duration_s: (Date.parse(until) - Date.parse(since)) / 1000 },
  sentence({ camera, stream, since, until, why }, language) {
    const gap_s = until ? Math.round((Date.parse(until) - Date.parse(since)) / 1000) : undefined;
    const { subject, lost } = STREAMS[stream ?? "both"][language];
    return {
      uk: `${subject} «${camera}» ${lost}: ${WHY[why].uk}${gap_s === undefined ? "" : `, розрив ${gap_s} с`}.`,
      ru: `${subject} «${camera}» ${lost}: ${WHY[why].ru}${gap_s === undefined ? "" : `, разрыв ${gap_s} с`}.`,
      en: `${subject} “${camera}” ${lost}: ${WHY[why].en}${gap_s === undefined ? "" : `, a gap of ${gap_s} s`}.`,
    }[language];
  },
});
