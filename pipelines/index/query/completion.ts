import { LANGUAGES, type Language } from "@yardline/events/event-type";
import { folded } from "../analyse.ts";
import type { Field } from "../condition.ts";
import { printValue } from "./print.ts";
import { scan, type Term } from "./scan.ts";
import {
  CONNECTIVES,
  DAY_WORDS,
  FIELD_NAMES,
  type FieldName,
  findField,
  type Names,
  VALUE_NAMES,
} from "./words.ts";

/** Names that occur in this town, for the fields that the caller knows. */
export type Known = Partial<Record<Field, readonly string[]>>;

export type Completion = {
  /** What to put in the place of the range. */
  readonly text: string;
  readonly kind: "field" | "value" | "time" | "operator";
};

export type Completions = {
  /** The part of the text that a chosen completion replaces, in UTF-16 units: `to` excluded. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
};

/** Most completions offered at once. */
export const COMPLETIONS_MAX = 20;

/** Amounts that are worth typing, by example. */
const EXAMPLES: Partial<Record<FieldName, readonly string[]>> = {
  delay: [">5m", ">10m", "<-1m", "2m..10m"],
  duration: [">30s", ">5m", "<1m", "1m..10m"],
};

/** Times by example; the days of the last weeks are typed by number. */
const TIMES: readonly Names[] = [
  DAY_WORDS.today,
  DAY_WORDS.yesterday,
  { uk: ["остання година"], ru: ["последний час"], en: ["last hour"] },
  { uk: ["остання доба"], ru: ["последние сутки"], en: ["last day"] },
  { uk: ["останні 7 днів"], ru: ["последние 7 дней"], en: ["last 7 days"] },
  { uk: ["останні 30 днів"], ru: ["последние 30 дней"], en: ["last 30 days"] },
  { uk: ["з 18:00"], ru: ["с 18:00"], en: ["since 18:00"] },
  { uk: ["22:00..06:00"], ru: ["22:00..06:00"], en: ["22:00..06:00"] },
];

/**
 * What a person may go on typing at a place of a query: fields, values of the field there, words of time and `or`. Whatever
 * language the word there has begun in is gone on in; where none has begun, it is the caller's.
 */
export function completionsAt(
  text: string,
  cursor: number,
  { known, language }: { readonly known: Known; readonly language: Language },
): Completions {
  const end = Math.max(0, Math.min(cursor, text.length));
  const before = text.slice(0, end);
  const term = termAtEnd(before);
  if (!term) return { from: end, to: end, options: wordOptions("", language, before.trim() !== "") };
  if (!term.field) {
    const [piece] = term.pieces;
    if (term.pieces.length !== 1 || !piece || piece.quoted) return { from: end, to: end, options: [] };
    return { from: piece.at, to: end, options: wordOptions(piece.text, language, piece.at > 0) };
  }
  const name = findField(term.field.text);
  const last = before.endsWith(",") || before.endsWith(":") ? undefined : term.pieces.at(-1);
  const from = last?.at ?? end;
  const options = name ? valueOptions(name, last?.text ?? "", known, language) : [];
  return { from, to: end, options };
}

type FieldTerm = Extract<Term, { kind: "term" }>;

/** The term that the text ends in the middle of. */
function termAtEnd(text: string): FieldTerm | undefined {
  const last = scan(text).terms.at(-1);
  return last?.kind === "term" && last.at + last.length === text.length ? last : undefined;
}

function wordOptions(typed: string, language: Language, hasWords: boolean): Completion[] {
  const fields = Object.entries(FIELD_NAMES).filter(([name]) => name !== "tenant" && name !== "text");
  return [
    ...namesLike(
      fields.map(([, names]) => names),
      typed,
      language,
    ).map((name): Completion => ({ text: `${name}:`, kind: "field" })),
    ...namesLike(TIMES, typed, language).map((name): Completion => ({ text: name, kind: "time" })),
    ...(hasWords ? namesLike([CONNECTIVES.or], typed, language) : []).map(
      (name): Completion => ({ text: name, kind: "operator" }),
    ),
  ].slice(0, COMPLETIONS_MAX);
}

/** Of each thing the first name that goes on from what was typed, the given language's before the others'. */
function namesLike(things: readonly Names[], typed: string, language: Language): string[] {
  const start = typed.toLowerCase();
  const order = [language, ...LANGUAGES.filter((each) => each !== language)];
  const found = things.flatMap((names) => {
    const offered = start === "" ? [names[language][0]] : order.flatMap((each) => names[each]);
    return offered.find((name) => name?.startsWith(start)) ?? [];
  });
  return [...new Set(found)];
}

function valueOptions(name: FieldName, typed: string, known: Known, language: Language): Completion[] {
  const named = namesOfValues(name, typed, language);
  const own = (known as Partial<Record<FieldName, readonly string[]>>)[name] ?? [];
  const values = [...named, ...own.filter((value) => isLike(value, typed)), ...examplesOf(name, typed)];
  return [...new Set(values)]
    .slice(0, COMPLETIONS_MAX)
    .map((value) => ({ text: printValue(value), kind: "value" }));
}

function namesOfValues(name: FieldName, typed: string, language: Language): string[] {
  if (name !== "label" && name !== "state" && name !== "severity" && name !== "sort") return [];
  return namesLike(Object.values<Names>(VALUE_NAMES[name]), typed, language);
}

function examplesOf(name: FieldName, start: string): string[] {
  return (EXAMPLES[name] ?? []).filter((example) => example.startsWith(start));
}

/** Whether a name, or a word of it, begins so: by its letters, or as names are compared (a code in either alphabet). */
function isLike(value: string, typed: string): boolean {
  return [plain, folded].some((form) => ` ${form(value)}`.includes(` ${form(typed)}`));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/['’ʼ]/gu, "").replaceAll("ё", "е");
}
