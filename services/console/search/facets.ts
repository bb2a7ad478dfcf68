import { LABELS } from "@yardline/domain/detection";
import { valuesOf, withValues } from "@yardline/index/query/edit";
import type { Language } from "../api/types.ts";
import { askedAs, type Now, type Question } from "./question.ts";

/** What may be chosen beside the box, in the order of the page. */
export const FACET_FIELDS = ["type", "label", "camera", "zone", "route", "severity"] as const;
export type FacetField = (typeof FACET_FIELDS)[number];

/** A value with how many of what is found have it; the count of one that is chosen but was not found is 0. */
export type FacetValue = { readonly value: string; readonly count: number; readonly isChosen: boolean };

/** Values shown of a field; the rest is found by typing. */
export const VALUES_MAX = 8;

/** How many events have each value of a field, the most frequent first, and how many more values there are. */
export type FieldCounts = {
  readonly values: readonly Omit<FacetValue, "isChosen">[];
  readonly others: number;
};

/** Without the values that say the same as another: an event is found by its line's id as well as by its name. */
export function withoutIds(counts: FieldCounts, ids: ReadonlySet<string>): FieldCounts {
  return { ...counts, values: counts.values.filter(({ value }) => !ids.has(value)) };
}

/** The chosen ones first, then the most frequent. */
export function facetValues({ values }: FieldCounts, chosen: readonly string[]): readonly FacetValue[] {
  const countOf = new Map(values.map(({ value, count }) => [value, count]));
  return [
    ...chosen.map((value) => ({ value, count: countOf.get(value) ?? 0, isChosen: true })),
    ...values
      .filter(({ value }) => !chosen.includes(value))
      .map(({ value, count }) => ({ value, count, isChosen: false })),
  ];
}

/**
 * The question whose counts of a field are shown: without what is chosen of it, so that a second value can be chosen beside the first.
 * Of the same time as the whole question.
 */
export function facetQuestion(text: string, field: FacetField, question: Question, now: Now): Question {
  if (valuesOf(text, field, now).length === 0) return question;
  const asked = askedAs(withValues(text, { field, values: [], language: "en" }, now), now);
  return asked.ok ? { ...question, q: asked.question.q } : question;
}

/** The text with a value chosen, or no more. */
export function toggled(
  text: string,
  { field, value, language }: { field: FacetField; value: string; language: Language },
  now: Now,
): string {
  const chosen = valuesOf(text, field, now);
  const values = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
  return withValues(text, { field, values, language }, now);
}

export function isLabel(value: string): value is (typeof LABELS)[number] {
  return LABELS.some((label) => label === value);
}
