import { facetsOf, measuresOf } from "@yardline/events/catalogue";
import { placeOf, type YardlineEvent } from "@yardline/events/event";
import { FACETS, MEASURES } from "@yardline/events/event-type";
import { folded, wordsOf } from "./analyse.ts";
import { ENVELOPE_FIELDS, FIELDS, type Field } from "./condition.ts";
import { cellsOf } from "./geo-cells.ts";
import { stepOf } from "./measure-steps.ts";
import { textsOf } from "./texts.ts";

/**
 * Everything that an event is found by is a term in one inverted index: words, and tags for the values of its fields, the steps
 * its measures lie in and the squares its place lies in. A tag begins with `_`, which no word holds.
 */

/** Values come again and again: their tags are remembered, up to so many of a field, then from the beginning. */
const REMEMBERED_MAX = 10_000;
const remembered = new Map(FIELDS.map((field) => [field, new Map<string, string>()]));

/** The tag of a value in the form in which it is compared. */
export function tagOf(field: Field, value: string): string {
  const tags = remembered.get(field) ?? new Map<string, string>();
  const known = tags.get(value);
  if (known !== undefined) return known;
  if (tags.size >= REMEMBERED_MAX) tags.clear();
  const tag = tagsBeginOf(field) + escaped(value);
  tags.set(value, tag);
  return tag;
}

/** What all tags of a field begin with, and no others. */
export function tagsBeginOf(field: Field): string {
  return `_${field}_`;
}

/** The value that a tag of a field is of. */
export function valueOfTag(field: Field, tag: string): string {
  return tag
    .slice(tagsBeginOf(field).length)
    .replace(/_([0-9a-f]+)_/gu, (_, point) => String.fromCodePoint(Number.parseInt(point, 16)));
}

/** The tag of a zone's and a label's tags on one event: people ask for both, and their lists are long where that of both is short. */
export const pairTag = (zone: string, label: string): string => `_pair${zone}${label}`;
export const cellTag = (cell: string): string => `_cell_${cell}`;
export const stepTag = (step: string): string => `_step_${step}`;

/** The tags of an event's fields and measures, each once: those that are counted. */
export function tagsOf(event: YardlineEvent): ReadonlySet<string> {
  const tags = new Set<string>();
  for (const field of ENVELOPE_FIELDS) tags.add(tagOf(field, event[field]));
  const facets = facetsOf(event);
  for (const facet of FACETS) for (const name of facets[facet] ?? []) tags.add(tagOf(facet, folded(name)));
  const measures = measuresOf(event);
  for (const measure of MEASURES) {
    const value = measures[measure];
    // What is no number lies between no bounds.
    if (value !== undefined && !Number.isNaN(value)) tags.add(stepTag(stepOf(measure, value)));
  }
  return tags;
}

/** Everything else that it is found by; the same may come again, which costs an index less than looking. */
export function termsOf(event: YardlineEvent): readonly string[] {
  const terms: string[] = [];
  const { zone = [], label = [] } = facetsOf(event);
  for (const one of zone) {
    for (const other of label) terms.push(pairTag(tagOf("zone", folded(one)), tagOf("label", folded(other))));
  }
  const place = placeOf(event);
  if (place) for (const cell of cellsOf(place)) terms.push(cellTag(cell));
  for (const text of textsOf(event)) for (const word of wordsOf(text)) terms.push(word);
  return terms;
}

/** What is not a lower-case letter or digit of ASCII is written by its code point, so that different values stay different. */
function escaped(value: string): string {
  return value.replace(/[^a-z0-9\u{80}-\u{10ffff}]/gu, (odd) => `_${odd.codePointAt(0)?.toString(16)}_`);
}
