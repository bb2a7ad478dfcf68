import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { systemClock } from "@yardline/domain/time";
import { readEvent } from "@yardline/events/read-event";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import type { EventIndex } from "@yardline/index/event-index";
import { openProducer } from "@yardline/records/open-occurrences";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { hastyClock } from "./statements.ts";

/** The stores of a data folder, with one who states and one who indexes, as a town has them. */
export async function openFolder(folder: string) {
  await using opening = new AsyncDisposableStack();
  const closing = <Store extends { close(): Promise<void> }>(store: Store): Store =>
    opening.adopt(store, (each) => each.close());
  const records = closing(await openSqliteRecords({ path: join(folder, "records.sqlite") }));
  const bus = closing(await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock }));
  const index = closing(await openEmbeddedIndex({ folder: join(folder, "index") }));
  const given = {
    name: "edge",
    tenant: "town",
    bus,
    records,
    clock: hastyClock(),
    remember_ms: 8 * 86_400_000,
  };
  const producer = await openProducer(given);
  const stop = new AbortController();
  const indexing = (async () => {
    for await (const batch of bus.subscribe("events", "indexer", stop.signal)) {
      await index.put(batch.flatMap(({ body }) => eventsOf(body)));
    }
  })();
  opening.defer(async () => {
    stop.abort();
    await indexing;
  });
  const kept = opening.move();
  return { records, bus, index, producer, close: () => kept.disposeAsync() };
}

function eventsOf(body: Uint8Array) {
  try {
    return [readEvent(body)];
  } catch {
    return [];
  }
}

/** Everything in an index, withdrawn statements included, oldest first. */
export async function eventsIn(index: EventIndex) {
  const events = [];
  for (let cursor: string | undefined; ; ) {
    const page = await index.scan({ limit: 200, ...(cursor !== undefined && { cursor }) });
    events.push(...page.events);
    if (page.cursor === undefined) return events;
    cursor = page.cursor;
  }
}
