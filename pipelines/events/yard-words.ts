import type { Label } from "@yardline/domain/detection";
import type { Language } from "./event-type.ts";
import { counted } from "./plural.ts";

/** A thing that a camera sees, as the subject of a sentence. */
const NAMES: Readonly<Record<Label, Readonly<Record<Language, string>>>> = {
  person: { uk: "Людина", ru: "Человек", en: "A person" },
  bicycle: { uk: "Велосипед", ru: "Велосипед", en: "A bicycle" },
  car: { uk: "Автомобіль", ru: "Автомобиль", en: "A car" },
  motorcycle: { uk: "Мотоцикл", ru: "Мотоцикл", en: "A motorcycle" },
  bus: { uk: "Автобус", ru: "Автобус", en: "A bus" },
  truck: { uk: "Вантажівка", ru: "Грузовик", en: "A truck" },
  dog: { uk: "Собака", ru: "Собака", en: "A dog" },
};

export function nameOf(label: Label, language: Language): string {
  return NAMES[label][language];
}

/** In which zone, in the middle of a sentence; `all` is the whole picture. */
export function placeIn(zone: string, language: Language): string {
  if (zone === "all") return { uk: "у кадрі", ru: "в кадре", en: "in view" }[language];
  return { uk: `у зоні «${zone}»`, ru: `в зоне «${zone}»`, en: `in zone “${zone}”` }[language];
}

/** How sure the detector was at best. */
export function scoreIn(score: number, language: Language): string {
  const percent = `${Math.round(score * 100)} %`;
  return {
    uk: `найкраща впевненість ${percent}`,
    ru: `лучшая уверенность ${percent}`,
    en: `best score ${percent}`,
  }[language];
}

const TIMES = {
  uk: { one: "раз", few: "рази", many: "разів" },
  ru: { one: "раз", few: "раза", many: "раз" },
  en: { one: "time", many: "times" },
} as const;

/** So many times. */
export function timesIn(count: number, language: Language): string {
  return counted(language, count, TIMES[language]);
}

/** A measured number with one digit after the point, or the comma. */
export function measured(value: number, language: Language): string {
  const text = value.toFixed(1);
  return language === "en" ? text : text.replace(".", ",");
}

/** Whole seconds between two instants; what began has lasted a part of one at least. */
export function lastedIn(since: string, until: string): number {
  return Math.ceil((Date.parse(until) - Date.parse(since)) / 1000);
}
