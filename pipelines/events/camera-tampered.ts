import type { Static } from "typebox";
import { defineEventType, type Language, Type } from "./event-type.ts";
import { CarriedBy } from "./yard-fields.ts";

const KINDS = {
  covered: { uk: "закрита", ru: "закрыта", en: "is covered" },
  moved: { uk: "зсунута", ru: "сдвинута", en: "was moved" },
  defocused: { uk: "розфокусована", ru: "расфокусирована", en: "is out of focus" },
  dark: { uk: "нічого не бачить: темно", ru: "ничего не видит: темно", en: "sees nothing: it is dark" },
} as const;

const NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[];

const Data = Type.Object({
  camera: Type.String(),
  rule: Type.String({ description: "The rule that raised it." }),
  kind: Type.Enum(NAMES),
  since: Type.String({ format: "date-time", description: "Capture time of the first frame that shows it." }),
  until: Type.String({
    format: "date-time",
    description: "Capture time of the last frame that shows it, so far.",
  }),
  brightness: Type.Number({
    minimum: 0,
    maximum: 255,
    description: "Mean luma of the picture; black is 16.",
  }),
  sharpness: Type.Number({ minimum: 0, description: "Fine edges against their usual strength: 1 as ever." }),
  lost: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      description: "Share of the scene's edges that are not where they were.",
    }),
  ),
  shift: Type.Optional(
    Type.Tuple([Type.Number(), Type.Number()], {
      description:
        "How far the picture has slid to the right and down, in fractions of its width and height.",
    }),
  ),
  recorded: Type.Optional(Type.Boolean({ description: "True for recorded material: a file, the demo." })),
  position: Type.Optional(CarriedBy),
  ended: Type.Optional(
    Type.Enum(["cleared", "settled", "lost"], {
      description: "`settled`: it looks elsewhere now, and that is its scene; `lost`: we stopped looking.",
    }),
  ),
});
type Data = Static<typeof Data>;

/** A camera gives pictures, but does not see what it is there for: from `since` to `until`. */
export const cameraTampered = defineEventType({
  type: "camera.tampered",
  version: 1,
  data: Data,
  identity: ({ camera, rule, kind, since }) => ({ anchor_ms: Date.parse(since), key: [camera, rule, kind] }),
  audience: "dispatcher",
  retention: { media_h: 0, personal_h: 0, skeleton_days: 365, personal: [] },
  media: false,
  facets: ({ camera }) => ({ camera: [camera] }),
  measures: ({ since, until }) => ({ duration_s: (Date.parse(until) - Date.parse(since)) / 1000 }),
  sentence(data, language) {
    const lasted_s = Math.ceil((Date.parse(data.until) - Date.parse(data.since)) / 1000);
    const what = KINDS[data.kind][language];
    const numbers = numbersOf(data, language);
    return {
      uk: `Камера «${data.camera}» ${what}, ${lasted_s} с; ${numbers}.`,
      ru: `Камера «${data.camera}» ${what}, ${lasted_s} с; ${numbers}.`,
      en: `Camera “${data.camera}” ${what}, for ${lasted_s} s; ${numbers}.`,
    }[language];
  },
});

/** What it was told by: each kind by its own number. */
function numbersOf({ kind, brightness, sharpness, lost, shift }: Data, language: Language): string {
  if (kind === "dark") {
    const level = Math.round(brightness);
    return {
      uk: `яскравість ${level} з 255`,
      ru: `яркость ${level} из 255`,
      en: `brightness ${level} of 255`,
    }[language];
  }
  if (kind === "defocused") {
    const left = percentOf(sharpness);
    return {
      uk: `різкість ${left} від звичайної`,
      ru: `резкость ${left} от обычной`,
      en: `sharpness ${left} of the usual`,
    }[language];
  }
  if (shift) {
    const by = percentOf(Math.hypot(...shift));
    return {
      uk: `кадр зсунувся на ${by}`,
      ru: `кадр сдвинулся на ${by}`,
      en: `the picture has slid by ${by}`,
    }[language];
  }
  const gone = percentOf(lost ?? 1);
  return {
    uk: `не видно ${gone} обрисів сцени`,
    ru: `не видно ${gone} контуров сцены`,
    en: `${gone} of the scene's outlines are gone`,
  }[language];
}

function percentOf(share: number): string {
  return `${Math.round(share * 100)} %`;
}
