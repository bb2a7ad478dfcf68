import type { Language } from "./event-type.ts";

const RULES = {
  uk: new Intl.PluralRules("uk"),
  ru: new Intl.PluralRules("ru"),
  en: new Intl.PluralRules("en"),
} as const;

/** The number with the word's form that it governs: 1 раз, 2 рази, 5 разів. Languages without `few` take `many` for it. */
export function counted(
  language: Language,
  count: number,
  forms: { readonly one: string; readonly few?: string; readonly many: string },
): string {
  const rule = RULES[language].select(count);
  const form = rule === "one" ? forms.one : rule === "few" ? (forms.few ?? forms.many) : forms.many;
  return `${count} ${form}`;
}
