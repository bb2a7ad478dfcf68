import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { EventBus } from "@yardline/bus/event-bus";
import { systemClock } from "@yardline/domain/time";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { type EventIndex, PAGE_MAX } from "@yardline/index/event-index";
import { runIndexer } from "@yardline/indexer/indexer";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { pino } from "pino";

/** What became of acknowledged statements. */
export type Tally = { readonly acknowledged: number; readonly lost: number; readonly doubled: number };

const LIFE_MS_MAX = 600;
const CHILD = new URL("./spine-child.ts", import.meta.url);

/**
 * Kills the process that writes the embedded bus and index, again and again, at moments that `random` chooses; then lets the
 * index read the rest of the bus, and compares.
 */
export async function embeddedKills(folder: string, kills: number, random: () => number): Promise<Tally> {
  const acknowledged = new Map<string, number>();
  for (let life = 0; life < kills; life++) {
    for (const line of await runUntilKilled(CHILD, [folder, `${life}`], random() * LIFE_MS_MAX)) {
      const [occurrence = "", revision] = line.split(" ");
      acknowledged.set(occurrence, Number(revision));
    }
  }
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock });
  const index = await openEmbeddedIndex({ folder: join(folder, "index") });
  await catchUp(bus, index);
  const { revisions, doubled } = await everything(index);
  const lost = [...acknowledged].filter(
    ([occurrence, revision]) => (revisions.get(occurrence) ?? -1) < revision,
  );
  await index.close();
  await bus.close();
  return { acknowledged: acknowledged.size, lost: lost.length, doubled };
}

/** Indexes what is left on the bus. */
async function catchUp(bus: EventBus, index: EventIndex): Promise<void> {
  const stop = new AbortController();
  const log = pino({ level: "silent" });
  const running = runIndexer({ bus, index, clock: systemClock, log, signal: stop.signal });
  while ((await bus.lag("events", "indexer")) > 0) await wait(50);
  stop.abort();
  await running;
  await index.refresh();
}

async function everything(index: EventIndex): Promise<{ revisions: Map<string, number>; doubled: number }> {
  const revisions = new Map<string, number>();
  let doubled = 0;
  let cursor: string | undefined;
  do {
    const page = await index.scan({ limit: PAGE_MAX, ...(cursor !== undefined && { cursor }) });
    for (const { occurrence, revision } of page.events) {
      if (revisions.has(occurrence)) doubled++;
      revisions.set(occurrence, revision);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return { revisions, doubled };
}
