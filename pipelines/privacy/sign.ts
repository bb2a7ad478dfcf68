import { createHash } from "node:crypto";
import type { Language } from "@yardline/events/event-type";
import { counted } from "@yardline/events/plural";
import type { CameraRecord, Sign } from "./camera-record.ts";
import { LEGAL_BASIS_TEXTS, PURPOSE_TEXTS, type Wording } from "./purposes.ts";

/** Whom people write to about a town's cameras, and where its register is open to everybody. */
export type Contact = { readonly contact?: string; readonly officer?: string; readonly site?: string };

/** What a sign says of its camera: what article 13 of the GDPR wants at first sight (EDPB Guidelines 3/2019, 111-119). */
export type SignFacts = Pick<CameraRecord, "purpose" | "legal_basis" | "controller" | "retention_h"> &
  Contact & { readonly camera: string };

/** Six characters that are others as soon as the sign has to say something else. */
export function signVersion({
  camera,
  purpose,
  legal_basis,
  controller,
  retention_h,
  ...contact
}: SignFacts): string {
  const { contact: reach = "", officer = "", site = "" } = contact;
  const said = JSON.stringify([camera, purpose, legal_basis, controller, retention_h, reach, officer, site]);
  return createHash("sha256").update(said).digest("hex").slice(0, 6).toUpperCase();
}

export type SignState = "posted" | "stale" | "not-yet" | "not-needed";

/**
 * How the sign that hangs there is.
 * @param changed_on the day on which what it has to say changed last, as far as anybody knows; `today` a day too, as in 2026-11-30.
 */
export function signState(
  sign: Sign,
  {
    version,
    changed_on,
    today,
  }: { readonly version: string; readonly changed_on: string | undefined; readonly today: string },
): SignState {
  if ("not_needed" in sign) return "not-needed";
  if (sign.posted_on > today) return "not-yet";
  if (sign.version !== undefined) return sign.version === version ? "posted" : "stale";
  // Of the same day it is not known which was first; a sign that names its version leaves no doubt.
  return changed_on !== undefined && changed_on > sign.posted_on ? "stale" : "posted";
}

/** A line of a sign or of the register: what it is, and what it says. */
export type SignLine = { readonly name: string; readonly text: string };

const NAMES = {
  purpose: { uk: "Мета", ru: "Цель", en: "Purpose" },
  basis: { uk: "Правова підстава", ru: "Правовое основание", en: "Legal basis" },
  controller: { uk: "Хто відповідає", ru: "Кто отвечает", en: "Controller" },
  contact: { uk: "Звернення", ru: "Обращения", en: "Contact" },
  officer: { uk: "Захист даних", ru: "Защита данных", en: "Data protection" },
  retention: { uk: "Зберігання", ru: "Хранение", en: "Kept for" },
  rights: { uk: "Ваші права", ru: "Ваши права", en: "Your rights" },
  limits: { uk: "Чого немає", ru: "Чего нет", en: "What is not done" },
} as const satisfies Readonly<Record<string, Wording>>;

const RIGHTS: Wording = {
  uk: "Доступ до запису з вами, виправлення, видалення, заперечення, скарга до органу нагляду.",
  ru: "Доступ к записи с вами, исправление, удаление, возражение, жалоба в надзорный орган.",
  en: "Access to recordings of you, rectification, erasure, objection, complaint to the supervisory authority.",
};
const LIMITS: Wording = {
  uk: "Звук не записується. Облич і людей система не розпізнає.",
  ru: "Звук не записывается. Лиц и людей система не распознаёт.",
  en: "No sound is recorded. No faces and no persons are recognised.",
};

export const SIGN_HEADING: Wording = {
  uk: "Ведеться відеоспостереження",
  ru: "Ведётся видеонаблюдение",
  en: "Video surveillance",
};
export const SIGN_MORE: Wording = {
  uk: "Докладніше: реєстр камер",
  ru: "Подробнее: реестр камер",
  en: "More: the register of cameras",
};
export const SIGN_VERSION: Wording = {
  uk: "Версія таблички",
  ru: "Версия таблички",
  en: "Version of this sign",
};

/** What the sign says, line by line. */
export function signLines(facts: SignFacts, language: Language): readonly SignLine[] {
  const line = (name: keyof typeof NAMES, text: string): SignLine => ({ name: NAMES[name][language], text });
  const { contact, officer } = facts;
  return [
    line("purpose", PURPOSE_TEXTS[facts.purpose][language]),
    line("basis", LEGAL_BASIS_TEXTS[facts.legal_basis][language]),
    line("controller", facts.controller),
    ...(contact === undefined ? [] : [line("contact", contact)]),
    ...(officer === undefined ? [] : [line("officer", officer)]),
    line("retention", hoursIn(facts.retention_h, language)),
    line("limits", LIMITS[language]),
    line("rights", RIGHTS[language]),
  ];
}

const HOURS = {
  uk: { one: "година", few: "години", many: "годин" },
  ru: { one: "час", few: "часа", many: "часов" },
  en: { one: "hour", many: "hours" },
} as const;

/** As in "72 години". */
export function hoursIn(hours: number, language: Language): string {
  return counted(language, hours, HOURS[language]);
}

/** Where the register tells of one camera. */
export function registerUrl(site: string, camera: string): string {
  return `${site.replace(/\/+$/, "")}/public/cameras#${encodeURIComponent(camera)}`;
}
