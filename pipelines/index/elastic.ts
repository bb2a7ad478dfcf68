import { Client, type estypes } from "@elastic/elasticsearch";
import { AppError } from "@yardline/domain/errors";
import type { Clock, EpochMs } from "@yardline/domain/time";
import { OCCURRENCE_PATTERN, placeOf, type YardlineEvent } from "@yardline/events/event";
import type { Held } from "@yardline/events/fade";
import { anchorOf } from "@yardline/events/identity";
import { type BulkLine, type ElasticWatch, type Sending, sendBulk } from "./elastic-bulk.ts";
import { spansAfter } from "./elastic-cursor.ts";
import { Expunging, expunge, fadePages } from "./elastic-fade.ts";
import { countBuckets } from "./elastic-histogram.ts";
import { type ElasticDocument, FADES_AT, lineOf } from "./elastic-mapping.ts";
import { indexOf, indicesIn, patternsOf } from "./elastic-names.ts";
import { type Circle, circlesIn, edgeQuery, isInside, queryOf, spansQuery } from "./elastic-query.ts";
import { rereadEvents } from "./elastic-reread.ts";
import { prepareTemplate } from "./elastic-template.ts";
import { unavailable, unavailableOf } from "./elastic-trouble.ts";
import { type ElasticPlace, readElasticUrl } from "./elastic-url.ts";
import {
  type Bucket,
  COUNT_MAX,
  type Cut,
  type EventIndex,
  type EventQuery,
  type Found,
  PAGE_MAX,
  type Page,
  type PutResult,
  type Total,
} from "./event-index.ts";
import { findPeriod, isOutlived, periodAt } from "./period.ts";
import { beginsOf, checkPage, type Span, spansOf } from "./plan.ts";

const OCCURRENCE = new RegExp(OCCURRENCE_PATTERN);
const ANSWER_MS_MAX = 30_000;
/** Most different places that may lie on the very edge of one circle. */
const EDGE_PLACES_MAX = 10_000;
/** Beats every revision there can be. */
const ERASED_VERSION = Number.MAX_SAFE_INTEGER;

export type ElasticOptions = {
  /** As `readElasticUrl` takes it. */
  readonly url: string;
  readonly clock: Clock;
  readonly watch?: ElasticWatch;
};

const UNWATCHED: ElasticWatch = { sent() {}, waits() {}, refused() {}, reread() {} };

/**
 * Opens the index of a region: an Elasticsearch cluster, one index a class and period, each event a document named by its
 * occurrence and versioned by its revision. What has to be there first (the template) is made, what an earlier release wrote
 * knowing less is read again.
 * @throws AppError `INDEX_ADDRESS`, `INDEX_UNAVAILABLE`, `INDEX_SERVER`, `STORE_FORMAT`.
 */
export async function openElasticIndex(options: ElasticOptions): Promise<EventIndex> {
  const { url, clock, watch = UNWATCHED } = options;
  const place = readElasticUrl(url);
  // We try again ourselves, where it is right to.
  const client = new Client({ ...place.client, maxRetries: 0, requestTimeout: ANSWER_MS_MAX });
  try {
    const { before, now } = await prepareTemplate(client, place);
    if (before) await rereadEvents(client, place.prefix, { before, now }, { clock, watch });
    return new ElasticIndex(client, place, now.classes, { clock, watch });
  } catch (thrown) {
    await client.close();
    throw unavailable(thrown);
  }
}

class ElasticIndex implements EventIndex {
  readonly #client: Client;
  readonly #prefix: string;
  readonly #classes: readonly number[];
  readonly #sending: Sending;
  readonly #expunging: Expunging;

  constructor(client: Client, place: ElasticPlace, classes: readonly number[], sending: Sending) {
    this.#client = client;
    this.#prefix = place.prefix;
    this.#expunging = new Expunging(place.expunge_ms);
    this.#classes = classes;
    this.#sending = sending;
  }

