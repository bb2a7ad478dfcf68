import { createHash } from "node:crypto";
import { LANGUAGES, type Language } from "@yardline/events/event-type";
import type { Wording } from "@yardline/privacy/purposes";
import { type SignState, signLines, signVersion } from "@yardline/privacy/sign";
import type { CameraStatus } from "./camera-parts.ts";
import type { TownView } from "./parts.ts";
import { signFactsOf } from "./sign-facts.ts";

type Asked = {
  readonly town: TownView;
  readonly cameras: readonly CameraStatus[];
  readonly language: Language;
};

const TITLE: Wording = { uk: "Реєстр камер", ru: "Реестр камер", en: "Register of cameras" };
const NAMES: Readonly<Record<Language, string>> = { uk: "Українська", ru: "Русский", en: "English" };
const SIGN: Wording = { uk: "Табличка (PDF)", ru: "Табличка (PDF)", en: "The sign (PDF)" };
const NONE: Wording = { uk: "Камер немає.", ru: "Камер нет.", en: "There are no cameras." };
const RECORDED: Wording = {
  uk: "Показ раніше записаного: нікого не знімає.",
  ru: "Показ ранее записанного: никого не снимает.",
  en: "Plays what was recorded before: nobody is filmed.",
};
const STATES: Readonly<Record<CameraStatus["state"], Wording>> = {
  connecting: { uk: "з'єднується", ru: "соединяется", en: "connecting" },
  watching: { uk: "знімає", ru: "снимает", en: "filming" },
  reduced: { uk: "знімає", ru: "снимает", en: "filming" },
  lost: { uk: "немає зв'язку", ru: "нет связи", en: "no connection" },
  paused: {
    uk: "на паузі: нічого не бачить",
    ru: "на паузе: ничего не видит",
    en: "paused: it sees nothing",
  },
  closed: { uk: "вимкнена", ru: "выключена", en: "off" },
};
const SIGNS: Readonly<Record<SignState, Wording | undefined>> = {
  posted: undefined,
  "not-needed": undefined,
  stale: {
    uk: "Табличка на місці застаріла; чинне те, що тут.",
    ru: "Табличка на месте устарела; действует то, что здесь.",
    en: "The sign at the place is out of date; what is said here holds.",
  },
  "not-yet": {
    uk: "Табличку ще не встановлено.",
    ru: "Табличка ещё не установлена.",
    en: "The sign is not up yet.",
  },
};

const STYLE = `body{font:17px/1.5 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}
nav a{margin-right:1rem}article{border-top:1px solid #bbb;padding:1rem 0}dt{font-weight:600;margin-top:.4rem}dd{margin:0}
.warn{font-weight:600;color:#8a1f11}@media (prefers-color-scheme:dark){body{color:#eee;background:#16181b}a{color:#8cb8ff}.warn{color:#ff9a8a}}`;

/** The page has one style, named by its digest, and nothing else: no script, no picture, no form. */
export const REGISTER_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The register as a page that needs no script: it opens on any telephone, and from the QR code of a sign. */
export function registerPage({ town, cameras, language }: Asked): string {
  const title = `${TITLE[language]}: ${town.name}`;
  const links = LANGUAGES.map(
    (each) => `<a href="?language=${each}" hreflang="${each}" lang="${each}">${NAMES[each]}</a>`,
  );
  const entries = cameras.map((camera) => entryOf(camera, town, language));
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><nav>${links.join("")}</nav><main><h1>${escaped(title)}</h1>
${entries.length > 0 ? entries.join("\n") : `<p>${NONE[language]}</p>`}
</main></body></html>
`;
}

function entryOf(camera: CameraStatus, town: TownView, language: Language): string {
  const facts = signFactsOf(camera, town);
  const { id, name, place, recorded, state, sign } = camera;
  const warning = sign && SIGNS[sign]?.[language];
  const lines = facts ? signLines(facts, language) : [];
  const at = place ? `<p>${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}</p>` : "";
  const now = recorded ? RECORDED[language] : STATES[state][language];
  return `<article id="${escaped(id)}"><h2>${escaped(name)}</h2>${at}<p>${escaped(now)}</p>
${warning === undefined ? "" : `<p class="warn">${escaped(warning)}</p>`}
<dl>${lines.map((line) => `<dt>${escaped(line.name)}</dt><dd>${escaped(line.text)}</dd>`).join("")}</dl>
${facts ? `<p><a href="/v1/public/cameras/${encodeURIComponent(id)}/sign?language=${language}">${SIGN[language]}</a> ${signVersion(facts)}</p>` : ""}</article>`;
}

/** Names and controllers are typed by people. */
function escaped(text: string): string {
  const by: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (each) => by[each] ?? each);
}
