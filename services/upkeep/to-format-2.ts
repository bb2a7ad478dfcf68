import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { type EventBus, OLDEST } from "@yardline/bus/event-bus";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import type { EventIndex } from "@yardline/index/event-index";
import { listFormat1, readFormat1 } from "@yardline/index/format-1";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { syncFolder } from "./durable.ts";
import { eraseNoted } from "./erasures.ts";
import type { Step, StepOptions } from "./step.ts";

const OLD_INDEX = "index.format-1";
const DEAD_LETTER = "dead-letter";

/**
 * Format 2: the index keeps a file for each retention class and period, the events compressed; messages that could not be read
 * left Records for a topic of the bus.
 */
export const toFormat2: Step = {
  to: 2,
  async run(options) {
    await moveDeadLetters(options);
    await carryIndex(options);
  },
};

/** Week by week: put into the new index, where putting twice changes nothing, and only then removed from the old one. */
async function carryIndex({ folder, report, signal }: StepOptions): Promise<void> {
  const [index, old] = [join(folder, "index"), join(folder, OLD_INDEX)];
  if (!existsSync(old)) {
    if (listFormat1(index).length === 0) return;
    await rename(index, old);
    await syncFolder(folder);
  }
  const target = await openEmbeddedIndex({ folder: index });
  try {
    for (const week of listFormat1(old)) {
      const events = await carryWeek(target, week, signal);
      for (const end of ["", "-wal", "-shm"]) await rm(week + end, { force: true });
      report(`index: ${events} events of the week of ${basename(week, ".sqlite")} carried over`);
    }
    await eraseNoted(folder, target);
  } finally {
    await target.close();
  }
  await rm(old, { recursive: true });
}

async function carryWeek(target: EventIndex, week: string, signal: AbortSignal): Promise<number> {
  let events = 0;
  for (const batch of readFormat1(week)) {
    signal.throwIfAborted();
    await target.put(batch);
    events += batch.length;
  }
  return events;
}

async function moveDeadLetters({ folder, clock, report, signal }: StepOptions): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const records = stack.adopt(await openSqliteRecords({ path: join(folder, "records.sqlite") }), (each) =>
    each.close(),
  );
  const rows = await records.list(DEAD_LETTER);
  if (rows.length === 0) return;
  const bus = stack.adopt(await openEmbeddedBus({ folder: join(folder, "bus"), clock }), (each) =>
    each.close(),
  );
  const moved = await keysOf(bus, signal);
  const missing = rows.filter(({ id }) => !moved.has(id));
  await bus.publish(
    "dead-letters",
    missing.map(({ id, value }) => ({
      key: id,
      source: String(Object(value).source),
      body: new TextEncoder().encode(JSON.stringify(value)),
    })),
  );
  await records.write(rows.map(({ kind, id }) => ({ kind, id, value: undefined })));
  report(`bus: ${rows.length} dead letters moved from records to the topic dead-letters`);
}

/** Keys of what a try before this one has moved. */
async function keysOf(bus: EventBus, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  if ((await bus.lag("dead-letters", "upgrade")) === 0) return keys;
  const end = await bus.end("dead-letters");
  for await (const batch of bus.tail("dead-letters", OLDEST, signal)) {
    for (const { key } of batch) keys.add(key);
    if (batch.at(-1)?.position === end) break;
  }
  return keys;
}
