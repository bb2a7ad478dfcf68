import { distance_m, type LatLon } from "@yardline/domain/geo";
import { facetsOf, measuresOf } from "@yardline/events/catalogue";
import { placeOf, type YardlineEvent } from "@yardline/events/event";
import { FACETS, type Facet, type Measure } from "@yardline/events/event-type";
import { folded, queryWordsOf, wordsOf } from "./analyse.ts";
import { textsOf } from "./texts.ts";

/** South-west and north-east corners, degrees, edges included; not across the antimeridian. */
export type GeoBox = {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

/** Fields of the envelope that are compared as they are. */
export const ENVELOPE_FIELDS = ["source", "type", "tenant", "state", "severity"] as const;
/** What an event has names in. Those of the catalogue are compared folded: whatever case, alphabet of a code, or apostrophe. */
export const FIELDS = [...ENVELOPE_FIELDS, ...FACETS] as const;
export type Field = (typeof FIELDS)[number];

/**
 * The closed tree that every question is made of, whatever language it was asked in, and that every index understands.
 * `all` of nothing holds always, `any` of nothing never; `is` holds when any of the values is one of the event's.
 */
export type Condition =
  | { readonly op: "all"; readonly of: readonly Condition[] }
  | { readonly op: "any"; readonly of: readonly Condition[] }
  | { readonly op: "not"; readonly of: Condition }
  | { readonly op: "is"; readonly field: Field; readonly values: readonly string[] }
  /** Words that must all occur in the event's sentences or text fields, in any order and form. */
  | { readonly op: "words"; readonly text: string }
  /** Bounds included; an event without the measure never fits. */
  | { readonly op: "measure"; readonly measure: Measure; readonly min?: number; readonly max?: number }
  | { readonly op: "box"; readonly box: GeoBox }
  | { readonly op: "circle"; readonly center: LatLon; readonly radius_m: number };

/** What a condition means, by the letter. Engines may be quicker, never different. */
export function holds(condition: Condition, event: YardlineEvent): boolean {
  switch (condition.op) {
    case "all":
      return condition.of.every((each) => holds(each, event));
    case "any":
      return condition.of.some((each) => holds(each, event));
    case "not":
      return !holds(condition.of, event);
    case "is":
      return isOne(condition.field, condition.values, event);
    case "words":
      return says(condition.text, event);
    case "measure": {
      const value = measuresOf(event)[condition.measure];
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = condition;
      return value !== undefined && value >= min && value <= max;
    }
    case "box": {
      const place = placeOf(event);
      return place !== undefined && isInBox(condition.box, place);
    }
    case "circle": {
      const place = placeOf(event);
      return place !== undefined && distance_m(condition.center, place) <= condition.radius_m;
    }
  }
}

/** The values of an event in a field, in the form in which they are compared. */
export function valuesOf(event: YardlineEvent, field: Field): readonly string[] {
  return isFacet(field) ? (facetsOf(event)[field] ?? []).map(folded) : [event[field]];
}

/** A value of a question in the form in which it is compared. */
export function comparable(field: Field, value: string): string {
  return isFacet(field) ? folded(value) : value;
}

function isFacet(field: Field): field is Facet {
  return FACETS.some((each) => each === field);
}

function isOne(field: Field, values: readonly string[], event: YardlineEvent): boolean {
  const own = valuesOf(event, field);
  return values.some((value) => own.includes(comparable(field, value)));
}

function says(text: string, event: YardlineEvent): boolean {
  const words = textsOf(event).flatMap(wordsOf);
  return queryWordsOf(text).every(({ word, prefix }) =>
    words.some((each) => (prefix ? each.startsWith(word) : each === word)),
  );
}

function isInBox({ west, south, east, north }: GeoBox, { latitude, longitude }: LatLon): boolean {
  return latitude >= south && latitude <= north && longitude >= west && longitude <= east;
}
