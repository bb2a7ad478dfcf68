import type { Client, estypes } from "@elastic/elasticsearch";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { Bucket, Cut } from "./event-index.ts";

/** Fewer than the 65,536 that Elasticsearch makes in one answer. */
const BUCKETS_AN_ANSWER_MAX = 60_000;
/** Most answers that one histogram is put together from. */
const ANSWERS_MAX = 500;

type Request = Pick<
  estypes.SearchRequest,
  "index" | "query" | "expand_wildcards" | "allow_partial_search_results"
>;
type Ranges = { readonly buckets: readonly { readonly from?: number; readonly doc_count: number }[] };
type Values = {
  readonly buckets: readonly { readonly key: { readonly value: string }; readonly at: Ranges }[];
  readonly after_key?: estypes.AggregationsCompositeAggregateKey;
};

/**
 * Counts what a request finds, between instants that we worked out: time zones change, and a server's knowledge of them may be
 * years old. Values come page by page, each exact, where Elasticsearch's own "top terms" would be a guess on several shards.
 * @param edges_ms where each bucket begins, and the end of the last one.
 */
export async function countBuckets(
  client: Client,
  request: Request,
  edges_ms: readonly EpochMs[],
  by: Cut["by"],
): Promise<Bucket[]> {
  const ranges = edges_ms.slice(1).map((to, at) => ({ from: edges_ms[at] ?? to, to }));
  const at = { date_range: { field: "at", format: "epoch_millis", ranges } };
  const ask = async (aggs: Record<string, estypes.AggregationsAggregationContainer>) => {
    const { aggregations } = await client.search<unknown, { at?: Ranges; values?: Values }>({
      ...request,
      size: 0,
      track_total_hits: false,
      aggs,
    });
    return aggregations ?? {};
  };
  if (by === undefined) return bucketsOf((await ask({ at })).at);
  const size = Math.max(1, Math.floor(BUCKETS_AN_ANSWER_MAX / (ranges.length + 1)));
  const sources = [{ value: { terms: { field: by } } }];
  const buckets: Bucket[] = [];
  let after: Values["after_key"];
  for (let answers = 0; answers < ANSWERS_MAX; answers++) {
    const { values } = await ask({
      values: { composite: { size, sources, ...(after && { after }) }, aggs: { at } },
    });
    for (const each of values?.buckets ?? []) buckets.push(...bucketsOf(each.at, each.key.value));
    after = values?.after_key;
    if (!after) return buckets.toSorted(byTimeAndValue);
  }
  throw new AppError("INDEX_QUERY", `There are too many values of ${by}; ask for fewer, or for less time.`);
}

function bucketsOf(ranges: Ranges | undefined, value?: string): Bucket[] {
  return (ranges?.buckets ?? []).flatMap(({ from = 0, doc_count: count }) =>
    count === 0 ? [] : [{ at_ms: from, ...(value !== undefined && { value }), count }],
  );
}

function byTimeAndValue(a: Bucket, b: Bucket): number {
  return a.at_ms - b.at_ms || ((a.value ?? "") < (b.value ?? "") ? -1 : 1);
}
