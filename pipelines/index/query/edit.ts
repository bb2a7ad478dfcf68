import type { Language } from "@yardline/events/event-type";
import { comparable, type Field } from "../condition.ts";
import type { Now } from "./calendar.ts";
import { printValue } from "./print.ts";
import type { Part } from "./problems.ts";
import { scan, type Term } from "./scan.ts";
import { readTime } from "./time.ts";
import {
  FIELD_NAMES,
  type FieldName,
  findConnective,
  findField,
  findLabel,
  findSeverity,
  findState,
  type Names,
  VALUE_NAMES,
} from "./words.ts";

/**
 * Changes of a text that a person goes on editing: a list of choices beside the search box writes into it and reads out of it, so
 * that the text stays the only state. What is about the whole question is looked at; what stands in parentheses is left alone.
 */

/** Words of time are at most so many: "за останні 30 днів". */
const PHRASE_WORDS_MAX = 4;

type FieldTerm = Extract<Term, { kind: "term" }>;

/** The parts of a text that are about the whole question, by what they say. */
type Outline = {
  readonly spans: readonly Part[];
  readonly hours: readonly Part[];
  readonly orders: readonly Part[];
  readonly filters: readonly FieldTerm[];
  /** Whether `or` stands outside of all parentheses: then no filter is about the whole. */
  readonly isJoined: boolean;
};

/** The values of a field that everything found must have one of, in the form in which they are compared. */
export function valuesOf(text: string, field: Field, now: Now): readonly string[] {
  const { filters, isJoined } = outlineOf(text, now);
  if (isJoined) return [];
  const pieces = filters.filter((term) => nameIn(term) === field).flatMap((term) => term.pieces);
  return [...new Set(pieces.map((piece) => comparedAs(field, piece.text)))];
}

/**
 * The text with these values of a field, and no others, asked of everything. None take the field away.
 * @param values in the form in which they are compared, or as people write them.
 * @param language in which the field is named.
 */
export function withValues(
  text: string,
  { field, values, language }: { field: Field; values: readonly string[]; language: Language },
  now: Now,
): string {
  const { filters, isJoined, ...outline } = outlineOf(text, now);
  const written = values.map((value) => printValue(nameOf(field, value, language)));
  const term = values.length > 0 ? `${FIELD_NAMES[field][language][0]}:${written.join(",")}` : "";
  if (!isJoined) {
    const before = filters.filter((each) => nameIn(each) === field);
    return joined(without(text, before), term);
  }
  return term === "" ? text : beside(text, term, outline);
}

/** What is joined by `or` is kept together; time and order are about the whole and stay outside. */
function beside(text: string, term: string, outline: Pick<Outline, "spans" | "hours" | "orders">): string {
  const whole = [...outline.spans, ...outline.hours, ...outline.orders].toSorted((a, b) => a.at - b.at);
  const kept = whole.map(({ at, length }) => text.slice(at, at + length));
  return joined(`(${without(text, whole)})`, term, ...kept);
}

/** The text with another time, as `yesterday`; hours of the day stay, unless the time is taken away. */
export function withTime(text: string, time: string, now: Now): string {
  const { spans, hours } = outlineOf(text, now);
  return joined(without(text, time === "" ? [...spans, ...hours] : spans), time);
}

/** The text with another place, as `near:50.45,30.52,300m`, in the stead of what is asked of everything; empty takes it away. */
export function withArea(text: string, area: string, now: Now): string {
  const { filters, isJoined, ...outline } = outlineOf(text, now);
  if (isJoined) return area === "" ? text : beside(text, area, outline);
  const before = filters.filter((term) => nameIn(term) === "near" || nameIn(term) === "within");
  return joined(without(text, before), area);
}

/** What a text says about days or instants, as it stands there; empty where it says nothing. */
export function timeOf(text: string, now: Now): string {
  return outlineOf(text, now)
    .spans.map(({ at, length }) => text.slice(at, at + length))
    .join(" ");
}

function outlineOf(text: string, now: Now): Outline {
  const terms = outerTerms(text);
  const outline = {
    spans: [] as Part[],
    hours: [] as Part[],
    orders: [] as Part[],
    filters: [] as FieldTerm[],
  };
  let isJoined = false;
  for (let at = 0; at < terms.length; ) {
    const words = plainWords(terms.slice(at, at + PHRASE_WORDS_MAX));
    const time = readTime(words, now);
    const phrase = terms.slice(at, at + (time?.words ?? 1));
    if (time) outline[time.hours === undefined ? "spans" : "hours"].push(wholeOf(phrase));
    else if (findConnective(words[0] ?? "") === "or") isJoined = true;
    else sortOut(phrase, outline);
    at += phrase.length;
  }
  return { ...outline, isJoined };
}

function wholeOf(phrase: readonly Part[]): Part {
  const [first = { at: 0, length: 0 }, last = first] = [phrase[0], phrase.at(-1)];
  return { at: first.at, length: last.at + last.length - first.at };
}

function sortOut(terms: readonly FieldTerm[], outline: { orders: Part[]; filters: FieldTerm[] }): void {
  const named = terms.filter(({ field, negated }) => field && !negated);
  outline.orders.push(...named.filter((term) => nameIn(term) === "sort"));
  outline.filters.push(...named.filter((term) => nameIn(term) !== "sort"));
}

/** The terms outside of all parentheses, with one that is nothing in the place of each pair. */
function outerTerms(text: string): readonly FieldTerm[] {
  let depth = 0;
  return scan(text).terms.flatMap((term): FieldTerm[] => {
    if (term.kind === "term") return depth > 0 ? [] : [term];
    depth = Math.max(0, depth + (term.kind === "open" ? 1 : -1));
    return depth === 1 && term.kind === "open" ? [{ ...term, kind: "term", negated: true, pieces: [] }] : [];
  });
}

/** The words that these terms begin with, up to the first that is none. */
function plainWords(terms: readonly FieldTerm[]): string[] {
  const end = terms.findIndex(
    ({ field, negated, pieces }) => field || negated || pieces.length !== 1 || pieces[0]?.quoted,
  );
  return terms.slice(0, end < 0 ? terms.length : end).flatMap(({ pieces }) => pieces[0]?.text ?? []);
}

function nameIn({ field }: FieldTerm): FieldName | undefined {
  return field && findField(field.text);
}

function comparedAs(field: Field, text: string): string {
  if (field === "label") return findLabel(text) ?? comparable(field, text);
  if (field === "state") return findState(text) ?? text;
  if (field === "severity") return findSeverity(text) ?? text;
  return comparable(field, text);
}

/** A value in the words of a language, where it has any. */
function nameOf(field: Field, value: string, language: Language): string {
  if (field !== "label" && field !== "state" && field !== "severity") return value;
  const named: Readonly<Record<string, Names>> = VALUE_NAMES[field];
  return named[value]?.[language][0] ?? value;
}

function without(text: string, parts: readonly Part[]): string {
  const last = parts.toSorted((a, b) => b.at - a.at);
  return last
    .reduce(
      (left, { at, length }) => `${left.slice(0, at).trimEnd()} ${left.slice(at + length).trimStart()}`,
      text,
    )
    .trim();
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}
