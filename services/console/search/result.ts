import type { ApiEvent, EventPage } from "../api/types.ts";
import type { Period, Question } from "./question.ts";

/**
 * What a question found, once for the list, the map and the timeline. Counts over time come first: they say how many there are, and where in the
 * list the events of each hour stand, so that any place of a hundred thousand is gone to without what is before it.
 */
export type Result = {
  readonly question: Question;
  readonly counts: Counts;
  /** In the order of the list. */
  readonly chunks: readonly Chunk[];
  /** How many there are: exact, unless events come late or go while one looks. */
  readonly total: number;
};

export const SEVERITIES = ["info", "notice", "alarm"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** An hour or a day, from its begin on. */
export type Bucket = { readonly at_ms: number; readonly count: number } & Readonly<Record<Severity, number>>;
export type Slice = "minute" | "ten-minutes" | "hour" | "day";
export type Counts = { readonly every: Slice; readonly buckets: readonly Bucket[] };

/** A stretch of time with what is known of its events. */
export type Chunk = Period & {
  /** The row of its first event. */
  readonly first: number;
  readonly count: number;
  readonly events: readonly ApiEvent[];
  /** Where its next page begins; `all` when nothing is missing, absent when none was asked for. */
  readonly next?: { readonly cursor: string } | "all";
};

/** Neighbouring hours are asked for together until they hold so many. */
const CHUNK_MIN = 100;
/** Events kept at once; those farthest from what is looked at are dropped and can be asked for again. */
const KEPT_MAX = 8_000;

export function newResult(question: Question, counts: Counts): Result {
  return placed(question, counts, chunksOf(question, counts.buckets));
}

/** Cuts the time at the beginnings of hours or days, so that what comes late between them has its place too. */
function chunksOf({ from_ms, to_ms, order }: Question, buckets: readonly Bucket[]): Chunk[] {
  const chunks: Chunk[] = [];
  let [end_ms, count] = [to_ms, 0];
  for (const [at, bucket] of buckets.toReversed().entries()) {
    count += bucket.count;
    const isLast = at === buckets.length - 1;
    if (count < CHUNK_MIN && !isLast) continue;
    const begin_ms = isLast ? from_ms : bucket.at_ms;
    chunks.push({ from_ms: begin_ms, to_ms: end_ms, first: 0, count, events: [] });
    [end_ms, count] = [begin_ms, 0];
  }
  return order === "newest" ? chunks : chunks.reverse();
}

function placed(question: Question, counts: Counts, unplaced: readonly Chunk[]): Result {
  let total = 0;
  const chunks = unplaced.map((chunk) => {
    const first = total;
    total += chunk.count;
    return chunk.first === first ? chunk : { ...chunk, first };
  });
  return { question, counts, chunks, total };
}

/** A page that is missing: which stretch it is of, and where it begins. */
export type Missing = { readonly at: number; readonly period: Period; readonly cursor?: string };

/** The first page that is missing of the rows [from, to). */
export function missingOf({ chunks }: Result, from: number, to: number): Missing | undefined {
  for (const [at, { first, count, events, next, ...period }] of chunks.entries()) {
    if (first >= to) return undefined;
    const wanted = Math.min(count, to - first);
    if (first + count <= from || next === "all" || events.length >= wanted) continue;
    return { at, period, ...(next && { cursor: next.cursor }) };
  }
  return undefined;
}

/** The result with a page. An answer to what is no longer missing changes nothing. @param seen the row that is looked at. */
export function withPage(
  result: Result,
  { at, period, cursor }: Missing,
  page: EventPage,
  seen: number,
): Result {
  const chunk = result.chunks[at];
  const isMissing = chunk && chunk.from_ms === period.from_ms && cursorOf(chunk) === cursor;
  if (!isMissing || chunk.next === "all") return result;
  const events = [...chunk.events, ...page.events];
  const loaded: Chunk = {
    ...chunk,
    events,
    // Counted a moment ago: what came or went since shows when the stretch is whole.
    count: page.cursor ? Math.max(chunk.count, events.length + 1) : events.length,
    next: page.cursor ? { cursor: page.cursor } : "all",
  };
  return placed(result.question, result.counts, forgetful(result.chunks.with(at, loaded), at, seen));
}

function cursorOf({ next }: Chunk): string | undefined {
  return typeof next === "object" ? next.cursor : undefined;
}

/** Drops the events of the stretches farthest away, until few enough are kept. */
function forgetful(chunks: readonly Chunk[], kept: number, seen: number): readonly Chunk[] {
  let held = chunks.reduce((sum, { events }) => sum + events.length, 0);
  if (held <= KEPT_MAX) return chunks;
  const farthest = chunks
    .map(({ first, count, events }, at) => ({ at, events: events.length, far: farFrom(seen, first, count) }))
    .filter(({ at, events }) => at !== kept && events > 0)
    .toSorted((a, b) => b.far - a.far);
  const left = [...chunks];
  for (const { at, events } of farthest) {
    if (held <= KEPT_MAX) break;
    const { next: _, ...chunk } = left[at] ?? { next: undefined };
    if ("events" in chunk) left[at] = { ...chunk, events: [] };
    held -= events;
  }
  return left;
}

function farFrom(row: number, first: number, count: number): number {
  return Math.max(first - row, row - first - count, 0);
}

/** The events of the rows [from, to); undefined where one is not there yet. */
export function rowsOf({ chunks }: Result, from: number, to: number): readonly (ApiEvent | undefined)[] {
  return chunks
    .filter(({ first, count }) => first < to && first + count > from)
    .flatMap(({ first, count, events }) => {
      const [begin, end] = [Math.max(from, first), Math.min(to, first + count)];
      return Array.from({ length: end - begin }, (_, at) => events[begin - first + at]);
    });
}

/** Events drawn on the map: those at the head of the list. */
export const MAP_MAX = 1_000;

/** The events that are there, in the order of the list: at most so many. */
export function loadedOf({ chunks }: Result, max: number): readonly ApiEvent[] {
  return chunks.flatMap(({ events }) => events).slice(0, max);
}
