import { IntlMessageFormat } from "intl-messageformat";
import type { Language } from "../api/types.ts";
import en from "./en.json" with { type: "json" };
import ru from "./ru.json" with { type: "json" };
import uk from "./uk.json" with { type: "json" };

export type MessageKey = keyof typeof en;
export type Values = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, values?: Values) => string;

/** Every text of the page in every language, in ICU message syntax. The test beside this file compares them. */
export const MESSAGES: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { uk, ru, en };

/** Each language by its own name, in the order of the switch. */
export const LANGUAGES = [
  { language: "uk", name: "Українська", short: "УКР", locale: "uk-UA" },
  { language: "ru", name: "Русский", short: "РУС", locale: "ru-RU" },
  { language: "en", name: "English", short: "ENG", locale: "en-GB" },
] as const satisfies readonly { language: Language; name: string; short: string; locale: string }[];

export const localeOf = (language: Language) =>
  LANGUAGES.find((each) => each.language === language)?.locale ?? "uk-UA";

/** The texts of one language; a message is parsed when it is first said. */
export function createTranslate(language: Language): Translate {
  const parsed = new Map<MessageKey, IntlMessageFormat>();
  return (key, values) => {
    let message = parsed.get(key);
    if (!message) {
      message = new IntlMessageFormat(MESSAGES[language][key], localeOf(language));
      parsed.set(key, message);
    }
    return String(message.format(values));
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
