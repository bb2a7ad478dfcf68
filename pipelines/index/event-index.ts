import type { LatLon } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";

/** South-west and north-east corners, degrees; not across the antimeridian. */
export type GeoBox = {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

/** A closed question: every field given must hold; within one field any value suffices. Never a raw query string. */
export type EventQuery = {
  /** Bounds of `time` (the anchor): from inclusive, to exclusive. */
  readonly from_ms?: EpochMs;
  readonly to_ms?: EpochMs;
  readonly sources?: readonly string[];
  readonly types?: readonly string[];
  readonly labels?: readonly string[];
  readonly tenants?: readonly string[];
  readonly box?: GeoBox;
  readonly circle?: { readonly center: LatLon; readonly radius_m: number };
  /** Words that must all occur in the event's sentences or text fields, in any order and case. */
  readonly text?: string;
};

export type Page = { readonly limit: number; readonly cursor?: string };

export type Found = {
  /** Newest first by occurrence, highest revision of each, withdrawn ones left out. */
  readonly events: readonly YardlineEvent[];
  /** Opaque; absent on the last page. Events written meanwhile neither repeat nor hide others. */
  readonly cursor?: string;
};

/** Most events on one page. */
export const PAGE_MAX = 200;

/** What became of one statement of a batch. `kept`: an equal or higher revision was there already, which is success too. */
export type PutResult = "written" | "kept";

/** Keeps the highest revision of each occurrence, whole, and finds it. `testing.ts` has what all adapters must do. */
export interface EventIndex {
  /**
   * One result for each statement, in order; durable and visible to `search` on resolve.
   * @throws AppError `INDEX_UNAVAILABLE` (retryable): nothing of the batch counts.
   */
  put(events: readonly YardlineEvent[]): Promise<readonly PutResult[]>;
  /** The highest revision of one occurrence, withdrawn ones included. */
  get(occurrence: string): Promise<YardlineEvent | undefined>;
  /** @throws AppError `INDEX_CURSOR` for a cursor that this index did not make; `INDEX_QUERY` for bounds that contradict. */
  search(query: EventQuery, page: Page): Promise<Found>;
  close(): Promise<void>;
}
