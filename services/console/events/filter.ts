import type { ApiEvent } from "../api/types.ts";
import { findKind, KINDS, type Kind, labelsOf, TYPES_OF_KIND } from "./kinds.ts";

/** How far back to look. */
export const WITHIN_S = { "15m": 900, "1h": 3_600, "24h": 86_400, "7d": 604_800 } as const;
export type Within = keyof typeof WITHIN_S;
export const WITHINS: readonly Within[] = ["15m", "1h", "24h", "7d"];

/** What the list is narrowed to; every field that is given must hold. */
export type Filter = {
  readonly kind?: Kind;
  readonly label?: string;
  /** `camera/{id}` or `feed/{id}`. */
  readonly source?: string;
  /** Words that must all occur. */
  readonly text?: string;
  readonly within?: Within;
};

/** Reads a filter out of an address; what it does not know it leaves out. */
export function parseFilter(params: URLSearchParams): Filter {
  const kind = KINDS.find((each) => each === params.get("kind"));
  const within = WITHINS.find((each) => each === params.get("within"));
  const [label, source, text] = ["label", "source", "text"].map((name) => params.get(name) ?? "");
  return {
    ...(kind && { kind }),
    ...(label && { label }),
    ...(source && { source }),
    ...(text && { text }),
    ...(within && { within }),
  };
}

/** The filter with some fields set anew; an empty value takes the field away. */
export function withField(filter: Filter, field: keyof Filter, value: string): Filter {
  const params = new URLSearchParams(Object.entries(filter));
  params.set(field, value);
  return parseFilter(params);
}

export const isNarrowed = (filter: Filter) => Object.keys(filter).length > 0;

/** The API's query of a page of events, `?` included. */
export function formatQuery(
  filter: Filter,
  now_ms: number,
  page: { limit: number; cursor?: string; to?: string },
): string {
  const params = new URLSearchParams({ limit: String(page.limit) });
  for (const type of filter.kind ? TYPES_OF_KIND[filter.kind] : []) params.append("type", type);
  if (filter.label) params.set("label", filter.label);
  if (filter.source) params.set("source", filter.source);
  if (filter.text) params.set("text", filter.text);
  if (filter.within) params.set("from", new Date(now_ms - WITHIN_S[filter.within] * 1000).toISOString());
  if (page.to) params.set("to", page.to);
  if (page.cursor) params.set("cursor", page.cursor);
  return `?${params}`;
}

/** Whether a new live event belongs to the list; the server decides for all others. New ones are within any time. */
export function matchesFilter(event: ApiEvent, filter: Filter): boolean {
  return (
    (!filter.kind || findKind(event.type) === filter.kind) &&
    (!filter.label || labelsOf(event).includes(filter.label)) &&
    (!filter.source || event.source === filter.source) &&
    (!filter.text || holdsWords(event, filter.text))
  );
}

function holdsWords({ sentence, data }: ApiEvent, text: string): boolean {
  const said = [
    ...Object.values(sentence),
    ...Object.values(data).filter((each) => typeof each === "string"),
  ];
  const haystack = said.join(" ").toLocaleLowerCase();
  return text
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}
