import { IntlMessageFormat } from "intl-messageformat";
import type { Language } from "../api/types.ts";
import { type Message, saysItself } from "./message.ts";

export type MessageKey = keyof typeof import("./uk.json");
/** Every text of the page in one language: in ICU message syntax, or as the build compiled it. */
export type Messages = Readonly<Record<MessageKey, Message>>;
export type Values = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, values?: Values) => string;

/** A phone at a stop loads the texts of one language. */
const LOADS: Readonly<Record<Language, () => Promise<{ readonly default: Messages }>>> = {
  uk: () => import("./uk.json"),
  ru: () => import("./ru.json"),
  en: () => import("./en.json"),
};

export async function loadMessages(language: Language): Promise<Messages> {
  return (await LOADS[language]()).default;
}

/** Each language by its own name, in the order of the switch. */
export const LANGUAGES = [
  { language: "uk", name: "Українська", short: "УКР", locale: "uk-UA" },
  { language: "ru", name: "Русский", short: "РУС", locale: "ru-RU" },
  { language: "en", name: "English", short: "ENG", locale: "en-GB" },
] as const satisfies readonly { language: Language; name: string; short: string; locale: string }[];

export const localeOf = (language: Language) =>
  LANGUAGES.find((each) => each.language === language)?.locale ?? "uk-UA";

/** The texts of one language; what a message needs for its values is made when it is first said. */
export function createTranslate(language: Language, messages: Messages): Translate {
  const made = new Map<MessageKey, IntlMessageFormat>();
  return (key, values) => {
    const message = messages[key];
    if (typeof message === "string" && saysItself(message)) return message;
    let format = made.get(key);
    if (!format) {
      format = new IntlMessageFormat(message, localeOf(language));
      made.set(key, format);
    }
    return String(format.format(values));
  };
}

/** The remembered language, else the first of the browser's that we have, else Ukrainian. */
export function pickLanguage(remembered: string | null, preferred: readonly string[]): Language {
  for (const wanted of [remembered ?? "", ...preferred]) {
    const found = LANGUAGES.find(({ language }) => wanted.toLowerCase().split("-")[0] === language);
    if (found) return found.language;
  }
  return "uk";
}
