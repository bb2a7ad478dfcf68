import { AppError } from "@yardline/domain/errors";
import { anchorOf } from "@yardline/events/identity";
import { type Condition, holds } from "./condition.ts";
import type { EventQuery, Page } from "./event-index.ts";
import { eventOf } from "./kept.ts";
import { merged } from "./merged.ts";
import type { OpenPeriods, Part } from "./open-periods.ts";
import { ENDLESS, type Patience } from "./patience.ts";
import { nameOf, type Period } from "./period.ts";
import type { Hit, Order } from "./period-reader.ts";
import { EVER, type Span, spansOf } from "./plan.ts";
import { type QuickMatch, quickMatchOf } from "./quick-match.ts";

/**
 * Most events that one page asks one by one whether they fit, where their terms do not tell. A page that comes to it ends there,
 * perhaps with nothing found, and the next goes on.
 */
const LOOKS_MAX = 50_000;
/** After so many of them it is looked whether the time is over: each may be a hard one. */
const LOOKS_A_GLANCE = 64;

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
/** Where the time was over: nothing of what comes after it in the order of occurrences was looked at. */
type End = { readonly occurrence: string; readonly isEnd: true };

export function searchIn(
  periods: OpenPeriods,
  query: EventQuery,
  { limit, cursor }: Page,
  { looks_max = LOOKS_MAX, isOver = ENDLESS }: { looks_max?: number; isOver?: Patience } = {},
): Answer {
  const order = query.order === "oldest" ? "ASC" : "DESC";
  const asked: Asked = { periods, where: query.where, order, cursor, isOver, unreadable: [] };
  const page = new Filling(limit, looks_max, isOver);
  for (const span of spansAfter(spansOf(query), cursor, order)) {
    const streams = periods.classesIn(span, order).map((some) => candidatesIn(some, span, asked));
    for (const candidate of merged(streams, order)) {
      if ("isEnd" in candidate) page.cursor = candidate.occurrence;
      else if (isAfter(candidate.occurrence, cursor, order)) page.take(candidate, query.where);
      if (page.cursor !== undefined) break;
    }
    if (page.cursor !== undefined) break;
  }
  return { ...page.answer(), unreadable: asked.unreadable };
}

/** Everything that is kept, oldest first. @throws AppError where any of it cannot be read. */
export function scanIn(periods: OpenPeriods, { limit, cursor }: Page): Answer {
  const page = new Filling(limit, LOOKS_MAX, ENDLESS);
  for (const span of spansAfter([EVER], cursor, "ASC")) {
    const streams = periods.classesIn(span, "ASC").map((some) => keptIn(periods, some, span));
    for (const hit of merged(streams, "ASC")) {
      if (isAfter(hit.occurrence, cursor, "ASC")) page.take({ ...hit, isSure: true }, undefined);
      if (page.cursor !== undefined) break;
    }
  }
  return { ...page.answer(), unreadable: [] };
}

/** A page on its way to being full. */
class Filling {
  readonly #limit: number;
  readonly #looks_max: number;
  readonly #isOver: Patience;
  readonly #hits: Hit[] = [];
  #looks = 0;
  /** Set when the page is full and there is more. */
  cursor: string | undefined;

  constructor(limit: number, looks_max: number, isOver: Patience) {
    this.#limit = limit;
    this.#looks_max = looks_max;
    this.#isOver = isOver;
  }

  /** Takes the next candidate if it fits; the page may end before or with it. */
  take(candidate: Candidate, where: Condition | undefined): void {
    const { occurrence, isSure } = candidate;
    const last = this.#hits.at(-1);
    if (isSure || !where || holds(where, eventOf(candidate))) {
      if (last && this.#hits.length === this.#limit) this.cursor = last.occurrence;
      else this.#hits.push(candidate);
    }
    if (isSure) return;
    this.#looks += 1;
    const isLate = this.#looks % LOOKS_A_GLANCE === 0 && this.#isOver();
    if (this.#looks === this.#looks_max || isLate) this.cursor ??= occurrence;
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
  /** Of the page before. */
  readonly cursor: string | undefined;
  readonly isOver: Patience;
  /** Gets the names of periods that cannot be read: they are missing from the answer, and it says so. */
  readonly unreadable: string[];
};

function* candidatesIn(some: readonly Period[], span: Span, asked: Asked): Generator<Candidate | End> {
  for (const period of some) {
    if (asked.isOver()) {
      const occurrence = edgeOf(period, span, asked.order);
      // One that would not lead on is no end: then this period still has its turn.
      if (isAfter(occurrence, asked.cursor, asked.order)) return yield { occurrence, isEnd: true };
    }
    try {
      const part = asked.periods.partOf(period, span);
      if (part) yield* part.reader.looking(() => candidatesOf(part, asked));
    } catch (thrown) {
      if (!isDamage(thrown)) throw thrown;
      asked.unreadable.push(nameOf(period));
    }
  }
}

/** What lies between everything of a period within a span and everything that comes before it in the order. */
function edgeOf(period: Period, span: Span, order: Order): string {
  const anchor = (at_ms: number) => at_ms.toString(16).padStart(12, "0");
  if (order === "DESC") return `${anchor(Math.min(period.to_ms, span.to_ms))}${"0".repeat(20)}`;
  return `${anchor(Math.max(period.from_ms, span.from_ms, 1) - 1)}${"f".repeat(20)}`;
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
