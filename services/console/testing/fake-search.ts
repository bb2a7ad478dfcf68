import { type Condition, FIELDS, type Field, holds, valuesOf } from "@yardline/index/condition";
import { parseQuery } from "@yardline/index/query";
import type { ApiEvent } from "../api/types.ts";

const TIMEZONE = "Europe/Kyiv";
const HOUR_MS = 3_600_000;

type Answer = { readonly body: object; readonly status: number };
const ok = (body: object): Answer => ({ body, status: 200 });

/** What the API answers to questions for events, by the same language and the same meaning of a condition. */
export function searchAnswer(
  events: readonly ApiEvent[],
  { pathname, searchParams: params }: URL,
): Answer | undefined {
  const answer = ANSWERS[pathname];
  if (!answer) return undefined;
  const now = { now_ms: Date.now(), timezone: TIMEZONE };
  const parsed = parseQuery(params.get("q") ?? "", now);
  if (!parsed.ok) {
    const { problems: errors } = parsed;
    const detail = errors.map(({ at, message }) => `q, character ${at + 1}: ${message.en}`).join(" ");
    const type = "urn:yardline:problem:invalid-query";
    return { body: { type, title: "Bad request", status: 400, detail, errors }, status: 400 };
  }
  const { where, order, from_ms = 0, to_ms = Number.POSITIVE_INFINITY } = parsed.query;
  const from = Math.max(from_ms, Date.parse(params.get("from") ?? "1970-01-01"));
  const to = Math.min(to_ms, Date.parse(params.get("to") ?? "2200-01-01"));
  const asked = { op: "all", of: [...asCondition(params), ...(where ? [where] : [])] } as const;
  const stretch = between(events, from, to);
  const found = asked.of.length > 0 ? stretch.filter((event) => holds(asked, event)) : stretch;
  return ok(answer(order === "oldest" ? found.reverse() : found, params));
}

const ANSWERS: Readonly<Record<string, (found: readonly ApiEvent[], params: URLSearchParams) => object>> = {
  "/v1/events": pageOf,
  "/v1/events/count": ({ length }) => ({ value: Math.min(10_000, length), exact: length < 10_000 }),
  "/v1/events/histogram": histogramOf,
  "/v1/events/facets": facetsOf,
};

/** Newest first, and occurrences begin with their time: a stretch of time is a stretch of the list. */
function between(events: readonly ApiEvent[], from_ms: number, to_ms: number): ApiEvent[] {
  return events.slice(firstBefore(events, to_ms), firstBefore(events, from_ms));
}

/** Where the events before a moment begin, by halves. */
function firstBefore(events: readonly ApiEvent[], at_ms: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Date.parse(events[middle]?.time ?? "") < at_ms) high = middle;
    else low = middle + 1;
  }
  return low;
}

function asCondition(params: URLSearchParams): Condition[] {
  const text = params.get("text");
  const fields = (["type", "source", "label"] as const).flatMap((field): Condition[] => {
    const values = params.getAll(field);
    if (values.length === 0) return [];
    const is = { op: "is", field, values } as const;
    return field === "label" ? [{ op: "any", of: [is, { ...is, field: "route" }] }] : [is];
  });
  return [...fields, ...(text ? [{ op: "words", text } as const] : [])];
}

/** A cursor is the number of events before the page. */
function pageOf(found: readonly ApiEvent[], params: URLSearchParams): object {
  const from = Number(params.get("cursor") ?? 0);
  const next = from + Number(params.get("limit") ?? 50);
  return { events: found.slice(from, next), ...(next < found.length && { cursor: String(next) }) };
}

function histogramOf(found: readonly ApiEvent[], params: URLSearchParams): object {
  const every = params.get("every") ?? "";
  const counts = new Map<string, number>();
  for (const { time, severity } of found) {
    const key = `${beginOf(every, Date.parse(time))} ${params.get("by") === "severity" ? severity : ""}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const buckets = [...counts]
    .map(([key, count]) => {
      const [at_ms, value] = key.split(" ");
      return { at: new Date(Number(at_ms)).toISOString(), ...(value && { value }), count };
    })
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return { timezone: TIMEZONE, buckets };
}

const SLICE_MS: Readonly<Record<string, number>> = {
  minute: HOUR_MS / 60,
  "ten-minutes": HOUR_MS / 6,
  hour: HOUR_MS,
};

function beginOf(every: string, at_ms: number): number {
  const slice_ms = SLICE_MS[every];
  if (slice_ms !== undefined) return at_ms - (at_ms % slice_ms);
  const local = Temporal.Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(TIMEZONE);
  return local.startOfDay().epochMilliseconds;
}

function facetsOf(found: readonly ApiEvent[], params: URLSearchParams): object {
  const limit = Number(params.get("limit") ?? 20);
  const fields = params.getAll("by").filter((by): by is Field => FIELDS.some((field) => field === by));
  return {
    facets: fields.map((field) => {
      const counts = new Map<string, number>();
      for (const event of found) {
        for (const value of namesIn(event, field)) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const values = [...counts].map(([value, count]) => ({ value, count }));
      values.sort((a, b) => b.count - a.count);
      return { field, values: values.slice(0, limit), others: Math.max(0, values.length - limit) };
    }),
  };
}

const known = new WeakMap<object, Map<Field, readonly string[]>>();

/** Many events of a large town say the same: what was read once is read. */
function namesIn(event: ApiEvent, field: Field): readonly string[] {
  if (field === "severity") return [event.severity];
  const names = known.get(event.data) ?? new Map<Field, readonly string[]>();
  known.set(event.data, names);
  const values = names.get(field) ?? valuesOf(event, field);
  names.set(field, values);
  return values;
}
