import { LABELS } from "@yardline/domain/detection";
import { defineEventType, Type } from "./event-type.ts";
import { counted } from "./plural.ts";

const Instant = Type.String({ format: "date-time" });

/** Somebody or something was in a zone of a camera's picture from `since` to `until`. */
export const yardPresence = defineEventType({
  type: "yard.presence",
  version: 1,
  data: Type.Object({
    camera: Type.String({ description: "Camera id." }),
    rule: Type.String({ description: "The rule that raised it." }),
    zone: Type.String({ description: "Zone id; `all` is the whole picture." }),
    track: Type.String({ description: "Track UUID: one object of one camera, for the length of its stay." }),
    label: Type.Enum([...LABELS]),
    since: Type.String({
      format: "date-time",
      description: "Capture time of the first frame that shows it.",
    }),
    until: Type.String({
      format: "date-time",
      description: "Capture time of the last frame that shows it, so far.",
    }),
    score: Type.Number({ minimum: 0, maximum: 1, description: "Best score of its detections." }),
    sightings: Type.Integer({ minimum: 1, description: "Frames in which it was detected." }),
    box: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()], {
      description: "left, top, right, bottom of the snapshot's box, in fractions of the picture.",
    }),
    snapshot: Type.Optional(Type.String({ description: "Media id of the best picture." })),
    clip: Type.Optional(
      Type.Object(
        { from: Instant, to: Instant },
        { description: "The recording that shows it, pre- and post-roll included." },
      ),
    ),
    recorded: Type.Optional(Type.Boolean({ description: "True for recorded material: a file, the demo." })),
    ended: Type.Optional(
      Type.Union([Type.Literal("left"), Type.Literal("lost")], {
        description: "`lost`: we stopped looking before it left.",
      }),
    ),
  }),
  identity: ({ camera, rule, zone, track, since }) => ({
    anchor_ms: Date.parse(since),
    key: [camera, rule, zone, track],
  }),
  audience: "dispatcher",
  retention: {
    media_h: 72,
    personal_h: 72,
    skeleton_days: 365,
    personal: ["track", "box", "snapshot", "clip"],
  },
  media: true,
  facets: ({ label, zone, camera }) => ({ label: [label], zone: [zone], camera: [camera] }),
  measures: ({ since, until }) => ({ duration_s: (Date.parse(until) - Date.parse(since)) / 1000 }),
  sentence({ label, zone, since, until, sightings, score }, language) {
    const stay_s = Math.ceil((Date.parse(until) - Date.parse(since)) / 1000);
    const numbers = `${Math.round(score * 100)} %`;
    const where = (view: string, inZone: string) => (zone === "all" ? view : `${inZone} «${zone}»`);
    const times = counted(language, sightings, TIMES[language]);
    return {
      uk: `${NAMES[label].uk} ${where("у кадрі", "у зоні")}: ${stay_s} с, помічено ${times}, найкраща впевненість ${numbers}.`,
      ru: `${NAMES[label].ru} ${where("в кадре", "в зоне")}: ${stay_s} с, замечено ${times}, лучшая уверенность ${numbers}.`,
      en: `${NAMES[label].en} ${zone === "all" ? "in view" : `in zone “${zone}”`} for ${stay_s} s, seen ${times}, best score ${numbers}.`,
    }[language];
  },
});

const TIMES = {
  uk: { one: "раз", few: "рази", many: "разів" },
  ru: { one: "раз", few: "раза", many: "раз" },
  en: { one: "time", many: "times" },
} as const;

const NAMES = {
  person: { uk: "Людина", ru: "Человек", en: "A person" },
  bicycle: { uk: "Велосипед", ru: "Велосипед", en: "A bicycle" },
  car: { uk: "Автомобіль", ru: "Автомобиль", en: "A car" },
  motorcycle: { uk: "Мотоцикл", ru: "Мотоцикл", en: "A motorcycle" },
  bus: { uk: "Автобус", ru: "Автобус", en: "A bus" },
  truck: { uk: "Вантажівка", ru: "Грузовик", en: "A truck" },
  dog: { uk: "Собака", ru: "Собака", en: "A dog" },
} as const;
