import type { estypes } from "@elastic/elasticsearch";
import { distance_m, EARTH_RADIUS_M, type LatLon } from "@yardline/domain/geo";
import { queryWordsOf } from "./analyse.ts";
import { type Condition, comparable, type GeoBox } from "./condition.ts";
import { termOf } from "./elastic-mapping.ts";
import type { Span } from "./plan.ts";

type Query = estypes.QueryDslQueryContainer;
export type Circle = Extract<Condition, { op: "circle" }>;

/** No two places of the earth are farther apart. */
const FARTHEST_M = Math.PI * EARTH_RADIUS_M;
/** How far Elasticsearch's idea of a distance may be from ours: it keeps places to a centimetre and its arcsine to 1e-7. */
const EDGE_M = 2;
const EDGE_DEGREES = 1e-6;

const EVERYTHING: Query = { match_all: {} };
const NOTHING: Query = { match_none: {} };

/** The places, as geo URIs, that lie so near a circle's edge that only we can tell, and of which we said that they are inside. */
export type Edges = ReadonlyMap<Circle, readonly string[]>;

/** A condition in Elasticsearch's language, to the letter: it lets through what `holds` lets through. */
export function queryOf(condition: Condition, edges: Edges): Query {
  switch (condition.op) {
    case "all":
      return { bool: { filter: condition.of.map((each) => queryOf(each, edges)) } };
    case "any":
      return anyOf(condition.of.map((each) => queryOf(each, edges)));
    case "not":
      return { bool: { must_not: queryOf(condition.of, edges) } };
    case "is": {
      const { field, values } = condition;
      return { terms: { [field]: values.map((value) => termOf(comparable(field, value))) } };
    }
    case "words":
      return wordsQuery(condition.text);
    case "measure":
      return measureQuery(condition);
    case "box":
      return boxQuery(condition.box);
    case "circle":
      return anyOf([within(condition, -EDGE_M), { terms: { place: [...(edges.get(condition) ?? [])] } }]);
  }
}

/** The events that any of the spans holds. */
export function spansQuery(spans: readonly Span[]): Query {
  return anyOf(spans.map(({ from_ms, to_ms }) => ({ range: { at: { gte: from_ms, lt: to_ms } } })));
}

/** All circles of a condition. */
export function circlesIn(condition: Condition): Circle[] {
  if (condition.op === "circle") return [condition];
  if (condition.op === "not") return circlesIn(condition.of);
  return condition.op === "all" || condition.op === "any" ? condition.of.flatMap(circlesIn) : [];
}

/** What lies near the edge of a circle. */
export function edgeQuery(circle: Circle): Query {
  return { bool: { filter: within(circle, EDGE_M), must_not: within(circle, -EDGE_M) } };
}

export function isInside({ center, radius_m }: Circle, place: LatLon | undefined): boolean {
  return place !== undefined && distance_m(center, place) <= radius_m;
}

function within({ center, radius_m }: Circle, more_m: number): Query {
  const distance = radius_m + more_m;
  if (distance <= 0) return NOTHING;
  if (distance >= FARTHEST_M) return { exists: { field: "location" } };
  const location = { lat: center.latitude, lon: center.longitude };
  return { geo_distance: { distance: `${distance}m`, location } };
}

/** The engine's own box finds candidates, the numbers decide. */
function boxQuery({ west, south, east, north }: GeoBox): Query {
  const location = {
    left: Math.max(-180, west - EDGE_DEGREES),
    right: Math.min(180, east + EDGE_DEGREES),
    bottom: Math.max(-90, south - EDGE_DEGREES),
    top: Math.min(90, north + EDGE_DEGREES),
  };
  return {
    bool: {
      filter: [
        { geo_bounding_box: { location } },
        { range: { latitude: { gte: south, lte: north } } },
        { range: { longitude: { gte: west, lte: east } } },
      ],
    },
  };
}

function wordsQuery(text: string): Query {
  const words = queryWordsOf(text).map(
    ({ word, prefix }): Query => (prefix ? { prefix: { words: word } } : { term: { words: word } }),
  );
  return words.length === 0 ? EVERYTHING : { bool: { filter: words } };
}

function measureQuery({ measure, min, max }: Extract<Condition, { op: "measure" }>): Query {
  if (min === Number.POSITIVE_INFINITY || max === Number.NEGATIVE_INFINITY) return NOTHING;
  // JSON has no infinity; without it there is no bound.
  const gte = Number.isFinite(min) ? min : undefined;
  const lte = Number.isFinite(max) ? max : undefined;
  if (gte === undefined && lte === undefined) return { exists: { field: measure } };
  return { range: { [measure]: { ...(gte !== undefined && { gte }), ...(lte !== undefined && { lte }) } } };
}

function anyOf(queries: Query[]): Query {
  return queries.length === 0 ? NOTHING : { bool: { should: queries, minimum_should_match: 1 } };
}
