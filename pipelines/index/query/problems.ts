import type { Language } from "@yardline/events/event-type";
import { HOURS_DAYS_MAX } from "../event-index.ts";

/** What is wrong with a query, where, and how to mend it. */
export type QueryProblem = {
  /** Where it begins and how long it is, in UTF-16 units of the text. */
  readonly at: number;
  readonly length: number;
  /** Stable, for programs. */
  readonly code: ProblemCode;
  readonly message: Readonly<Record<Language, string>>;
};

/** A part of the text. */
export type Part = { readonly at: number; readonly length: number };

/** Longest query, in UTF-16 units. */
export const QUERY_LENGTH_MAX = 1_000;
/** Most values of one field. */
export const VALUES_MAX = 50;
/** Most parentheses within each other. */
export const NESTING_MAX = 10;
/** Widest circle: a town and its region. */
export const RADIUS_M_MAX = 200_000;

/** The message of each problem; `{name}` stands for what the query itself says or should say. */
const MESSAGES = {
  "too-long": {
    uk: `Запит довший за ${QUERY_LENGTH_MAX} знаків: скоротіть його.`,
    ru: `Запрос длиннее ${QUERY_LENGTH_MAX} знаков: сократите его.`,
    en: `The query is longer than ${QUERY_LENGTH_MAX} characters: shorten it.`,
  },
  "quote-open": {
    uk: "Лапки не закрито: додайте закривні.",
    ru: "Кавычки не закрыты: добавьте закрывающие.",
    en: "The quotation mark is not closed: add the closing one.",
  },
  "field-unknown": {
    uk: "Немає поля «{name}». Найближче: {hint}. Якщо це текст, візьміть його в лапки.",
    ru: "Нет поля «{name}». Ближайшее: {hint}. Если это текст, возьмите его в кавычки.",
    en: "There is no field “{name}”. The nearest is {hint}. If it is text, put it in quotation marks.",
  },
  "field-refused": {
    uk: "Про «{name}» тут не питають: приберіть це.",
    ru: "О «{name}» здесь не спрашивают: уберите это.",
    en: "“{name}” is not asked about here: leave it out.",
  },
  "value-missing": {
    uk: "Після двокрапки нічого немає: напишіть {hint}.",
    ru: "После двоеточия ничего нет: напишите {hint}.",
    en: "Nothing follows the colon: write {hint}.",
  },
  "value-unknown": {
    uk: "«{name}» тут не буває. Можна: {hint}.",
    ru: "«{name}» здесь не бывает. Можно: {hint}.",
    en: "“{name}” is none of these: {hint}.",
  },
  "values-too-many": {
    uk: `Забагато значень: не більше ${VALUES_MAX}.`,
    ru: `Слишком много значений: не больше ${VALUES_MAX}.`,
    en: `Too many values: at most ${VALUES_MAX}.`,
  },
  measure: {
    uk: "Порівняйте з тривалістю: {name}:>5m, {name}:<=90s або {name}:2m..10m.",
    ru: "Сравните с длительностью: {name}:>5m, {name}:<=90s или {name}:2m..10m.",
    en: "Compare it with a duration: {name}:>5m, {name}:<=90s or {name}:2m..10m.",
  },
  near: {
    uk: `Напишіть широту, довготу й радіус до ${RADIUS_M_MAX / 1000} км: near:50.45,30.52,300m.`,
    ru: `Напишите широту, долготу и радиус до ${RADIUS_M_MAX / 1000} км: near:50.45,30.52,300m.`,
    en: `Write latitude, longitude and a radius of at most ${RADIUS_M_MAX / 1000} km: near:50.45,30.52,300m.`,
  },
  within: {
    uk: "Напишіть захід, південь, схід і північ у градусах: within:30.45,50.42,30.60,50.50.",
    ru: "Напишите запад, юг, восток и север в градусах: within:30.45,50.42,30.60,50.50.",
    en: "Write west, south, east and north in degrees: within:30.45,50.42,30.60,50.50.",
  },
  "time-wrong": {
    uk: "Такої дати чи години немає: «{name}».",
    ru: "Такой даты или такого часа нет: «{name}».",
    en: "There is no such date or time: “{name}”.",
  },
  "time-alone": {
    uk: "Одна година — ще не проміжок: напишіть від {name} або {name}..23:59.",
    ru: "Один час — ещё не промежуток: напишите с {name} или {name}..23:59.",
    en: "One time of day is no span: write since {name} or {name}..23:59.",
  },
  "time-backwards": {
    uk: "Кінець раніше за початок: поміняйте їх місцями.",
    ru: "Конец раньше начала: поменяйте их местами.",
    en: "It ends before it begins: swap the two.",
  },
  "time-unbounded": {
    uk: `Для годин доби потрібні дні, не більше ${HOURS_DAYS_MAX}: дайте початок або коротший час.`,
    ru: `Для часов суток нужны дни, не больше ${HOURS_DAYS_MAX}: дайте начало или более короткое время.`,
    en: `Hours of the day need at most ${HOURS_DAYS_MAX} days: give a beginning, or a shorter time.`,
  },
  twice: {
    uk: "Про це вже сказано раніше: залиште щось одне.",
    ru: "Об этом уже сказано раньше: оставьте что-то одно.",
    en: "This was said before: keep one of the two.",
  },
  "whole-only": {
    uk: "Час і порядок стосуються всього запиту: винесіть їх за дужки й приберіть мінус.",
    ru: "Время и порядок относятся ко всему запросу: вынесите их за скобки и уберите минус.",
    en: "Time and order are about the whole query: move them out of the parentheses and drop the minus.",
  },
  "word-missing": {
    uk: "Тут немає жодного слова: приберіть це.",
    ru: "Здесь нет ни одного слова: уберите это.",
    en: "There is no word in this: leave it out.",
  },
  "minus-alone": {
    uk: "Мінус пишуть упритул до того, чого не має бути: -label:dog.",
    ru: "Минус пишут вплотную к тому, чего не должно быть: -label:dog.",
    en: "A minus stands right before what must not be: -label:dog.",
  },
  "parenthesis-open": {
    uk: "Дужку не закрито: додайте закривну.",
    ru: "Скобка не закрыта: добавьте закрывающую.",
    en: "The parenthesis is not closed: add the closing one.",
  },
  "parenthesis-stray": {
    uk: "Ця дужка нічого не закриває: приберіть її.",
    ru: "Эта скобка ничего не закрывает: уберите её.",
    en: "This parenthesis closes nothing: leave it out.",
  },
  "parenthesis-empty": {
    uk: "У дужках нічого немає: приберіть їх.",
    ru: "В скобках ничего нет: уберите их.",
    en: "There is nothing in the parentheses: leave them out.",
  },
  "parenthesis-deep": {
    uk: `Не більше ${NESTING_MAX} дужок одна в одній.`,
    ru: `Не больше ${NESTING_MAX} скобок одна в другой.`,
    en: `At most ${NESTING_MAX} parentheses within each other.`,
  },
  "side-missing": {
    uk: "З одного боку «{name}» нічого немає: допишіть або приберіть.",
    ru: "С одной стороны «{name}» ничего нет: допишите или уберите.",
    en: "There is nothing on one side of “{name}”: add it or leave the word out.",
  },
} as const;

type ProblemCode = keyof typeof MESSAGES;

export function problem(
  { at, length }: Part,
  code: ProblemCode,
  { name = "", hint = "" }: { readonly name?: string; readonly hint?: string } = {},
): QueryProblem {
  // Not as patterns of `replace`: what people type may hold a dollar sign.
  const fill = (text: string) => text.replaceAll("{name}", () => name).replaceAll("{hint}", () => hint);
  const { uk, ru, en } = MESSAGES[code];
  return { at, length, code, message: { uk: fill(uk), ru: fill(ru), en: fill(en) } };
}
