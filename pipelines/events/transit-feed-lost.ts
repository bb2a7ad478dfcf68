import { defineEventType, Type } from "./event-type.ts";

const WHY = {
  silent: { uk: "джерело мовчить", ru: "источник молчит", en: "it is silent" },
  unreachable: { uk: "немає з'єднання", ru: "нет соединения", en: "it cannot be reached" },
  refused: { uk: "джерело нам відмовляє", ru: "источник нам отказывает", en: "it refuses us" },
  broken: {
    uk: "відповідь не вдається прочитати",
    ru: "ответ не удаётся прочитать",
    en: "its answer cannot be read",
  },
  stale: { uk: "дані застаріли", ru: "данные устарели", en: "its data are old" },
  clock: {
    uk: "його годинник показує інший час",
    ru: "его часы показывают другое время",
    en: "its clock is wrong",
  },
} as const;

const REASONS = Object.keys(WHY) as (keyof typeof WHY)[];
/** Why a feed tells nothing of now. */
export type FeedLoss = keyof typeof WHY;

/** A feed of positions told nothing of the present from `since` on. */
export const transitFeedLost = defineEventType({
  type: "transit.feed-lost",
  version: 1,
  data: Type.Object({
    feed: Type.String(),
    since: Type.String({ format: "date-time", description: "When it last told of its present." }),
    until: Type.Optional(Type.String({ format: "date-time" })),
    why: Type.Enum(REASONS),
    ended: Type.Optional(Type.Union([Type.Literal("returned"), Type.Literal("lost")])),
  }),
  identity: ({ feed, since }) => ({ anchor_ms: Date.parse(since), key: [feed] }),
  audience: "dispatcher",
  retention: { media_h: 0, personal_h: 0, skeleton_days: 365, personal: [] },
  media: false,
  facets: () => ({}),
  measures: ({ since, until }) =>
    until === undefined ? {} : { duration_s: (Date.parse(until) - Date.parse(since)) / 1000 },
  sentence({ feed, since, until, why }, language) {
    const minutes = until && Math.round((Date.parse(until) - Date.parse(since)) / 60_000);
    return {
      uk: `Немає свіжих положень автобусів із джерела «${feed}»: ${WHY[why].uk}${minutes === undefined ? "" : `, тривало ${minutes} хв`}.`,
      ru: `Нет свежих положений автобусов из источника «${feed}»: ${WHY[why].ru}${minutes === undefined ? "" : `, длилось ${minutes} мин`}.`,
      en: `No fresh bus positions from feed “${feed}”: ${WHY[why].en}${minutes === undefined ? "" : `, for ${minutes} min`}.`,
    }[language];
  },
});
