import type { EpochMs } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import type { Held } from "@yardline/events/fade";
import type { Condition, Field } from "./condition.ts";
import type { Span } from "./plan.ts";

/** Local times of day, from inclusive, to exclusive, in minutes after midnight; `from_min > to_min` goes over midnight. */
export type Hours = { readonly from_min: number; readonly to_min: number; readonly timezone: string };

/** A closed question: never a raw query string. What is not given does not narrow it. */
export type EventQuery = {
  /** Bounds of `time` (the anchor): from inclusive, to exclusive. */
  readonly from_ms?: EpochMs;
  readonly to_ms?: EpochMs;
  /** Each day only these hours; wants both bounds, at most `HOURS_DAYS_MAX` days apart. */
  readonly hours?: Hours;
  readonly where?: Condition;
  /** By occurrence: `newest` first unless said otherwise. */
  readonly order?: "newest" | "oldest";
};

export type Page = { readonly limit: number; readonly cursor?: string };

export type Found = {
  /** In the order asked for, highest revision of each, withdrawn ones left out. */
  readonly events: readonly YardlineEvent[];
  /**
   * Opaque; absent on the last page. Events written meanwhile neither repeat nor hide others. A page with fewer than `limit`
   * events that has one ended because too much had been looked through: the next goes on.
   */
  readonly cursor?: string;
  /** Periods that cannot be read now: what was in them is missing. */
  readonly unreadable?: readonly string[];
};

/** How many there are; when not `exact`, at least so many. */
export type Total = { readonly value: number; readonly exact: boolean };

/** What time is cut into, shortest first. */
export const SLICES = ["minute", "ten-minutes", "hour", "day"] as const;
export type Slice = (typeof SLICES)[number];

/** How a histogram is cut: by time, in a time zone of whole quarters of an hour, and perhaps by the values of a field. */
export type Cut = {
  readonly every: Slice;
  /** IANA name; days, hours and tens of minutes are those of the local clock. */
  readonly timezone: string;
  readonly by?: Field;
};

/** `at_ms`: when the slice of time begins. An event with several values of the field counts in each of them. */
export type Bucket = { readonly at_ms: EpochMs; readonly value?: string; readonly count: number };

/** Most events on one page. */
export const PAGE_MAX = 200;
/** Most days that `hours` may be asked of. */
export const HOURS_DAYS_MAX = 400;
/** Most buckets in time of one histogram: a year of days, a month of hours, a week in tens of minutes, sixteen hours of minutes. */
export const BUCKETS_MAX = 1_000;
/** The most that `count` counts. */
export const COUNT_MAX = 10_000;

/**
 * What became of one statement of a batch. `kept`: an equal or higher revision was there already, or the occurrence was erased,
 * which is success too. `refused`: this engine can never take it; the rest of the batch is not touched by that.
 */
export type PutResult = "written" | "kept" | { readonly refused: string };

/** Keeps the highest revision of each occurrence, whole, and finds it. `testing.ts` has what all adapters must do. */
export interface EventIndex {
  /**
   * One result for each statement, in order; durable on resolve.
   * @throws AppError `INDEX_UNAVAILABLE` (retryable): putting the whole batch again is right and harmless.
   */
  put(events: readonly YardlineEvent[]): Promise<readonly PutResult[]>;
  /** Resolves when everything put before is visible to `search`, `count` and `histogram`. `get` sees it at once. */
  refresh(): Promise<void>;
  /** The highest revision of one occurrence, withdrawn ones included. */
  get(occurrence: string): Promise<YardlineEvent | undefined>;
  /** @throws AppError `INDEX_CURSOR` for a cursor that this question did not give; `INDEX_QUERY` for what contradicts itself. */
  search(query: EventQuery, page: Page): Promise<Found>;
  /** Counts up to `COUNT_MAX`, and is exact below it, unless a period cannot be read or too much had to be looked through. */
  count(query: EventQuery): Promise<Total>;
  /** Buckets that are not empty, in the order of time and value. @throws AppError `INDEX_QUERY` beyond `BUCKETS_MAX`, or without both bounds of time. */
  histogram(query: EventQuery, cut: Cut): Promise<readonly Bucket[]>;
  /** Everything that is kept, withdrawn ones included, oldest first: for carrying it into another index. */
  scan(page: Page): Promise<Found>;
  /** Removes occurrences so that nothing of them is left; whatever revision comes of them later is `kept` out. */
  erase(occurrences: readonly string[]): Promise<void>;
  /**
   * Takes personal fields out of what is kept, as `fadedAt` says, so that nothing of them is left (Elasticsearch: in answers at once, in files
   * after `expunge_h`); what is found and counted stays as it is.
   * What was held when its time came is passed over for good: `again` names the time that is looked at once more.
   * @returns how many events changed.
   */
  fade(now_ms: EpochMs, held?: readonly Held[], again?: readonly Span[]): Promise<number>;
  /** Drops the periods that every kind of event in them has outlived. @returns their names. */
  expire(now_ms: EpochMs): Promise<readonly string[]>;
  close(): Promise<void>;
}
