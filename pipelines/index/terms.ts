import { findEntryOf, labelsOf, sentenceOf } from "@yardline/events/catalogue";
import { placeOf, type YardlineEvent } from "@yardline/events/event";
import { LANGUAGES } from "@yardline/events/event-type";
import { queryWordsOf, wordsOf } from "./analyse.ts";
import type { EventQuery } from "./event-index.ts";
import { boxAround, cellsOf, coverOf } from "./geo-cells.ts";

/**
 * Everything that an event is found by is a term in one inverted index: words, and tags for source, type, label, tenant and
 * the squares its place lies in. A tag begins with `_`, which no word holds.
 */

/** Some term of `any` must be there; with `prefix`, some term that begins with it. */
export type Clause = { readonly any: readonly string[]; readonly prefix: boolean };

type Tag = "source" | "type" | "label" | "tenant" | "cell";

/** What is not a lower-case letter or digit of ASCII is written by its code point, so that different values stay different. */
function tag(kind: Tag, value: string): string {
  const plain = value.replace(
    /[^a-z0-9\u{80}-\u{10ffff}]/gu,
    (odd) => `_${odd.codePointAt(0)?.toString(16)}_`,
  );
  return `_${kind}_${plain}`;
}

/** The terms of one event. */
export function termsOf(event: YardlineEvent): Set<string> {
  const place = placeOf(event);
  return new Set([
    tag("source", event.source),
    tag("type", event.type),
    tag("tenant", event.tenant),
    ...labelsOf(event).map((label) => tag("label", label)),
    ...(place ? cellsOf(place).map((cell) => tag("cell", cell)) : []),
    ...textsOf(event).flatMap(wordsOf),
  ]);
}

/** The terms that a question asks for: every clause must hold. Areas are only narrowed down, their edge is for the caller. */
export function clausesOf({ sources, types, labels, tenants, text, box, circle }: EventQuery): Clause[] {
  const tagged = (kind: Tag, values: readonly string[] | undefined): Clause[] =>
    values ? [{ any: values.map((value) => tag(kind, value)), prefix: false }] : [];
  const around = circle && boxAround(circle.center, circle.radius_m);
  return [
    ...tagged("source", sources),
    ...tagged("type", types),
    ...tagged("label", labels),
    ...tagged("tenant", tenants),
    ...tagged("cell", box && coverOf(box)),
    ...tagged("cell", around && coverOf(around)),
    ...queryWordsOf(text ?? "").map(({ word, prefix }) => ({ any: [word], prefix })),
  ];
}

export function holds(clauses: readonly Clause[], terms: ReadonlySet<string>): boolean {
  return clauses.every(({ any, prefix }) =>
    any.some((wanted) => (prefix ? [...terms].some((term) => term.startsWith(wanted)) : terms.has(wanted))),
  );
}

/** The question in FTS5's language. */
export function matchOf(clauses: readonly Clause[]): string {
  return clauses
    .map(({ any, prefix }) => `(${any.map((term) => `"${term}"${prefix ? " *" : ""}`).join(" OR ")})`)
    .join(" AND ");
}

/**
 * The texts that an event is searched by: its sentences and the text fields that its schema names. Personal fields are left
 * out, because they live shorter than the rest; so are instants, which are no words.
 */
export function textsOf(event: YardlineEvent): string[] {
  const sentences = LANGUAGES.map((language) => sentenceOf(event, language));
  const entry = findEntryOf(event);
  if (!entry) return sentences;
  const fields = Object.keys(entry.data.properties).filter(
    (field) => !entry.retention.personal.includes(field),
  );
  return [...sentences, ...fields.flatMap((field) => stringsIn(event.data[field]))];
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return INSTANT.test(value) ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
