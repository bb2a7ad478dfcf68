import { assert } from "@yardline/domain/assert";
import type { Clock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { openElasticIndex } from "@yardline/index/elastic";
import { lineOf } from "@yardline/index/elastic-mapping";
import type { EventIndex } from "@yardline/index/event-index";
import { townEvents } from "./town-events.ts";

/** Of one `put`: several requests, so that one is prepared while the other is under way. */
const BATCH = 3_000;
/** Requests of this many documents are what a hand-written loop would send: as many as ours. */
const REQUEST = 500;
const FROM_MS = Date.parse("2026-11-09T00:00:00Z");
const WEEK_MS = 7 * 86_400_000;

export type BulkSpeed = {
  /** Documents a second of a loop that sends ready-made text, one request after another. */
  readonly raw_per_s: number;
  /** Events a second of `put`: analysed, laid out, sent, answers read. */
  readonly put_per_s: number;
  /** How much longer `put` takes: 0.1 is a tenth. */
  readonly overhead: number;
};

/**
 * Puts a town's week into Elasticsearch by our index, and the same documents by a loop that does nothing but send them; turn by
 * turn, into indices of the same template, so that whatever else the machine does meets both. Leaves nothing behind.
 * @param server as in `http://127.0.0.1:9200`
 */
export async function elasticBulk(
  server: string,
  { events, rounds, clock }: { readonly events: number; readonly rounds: number; readonly clock: Clock },
): Promise<BulkSpeed> {
  const prefixes = { raw: "bench-raw", put: "bench-put" } as const;
  const open = (prefix: string) => openElasticIndex({ url: `${server}/?prefix=${prefix}`, clock });
  const [template, index] = [await open(prefixes.raw), await open(prefixes.put)];
  const spent_ms = { raw: 0, put: 0 };
  const timed = async (which: "raw" | "put", work: () => Promise<unknown>) => {
    const begin_ms = clock.monotonic_ms();
    await work();
    spent_ms[which] += clock.monotonic_ms() - begin_ms;
  };
  try {
    // The first round warms server and client up and is not counted.
    for (let round = 0; round <= rounds; round++) {
      if (round === 1) Object.assign(spent_ms, { raw: 0, put: 0 });
      const said = [...townEvents(events, FROM_MS, FROM_MS + WEEK_MS, round + 1)];
      const requests = requestsOf(said, prefixes.raw);
      const turns = [
        () => timed("raw", () => sendAll(server, requests)),
        () => timed("put", () => putAll(index, said)),
      ];
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
    }
  } finally {
    await Promise.all([template.close(), index.close()]);
    for (const prefix of Object.values(prefixes)) await remove(server, prefix);
  }
  const documents = events * rounds;
  return {
    raw_per_s: (1000 * documents) / spent_ms.raw,
    put_per_s: (1000 * documents) / spent_ms.put,
    overhead: spent_ms.put / spent_ms.raw - 1,
  };
}

function requestsOf(events: readonly YardlineEvent[], prefix: string): string[] {
  const lines = events.map((event) => {
    const { index, id, version, version_type, document } = lineOf(prefix, event);
    return `${JSON.stringify({ index: { _index: index, _id: id, version, version_type } })}\n${document}\n`;
  });
  return Array.from({ length: Math.ceil(lines.length / REQUEST) }, (_, at) =>
    lines.slice(at * REQUEST, (at + 1) * REQUEST).join(""),
  );
}

async function sendAll(server: string, requests: readonly string[]): Promise<void> {
  for (const body of requests) {
    const headers = { "content-type": "application/x-ndjson" };
    const answer = await fetch(`${server}/_bulk`, { method: "POST", headers, body });
    assert(answer.ok, "the bulk request is taken");
    await answer.json();
  }
}

async function putAll(index: EventIndex, events: readonly YardlineEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += BATCH) await index.put(events.slice(from, from + BATCH));
}

async function remove(server: string, prefix: string): Promise<void> {
  await fetch(`${server}/${prefix}-365d-2026.11.09`, { method: "DELETE" });
  await fetch(`${server}/_index_template/${prefix}`, { method: "DELETE" });
}
