import { AppError } from "@yardline/domain/errors";
import { anchorOf } from "@yardline/events/identity";
import { type Condition, holds } from "./condition.ts";
import type { EventQuery, Page } from "./event-index.ts";
import { eventOf } from "./kept.ts";
import { merged } from "./merged.ts";
import type { OpenPeriods, Part } from "./open-periods.ts";
import { nameOf, type Period } from "./period.ts";
import type { Hit, Order } from "./period-reader.ts";
import { EVER, type Span, spansOf } from "./plan.ts";
import { type QuickMatch, quickMatchOf } from "./quick-match.ts";

/**
 * Most events that one page asks one by one whether they fit, where their terms do not tell. A page that comes to it ends there,
 * perhaps with nothing found, and the next goes on.
 */
const LOOKS_MAX = 50_000;

const EVERYTHING: QuickMatch = { may: "all", isSure: true };

export type Answer = {
  readonly hits: readonly Hit[];
  /** Where the next page begins after. */
  readonly cursor?: string;
  /** Periods whose files cannot be read. */
  readonly unreadable: readonly string[];
};

/** An event that its terms let through. */
type Candidate = Hit & { readonly isSure: boolean };

export function searchIn(
  periods: OpenPeriods,
  query: EventQuery,
  { limit, cursor }: Page,
  looks_max = LOOKS_MAX,
): Answer {
  const order = query.order === "oldest" ? "ASC" : "DESC";
  const asked: Asked = { periods, where: query.where, order, unreadable: [] };
  const page = new Filling(limit, looks_max);
  for (const span of spansAfter(spansOf(query), cursor, order)) {
    const streams = periods.classesIn(span, order).map((some) => candidatesIn(some, span, asked));
    for (const candidate of merged(streams, order)) {
      if (isAfter(candidate.occurrence, cursor, order) && page.isFull(candidate, query.where)) break;
    }
    if (page.cursor !== undefined) break;
  }
  return { ...page.answer(), unreadable: asked.unreadable };
}

/** Everything that is kept, oldest first. @throws AppError where any of it cannot be read. */
export function scanIn(periods: OpenPeriods, { limit, cursor }: Page): Answer {
  const page = new Filling(limit, LOOKS_MAX);
  for (const span of spansAfter([EVER], cursor, "ASC")) {
    const streams = periods.classesIn(span, "ASC").map((some) => keptIn(periods, some, span));
    for (const hit of merged(streams, "ASC")) {
      if (isAfter(hit.occurrence, cursor, "ASC") && page.isFull({ ...hit, isSure: true }, undefined)) break;
    }
  }
  return { ...page.answer(), unreadable: [] };
}

/** A page on its way to being full. */
class Filling {
  readonly #limit: number;
  readonly #looks_max: number;
  readonly #hits: Hit[] = [];
  #looks = 0;
  /** Set when the page is full and there is more. */
  cursor: string | undefined;

  constructor(limit: number, looks_max: number) {
    this.#limit = limit;
    this.#looks_max = looks_max;
  }

  /** Takes the next candidate if it fits. @returns whether the page ends before or with it. */
  isFull(candidate: Candidate, where: Condition | undefined): boolean {
    const { occurrence, isSure } = candidate;
    const last = this.#hits.at(-1);
    if (isSure || !where || holds(where, eventOf(candidate))) {
      if (last && this.#hits.length === this.#limit) this.cursor = last.occurrence;
      else this.#hits.push(candidate);
    }
    if (!isSure && ++this.#looks === this.#looks_max) this.cursor ??= occurrence;
    return this.cursor !== undefined;
  }

  answer(): Omit<Answer, "unreadable"> {
    return { hits: this.#hits, ...(this.cursor !== undefined && { cursor: this.cursor }) };
  }
}

/** Whether the file is not as it should be; other trouble (a full disk, say) passes. */
export function isDamage(thrown: unknown): boolean {
  return thrown instanceof AppError && (thrown.code === "STORE_DAMAGED" || thrown.code === "STORE_FOREIGN");
}

type Asked = {
  readonly periods: OpenPeriods;
  readonly where: Condition | undefined;
  readonly order: Order;
  /** Gets the names of periods that cannot be read: they are missing from the answer, and it says so. */
  readonly unreadable: string[];
};

function* candidatesIn(some: readonly Period[], span: Span, asked: Asked): Generator<Candidate> {
  for (const period of some) {
    try {
      const part = asked.periods.partOf(period, span);
      if (part) yield* part.reader.looking(() => candidatesOf(part, asked));
    } catch (thrown) {
      if (!isDamage(thrown)) throw thrown;
      asked.unreadable.push(nameOf(period));
    }
  }
}

function* candidatesOf({ reader, keys }: Part, { where, order }: Asked): Generator<Candidate> {
  const { may, isSure } = where ? quickMatchOf(where, reader) : EVERYTHING;
  for (const hit of reader.hits(may, keys, order)) yield { ...hit, isSure };
}

function* keptIn(periods: OpenPeriods, some: readonly Period[], span: Span): Generator<Hit> {
  for (const period of some) {
    const part = periods.partOf(period, span);
    if (part) yield* part.reader.looking(() => part.reader.kept(part.keys));
  }
}

/** What is left of the spans from a cursor on, in the order asked for. */
function spansAfter(spans: readonly Span[], cursor: string | undefined, order: Order): readonly Span[] {
  const ordered = order === "ASC" ? spans : spans.toReversed();
  if (cursor === undefined) return ordered;
  const at_ms = anchorOf(cursor);
  const rest = ordered.map(({ from_ms, to_ms }) =>
    order === "ASC"
      ? { from_ms: Math.max(from_ms, at_ms), to_ms }
      : { from_ms, to_ms: Math.min(to_ms, at_ms + 1) },
  );
  return rest.filter(({ from_ms, to_ms }) => from_ms < to_ms);
}

function isAfter(occurrence: string, cursor: string | undefined, order: Order): boolean {
  return cursor === undefined || (order === "ASC" ? occurrence > cursor : occurrence < cursor);
}
