import type { LABELS } from "@yardline/domain/detection";
import type { Language } from "@yardline/events/event-type";
import { folded } from "../analyse.ts";
import { FIELDS, type Field } from "../condition.ts";

/** The words of the query language. Whichever language they are of, they mean the same; the first of each is the usual one. */

export type Names = Readonly<Record<Language, readonly string[]>>;

/** What stands before a colon: the names that events have, and what is asked of their numbers, place and order. */
export const FIELD_NAMES = {
  label: { uk: ["мітка", "об'єкт"], ru: ["метка", "объект"], en: ["label"] },
  zone: { uk: ["зона"], ru: ["зона"], en: ["zone"] },
  camera: { uk: ["камера"], ru: ["камера"], en: ["camera"] },
  route: { uk: ["маршрут", "лінія"], ru: ["маршрут", "линия"], en: ["route", "line"] },
  stop: { uk: ["зупинка"], ru: ["остановка"], en: ["stop"] },
  vehicle: { uk: ["борт", "автобус"], ru: ["борт", "автобус"], en: ["vehicle", "bus"] },
  type: { uk: ["тип"], ru: ["тип"], en: ["type"] },
  source: { uk: ["джерело"], ru: ["источник"], en: ["source"] },
  state: { uk: ["стан"], ru: ["состояние"], en: ["state"] },
  severity: { uk: ["важливість"], ru: ["важность"], en: ["severity"] },
  tenant: { uk: ["громада"], ru: ["община"], en: ["tenant"] },
  text: { uk: ["текст"], ru: ["текст"], en: ["text"] },
  delay: { uk: ["затримка", "запізнення"], ru: ["задержка", "опоздание"], en: ["delay"] },
  duration: { uk: ["тривалість"], ru: ["длительность"], en: ["duration"] },
  near: { uk: ["біля", "поруч"], ru: ["около", "рядом"], en: ["near"] },
  within: { uk: ["межі"], ru: ["границы"], en: ["within"] },
  sort: { uk: ["порядок"], ru: ["порядок"], en: ["sort"] },
} as const satisfies Readonly<Record<string, Names>>;
export type FieldName = keyof typeof FIELD_NAMES;

/** Values that have names of their own in each language. */
export const VALUE_NAMES = {
  label: {
    person: { uk: ["людина", "люди"], ru: ["человек", "люди"], en: ["person", "people"] },
    bicycle: { uk: ["велосипед"], ru: ["велосипед"], en: ["bicycle", "bike"] },
    car: { uk: ["автомобіль", "машина", "авто"], ru: ["автомобиль", "машина", "авто"], en: ["car"] },
    motorcycle: { uk: ["мотоцикл"], ru: ["мотоцикл"], en: ["motorcycle"] },
    bus: { uk: ["автобус"], ru: ["автобус"], en: ["bus"] },
    truck: { uk: ["вантажівка"], ru: ["грузовик"], en: ["truck"] },
    dog: { uk: ["собака"], ru: ["собака"], en: ["dog"] },
  } satisfies Readonly<Record<(typeof LABELS)[number], Names>>,
  state: {
    open: { uk: ["відкрито"], ru: ["открыто"], en: ["open"] },
    updated: { uk: ["оновлено"], ru: ["обновлено"], en: ["updated"] },
    closed: { uk: ["закрито"], ru: ["закрыто"], en: ["closed"] },
  },
  severity: {
    info: { uk: ["інформація"], ru: ["информация"], en: ["info"] },
    notice: { uk: ["увага"], ru: ["внимание"], en: ["notice"] },
    alarm: { uk: ["тривога"], ru: ["тревога"], en: ["alarm"] },
  },
  sort: {
    newest: { uk: ["нові"], ru: ["новые"], en: ["new", "newest"] },
    oldest: { uk: ["старі"], ru: ["старые"], en: ["old", "oldest"] },
  },
} as const;

/** `or` joins two sides; `and` says what standing side by side says anyway. */
export const CONNECTIVES = {
  or: { uk: ["або"], ru: ["или"], en: ["or"] },
  and: { uk: ["та", "і", "й"], ru: ["и"], en: ["and"] },
} as const;

export const DAY_WORDS = {
  today: { uk: ["сьогодні"], ru: ["сегодня"], en: ["today"] },
  yesterday: { uk: ["вчора", "учора"], ru: ["вчера"], en: ["yesterday"] },
} as const;

/** Words that begin a phrase about time. */
export const PHRASE_WORDS = {
  since: { uk: ["від", "з"], ru: ["с", "от"], en: ["since"] },
  last: {
    uk: ["останні", "остання", "останній", "останню", "останніх", "останнє"],
    ru: ["последние", "последний", "последняя", "последнюю", "последних"],
    en: ["last", "past"],
  },
  /** The preposition that people put before `last`. */
  during: { uk: ["за"], ru: ["за"], en: ["for", "in"] },
} as const;

/** How long, in words and letters. `m` is a minute. */
export const UNITS = {
  milliseconds: { uk: ["мс"], ru: ["мс"], en: ["ms"] },
  seconds: {
    uk: ["с", "сек", "секунда", "секунди", "секунд"],
    ru: ["с", "сек", "секунда", "секунды", "секунд"],
    en: ["s", "sec", "second", "seconds"],
  },
  minutes: {
    uk: ["хв", "хвилина", "хвилини", "хвилин", "хвилину"],
    ru: ["мин", "минута", "минуты", "минут", "минуту"],
    en: ["m", "min", "minute", "minutes"],
  },
  hours: {
    uk: ["год", "година", "години", "годин", "годину"],
    ru: ["ч", "час", "часа", "часов"],
    en: ["h", "hour", "hours"],
  },
  days: {
    uk: ["д", "день", "дні", "днів", "дня", "доба", "добу", "доби", "діб"],
    ru: ["д", "день", "дня", "дней", "сутки", "суток"],
    en: ["d", "day", "days"],
  },
  weeks: {
    uk: ["тиждень", "тижні", "тижнів", "тижня"],
    ru: ["неделя", "недели", "недель", "неделю"],
    en: ["w", "week", "weeks"],
  },
} as const satisfies Readonly<Record<string, Names>>;
export type Unit = keyof typeof UNITS;

/** Finds which of several things a word names, in any of the languages, whatever its case and apostrophe. */
function finder<Key extends string>(table: Readonly<Record<Key, Names>>): (word: string) => Key | undefined {
  const keys = Object.keys(table) as Key[];
  const found = new Map(
    keys.flatMap((key) => allNames(table[key]).map((name) => [folded(name), key] as const)),
  );
  return (word) => found.get(folded(word));
}

/** Every name in every language. */
export function allNames(names: Names): string[] {
  return [...names.en, ...names.uk, ...names.ru];
}

export const findField = finder(FIELD_NAMES);
export const findConnective = finder(CONNECTIVES);
export const findDayWord = finder(DAY_WORDS);
export const findPhraseWord = finder(PHRASE_WORDS);
export const findUnit = finder(UNITS);
export const findLabel = finder(VALUE_NAMES.label);
export const findState = finder(VALUE_NAMES.state);
export const findSeverity = finder(VALUE_NAMES.severity);
export const findSort = finder(VALUE_NAMES.sort);

/** Whether a name of the language is a field that every index has. */
export function isIndexField(name: FieldName): name is Field {
  return FIELDS.some((field) => field === name);
}
