import { setTimeout as wait } from "node:timers/promises";
import { assert } from "@yardline/domain/assert";
import { AppError } from "@yardline/domain/errors";
import { systemClock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { openElasticIndex } from "@yardline/index/elastic";
import { type EventIndex, PAGE_MAX } from "@yardline/index/event-index";
import { townEvents } from "../bench/town-events.ts";
import { type Elasticsearch, startElasticsearch } from "../elasticsearch/start.ts";
import type { Tally } from "./embedded-kills.ts";

const BATCH = 500;
/** Longest time from the first batch that a server took to its end. */
const LIFE_MS_MAX = 4_000;
const RETRY_MS = 250;
/** One event in so many is stated again at once. */
const REVISED = 10;
/** A server that is killed answers again within half a minute, on a very busy machine within three. */
const OUTAGE_MS_MAX = 180_000;
const SPAN_MS = 40 * 86_400_000;
const FROM_MS = Date.parse("2026-10-05T00:00:00Z");

/**
 * Kills a real Elasticsearch with SIGKILL under bulk load, at moments that `random` chooses, and starts it again, while the
 * writer goes on trying as an indexer does. At the end everything that was acknowledged must be there once.
 */
export async function elasticKills(
  { folder, port }: { readonly folder: string; readonly port: number },
  kills: number,
  random: () => number,
): Promise<Tally> {
  let server = await startElasticsearch({ folder, port });
  try {
    const index = await openElasticIndex({ url: server.address, clock: systemClock });
    const acknowledged = new Map<string, number>();
    const stop = new AbortController();
    const writing = writeUntil(stop.signal, index, acknowledged);
    // Heard of below, once the killing is over.
    writing.catch(() => stop.abort());
    const untilMoreIsTaken = async () => {
      const before = acknowledged.size;
      while (acknowledged.size === before && !stop.signal.aborted) await wait(RETRY_MS);
    };
    for (let kill = 0; kill < kills && !stop.signal.aborted; kill++) {
      await untilMoreIsTaken();
      await wait(random() * LIFE_MS_MAX);
      server = await killAndRestart(server, { folder, port });
    }
    await untilMoreIsTaken();
    stop.abort();
    await writing;
    const tally = await compare(index, acknowledged);
    await index.close();
    return tally;
  } finally {
    await server.stop();
  }
}

async function killAndRestart(
  server: Elasticsearch,
  place: { readonly folder: string; readonly port: number },
): Promise<Elasticsearch> {
  server.kill("SIGKILL");
  await server.stop();
  return startElasticsearch(place);
}

/** Puts batch after batch, each again until it is taken. */
async function writeUntil(
  signal: AbortSignal,
  index: EventIndex,
  acknowledged: Map<string, number>,
): Promise<void> {
  for (let number = 0; !signal.aborted; number++) {
    const events = [...townEvents(BATCH, FROM_MS, FROM_MS + SPAN_MS, number)];
    const batch = events.flatMap((event, n) => (n % REVISED === 0 ? [event, revisionAfter(event)] : [event]));
    await putUntilTaken(index, batch);
    for (const { occurrence, revision } of batch) {
      acknowledged.set(occurrence, Math.max(revision, acknowledged.get(occurrence) ?? 0));
    }
  }
}

function revisionAfter(event: YardlineEvent): YardlineEvent {
  const revision = event.revision + 1;
  return { ...event, id: `${event.occurrence}.${revision}`, revision };
}

async function putUntilTaken(index: EventIndex, batch: readonly YardlineEvent[]): Promise<void> {
  const deadline_ms = systemClock.monotonic_ms() + OUTAGE_MS_MAX;
  for (;;) {
    try {
      const results = await index.put(batch);
      assert(
        results.every((result) => typeof result === "string"),
        "the index refuses what a town says",
      );
      return;
    } catch (thrown) {
      const mayPass = thrown instanceof AppError && thrown.retryable;
      if (!mayPass || systemClock.monotonic_ms() > deadline_ms) throw thrown;
      await wait(RETRY_MS);
    }
  }
}

async function compare(index: EventIndex, acknowledged: ReadonlyMap<string, number>): Promise<Tally> {
  await index.refresh();
  const kept = new Map<string, number>();
  let doubled = 0;
  for (let cursor: string | undefined, isLast = false; !isLast; isLast = cursor === undefined) {
    const page = await index.scan({ limit: PAGE_MAX, ...(cursor !== undefined && { cursor }) });
    for (const { occurrence, revision } of page.events) {
      if (kept.has(occurrence)) doubled++;
      kept.set(occurrence, revision);
    }
    cursor = page.cursor;
  }
  const lost = [...acknowledged].filter(([occurrence, revision]) => (kept.get(occurrence) ?? -1) < revision);
  return { acknowledged: acknowledged.size, lost: lost.length, doubled };
}
