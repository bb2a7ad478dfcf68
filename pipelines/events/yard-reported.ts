import { LABELS } from "@yardline/domain/detection";
import { defineEventType, Type } from "./event-type.ts";
import { durationOf } from "./yard-fields.ts";
import { nameOf, timesIn } from "./yard-words.ts";

/** What a camera may report, and which of our own kinds of event says the same where we see it ourselves. */
const KINDS = {
  "line-crossing": {
    like: "yard.line-crossed",
    says: { uk: "перетин лінії", ru: "пересечение линии", en: "a line crossed" },
  },
  presence: {
    like: "yard.presence",
    says: {
      uk: "хтось або щось у зоні",
      ru: "кто-то или что-то в зоне",
      en: "somebody or something in a zone",
    },
  },
  loitering: {
    like: "yard.loitering",
    says: { uk: "хтось затримався", ru: "кто-то задержался", en: "loitering" },
  },
  "left-object": {
    like: "yard.left-object",
    says: { uk: "залишений предмет", ru: "оставленный предмет", en: "an object left behind" },
  },
  "removed-object": {
    like: "yard.removed-object",
    says: { uk: "зниклий предмет", ru: "исчезнувший предмет", en: "an object taken away" },
  },
  motion: { like: undefined, says: { uk: "рух", ru: "движение", en: "motion" } },
  tampering: {
    like: "camera.tampered",
    says: { uk: "втручання в камеру", ru: "вмешательство в камеру", en: "tampering with it" },
  },
} as const;

export const REPORTED_KINDS = Object.keys(KINDS) as (keyof typeof KINDS)[];
export type ReportedKind = keyof typeof KINDS;

/** Our own kind of event that means the same; undefined where we have none. */
export function likeOf(kind: ReportedKind): string | undefined {
  return KINDS[kind].like;
}

/** A camera's own analytics say that something happened. We did not see it ourselves, so there is no box, no track and no score. */
export const yardReported = defineEventType({
  type: "yard.reported",
  version: 1,
  data: Type.Object({
    camera: Type.String(),
    kind: Type.Enum(REPORTED_KINDS),
    like: Type.Optional(Type.String({ description: "Our own kind of event that means the same." })),
    rule: Type.String({ description: "The rule's name in the camera; empty where it names none." }),
    label: Type.Optional(Type.Enum([...LABELS], { description: "What the camera takes it for." })),
    since: Type.String({ format: "date-time", description: "When the first report came." }),
    until: Type.String({ format: "date-time", description: "When the last report came, so far." }),
    camera_time: Type.Optional(
      Type.String({ format: "date-time", description: "The first report's time by the camera's own clock." }),
    ),
    reports: Type.Integer({ minimum: 1, description: "Reports that became this one event." }),
    clip: Type.Optional(
      Type.Object({
        from: Type.String({ format: "date-time" }),
        to: Type.String({ format: "date-time" }),
      }),
    ),
    ended: Type.Optional(
      Type.Enum(["quiet", "lost"], { description: "`lost`: the camera stopped telling, or we listening." }),
    ),
  }),
  identity: ({ camera, kind, rule, since }) => ({ anchor_ms: Date.parse(since), key: [camera, kind, rule] }),
  audience: "dispatcher",
  retention: { media_h: 72, personal_h: 72, skeleton_days: 365, personal: ["clip"] },
  media: true,
  facets: ({ camera, label, rule }) => ({
    camera: [camera],
    ...(label && { label: [label] }),
    ...(rule !== "" && { zone: [rule] }),
  }),
  measures: durationOf,
  sentence({ camera, kind, rule, label, reports }, language) {
    const what = KINDS[kind].says[language];
    const who = label === undefined ? "" : `, ${nameOf(label, language).toLocaleLowerCase(language)}`;
    const by =
      rule === ""
        ? ""
        : { uk: `, правило «${rule}»`, ru: `, правило «${rule}»`, en: `, rule “${rule}”` }[language];
    const often = timesIn(reports, language);
    return {
      uk: `Камера «${camera}» сама повідомляє: ${what}${who}${by}, ${often}.`,
      ru: `Камера «${camera}» сама сообщает: ${what}${who}${by}, ${often}.`,
      en: `Camera “${camera}” itself reports: ${what}${who}${by}, ${often}.`,
    }[language];
  },
});