  async put(events: readonly YardlineEvent[]): Promise<readonly PutResult[]> {
    return sendBulk(this.#client, linesOf(this.#prefix, events), this.#sending);
  }

  async refresh(): Promise<void> {
    await asked(this.#client.indices.refresh({ index: this.#patterns }));
  }

  async get(occurrence: string): Promise<YardlineEvent | undefined> {
    if (!OCCURRENCE.test(occurrence)) return undefined;
    // The name does not tell the type, so every class is asked; by id, which waits for no refresh.
    const docs = this.#indicesOf(occurrence).map((_index) => ({ _index, _id: occurrence }));
    const answer = await asked(this.#client.mget<ElasticDocument>({ docs }));
    const found = answer.docs.flatMap((doc) => {
      if (!("error" in doc)) return doc._source?.event ?? [];
      const { type, reason } = doc.error;
      if (type === "index_not_found_exception") return [];
      throw unavailableOf({ status: 0, type, reason: reason ?? "" }, doc._index);
    });
    return found.toSorted((a, b) => b.revision - a.revision)[0];
  }

  async search(query: EventQuery, page: Page): Promise<Found> {
    checkPage(page.limit);
    const { order = "newest" } = query;
    const spans = spansAfter(page.cursor, order, spansOf(query));
    return this.#page(spans, await this.#filterOf(query, spans), order, page);
  }

  async count(query: EventQuery): Promise<Total> {
    const spans = spansOf(query);
    const filter = await this.#filterOf(query, spans);
    const request = { ...this.#request(spans, filter), size: 0, track_total_hits: COUNT_MAX };
    const { hits } = await asked(this.#client.search(request));
    const found = typeof hits.total === "object" ? hits.total.value : 0;
    return { value: Math.min(found, COUNT_MAX), exact: found < COUNT_MAX };
  }

  async histogram(query: EventQuery, cut: Cut): Promise<readonly Bucket[]> {
    const begins_ms = beginsOf(query, cut);
    const spans = spansOf(query);
    const request = this.#request(spans, await this.#filterOf(query, spans));
    const edges_ms = [...begins_ms, Math.ceil(query.to_ms ?? 0)];
    return asked(countBuckets(this.#client, request, edges_ms, cut.by));
  }

  async scan(page: Page): Promise<Found> {
    checkPage(page.limit);
    const spans = spansAfter(page.cursor, "oldest", spansOf({}));
    return this.#page(spans, [spansQuery(spans)], "oldest", page);
  }

  async erase(occurrences: readonly string[]): Promise<void> {
    // In every class, because a revision may come of an occurrence that was never here.
    const graves = occurrences
      .filter((occurrence) => OCCURRENCE.test(occurrence))
      .flatMap((id) => this.#indicesOf(id).map((index) => ({ index, id })));
    const lines = graves.map(
      (grave): BulkLine => ({
        ...grave,
        version: ERASED_VERSION,
        version_type: "external_gte",
        document: "{}",
      }),
    );
    if (lines.length === 0) return;
    this.#expunging.owe(this.#sending.clock.now_ms());
    await sendBulk(this.#client, lines, { ...this.#sending, refresh: true });
  }

  async fade(now_ms: EpochMs, held: readonly Held[] = []): Promise<number> {
    const due = [{ range: { [FADES_AT]: { lte: now_ms } } }];
    // What was put a moment ago is not found yet.
    await this.refresh();
    const changed = await fadePages(
      { now_ms, held },
      {
        page: (cursor) => {
          const spans = spansAfter(cursor, "oldest", spansOf({}));
          return this.#page(spans, [spansQuery(spans), ...due], "oldest", {
            limit: PAGE_MAX,
            ...(cursor !== undefined && { cursor }),
          });
        },
        write: async (events) => {
          // Owed before it is written: a round that breaks off has written some.
          this.#expunging.owe(now_ms);
          const lines = events.map((event) => lineOf(this.#prefix, event, "external_gte"));
          await sendBulk(this.#client, lines, this.#sending);
        },
      },
    );
    if (this.#expunging.isDue(now_ms)) {
      this.#expunging.done(now_ms, await asked(expunge(this.#client, this.#patterns)));
    }
    return changed;
  }

  async expire(now_ms: EpochMs): Promise<readonly string[]> {
    const { indices } = await asked(
      this.#client.indices.resolveIndex({ name: this.#patterns, expand_wildcards: ["open", "closed"] }),
    );
    const outlived = indices
      .map(({ name }) => name)
      .filter((name) => {
        const period = findPeriod(name.slice(this.#prefix.length + 1));
        return period !== undefined && isOutlived(period, now_ms);
      });
    for (const index of outlived) {
      await asked(this.#client.indices.delete({ index, ignore_unavailable: true }));
    }
    return outlived;
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  get #patterns(): string[] {
    return patternsOf(this.#prefix, this.#classes);
  }

  /** The index of each class that an occurrence may be in. */
  #indicesOf(occurrence: string): string[] {
    return this.#classes.map((days) => indexOf(this.#prefix, periodAt(days, anchorOf(occurrence))));
  }

  /** What every request says: of which indices, closed ones included so that they are missed, and that half an answer is none. */
  #request(spans: readonly Span[], filter: Query[]): estypes.SearchRequest {
    const [first, last] = [spans.at(0), spans.at(-1)];
    const whole = { from_ms: first?.from_ms ?? 0, to_ms: last?.to_ms ?? 0 };
    return {
      index: indicesIn(this.#prefix, this.#classes, whole),
      expand_wildcards: ["open", "closed"],
      allow_partial_search_results: false,
      query: { bool: { filter } },
    };
  }

  async #page(spans: readonly Span[], filter: Query[], order: Order, page: Page): Promise<Found> {
    if (spans.length === 0) return { events: [] };
    const { limit, cursor } = page;
    const direction = order === "oldest" ? "asc" : "desc";
    const { hits } = await asked(
      this.#client.search<ElasticDocument>({
        ...this.#request(spans, filter),
        size: limit + 1,
        track_total_hits: false,
        sort: [{ at: direction }, { occurrence: direction }],
        ...(cursor !== undefined && { search_after: [anchorOf(cursor), cursor] }),
      }),
    );
    const events = hits.hits.slice(0, limit).flatMap(({ _source }) => _source?.event ?? []);
    const last = events.at(-1);
    // The cursor is the last occurrence of the page: what is written meanwhile moves nothing that comes after it.
    return hits.hits.length > limit && last ? { events, cursor: last.occurrence } : { events };
  }

  async #filterOf({ where }: EventQuery, spans: readonly Span[]): Promise<Query[]> {
    const filter = [spansQuery(spans), { bool: { must_not: { term: { state: "withdrawn" } } } }];
    if (!where) return filter;
    return [...filter, queryOf(where, await this.#edgesOf(circlesIn(where), spans))];
  }

  /** Elasticsearch measures distances nearly as we do: about places on the very edge of a circle it asks us. */
  async #edgesOf(circles: readonly Circle[], spans: readonly Span[]): Promise<Map<Circle, string[]>> {
    if (circles.length === 0) return new Map();
    const aggs = circles.map((circle, at) => {
      const places = { terms: { field: "place", size: EDGE_PLACES_MAX + 1 } };
      return [`${at}`, { filter: edgeQuery(circle), aggs: { places } }] as const;
    });
    const { aggregations = {} } = await asked(
      this.#client.search<unknown, Record<string, { places: { buckets: { key: string }[] } }>>({
        ...this.#request(spans, [spansQuery(spans)]),
        size: 0,
        track_total_hits: false,
        aggs: Object.fromEntries(aggs),
      }),
    );
    const edges = circles.map((circle, at) => {
      const places = (aggregations[at]?.places.buckets ?? []).map(({ key }) => key);
      if (places.length > EDGE_PLACES_MAX) throw tooManyPlaces();
      return [circle, places.filter((place) => isInside(circle, placeOf({ place })))] as const;
    });
    return new Map(edges);
  }
}

type Query = estypes.QueryDslQueryContainer;
type Order = "newest" | "oldest";

/** One by one, so that some are on their way while others are prepared. */
function* linesOf(prefix: string, events: readonly YardlineEvent[]): Generator<BulkLine> {
  for (const event of events) yield lineOf(prefix, event);
}

/** @throws AppError `INDEX_UNAVAILABLE` for whatever went wrong. */
async function asked<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (thrown) {
    throw unavailable(thrown);
  }
}

function tooManyPlaces(): AppError {
  return new AppError("INDEX_QUERY", "Too many places lie on the edge of the circle; take another radius.");
}
