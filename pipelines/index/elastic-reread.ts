import type { Client, estypes } from "@elastic/elasticsearch";
import { PERSONAL_TYPES } from "@yardline/events/fade";
import { type Sending, sendBulk } from "./elastic-bulk.ts";
import { type ElasticDocument, lineOf } from "./elastic-mapping.ts";
import { patternsOf } from "./elastic-names.ts";
import type { Memory } from "./elastic-template.ts";
import { unavailableOf } from "./elastic-trouble.ts";

const PAGE = 500;

/**
 * Writes anew what an earlier release wrote knowing less: events of kinds or versions that it found by their envelope alone, and
 * of kinds that are kept for another time now and so belong into another index, and what does not tell yet when it has to fade. Then each occurrence is in one index again.
 */
export async function rereadEvents(
  client: Client,
  prefix: string,
  { before, now }: { readonly before: Memory; readonly now: Memory },
  sending: Sending,
): Promise<void> {
  const query = learntSince(before, now);
  if (!query) return;
  const index = patternsOf(prefix, now.classes);
  await client.indices.refresh({ index });
  for (let search_after: estypes.SortResults | undefined; ; ) {
    const { hits } = await client.search<ElasticDocument>({
      index,
      query,
      size: PAGE,
      sort: [{ at: "asc" }, { occurrence: "asc" }],
      ...(search_after && { search_after }),
    });
    const found = hits.hits.flatMap(({ _index, _source }) =>
      _source ? [{ _index, line: lineOf(prefix, _source.event, "external_gte") }] : [],
    );
    await sendBulk(
      client,
      found.map(({ line }) => line),
      sending,
    );
    const strays = found.filter(({ _index, line }) => _index !== line.index);
    await remove(
      client,
      strays.map(({ _index, line }) => ({ _index, _id: line.id })),
    );
    sending.watch.reread(found.length);
    search_after = hits.hits.at(-1)?.sort;
    if (hits.hits.length < PAGE) break;
  }
  await client.indices.refresh({ index });
}

/** The documents of kinds and versions that were known otherwise, or not at all. */
function learntSince(before: Memory, now: Memory): estypes.QueryDslQueryContainer | undefined {
  const kinds = Object.entries(now.kinds);
  const moved = kinds.filter(([type, { kept_days }]) => before.kinds[type]?.kept_days !== kept_days);
  const known = kinds.filter(([type, { dataschema }]) => before.kinds[type]?.dataschema !== dataschema);
  const fading = before.fades ? [] : PERSONAL_TYPES;
  if (moved.length + known.length + fading.length === 0) return undefined;
  const should = [
    { terms: { type: [...fading] } },
    { terms: { type: moved.map(([type]) => type) } },
    { terms: { dataschema: known.map(([, { dataschema }]) => dataschema) } },
  ];
  return { bool: { should, minimum_should_match: 1 } };
}

async function remove(client: Client, strays: { readonly _index: string; readonly _id: string }[]) {
  if (strays.length === 0) return;
  const { items } = await client.bulk({ operations: strays.map((stray) => ({ delete: stray })) });
  for (const { delete: { status = 0, error } = {} } of items) {
    if (error) throw unavailableOf({ status, type: error.type, reason: error.reason ?? "" });
  }
}
