import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { systemClock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { writeEvent } from "@yardline/events/write-event";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { scanAll, townYear } from "@yardline/index/testing";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { eventually } from "@yardline/testkit/eventually";
import { useFolder } from "@yardline/upkeep/data-folder";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { runIndexer } from "./indexer.ts";
import { rebuildFolder } from "./rebuild-folder.ts";
import { settleIndex } from "./switch-index.ts";

const NOW_MS = Date.parse("2027-01-01T00:00:00Z");
const clock = { ...systemClock, now_ms: () => NOW_MS };
const EVENTS = townYear(1_500, 5).filter(({ time }) => time < "2026-04");

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-rebuild-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A town of bus, records and index that runs on a folder. */
async function startTown(folder: string) {
  const lock = await useFolder(folder, clock);
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock });
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  const index = await openEmbeddedIndex({ folder: join(folder, "index") });
  const stop = new AbortController();
  const indexing = runIndexer({ bus, index, clock, log: pino({ level: "silent" }), signal: stop.signal });
  const say = async (events: readonly YardlineEvent[]) => {
    await bus.publish(
      "events",
      events.map((event) => ({ key: event.occurrence, source: event.source, body: writeEvent(event) })),
    );
    await eventually(async () => expect(await bus.lag("events", "indexer")).toBe(0), 20_000);
  };
  const end = async () => {
    stop.abort();
    await indexing;
    for (const store of [index, records, bus]) await store.close();
    lock[Symbol.dispose]();
  };
  return { say, end, index, records };
}

async function keptIn(folder: string): Promise<YardlineEvent[]> {
  const index = await openEmbeddedIndex({ folder: join(folder, "index") });
  return scanAll(index).finally(() => index.close());
}

const rebuild = (folder: string) =>
  rebuildFolder({ folder, clock, report: () => undefined, signal: new AbortController().signal });

test("a running town serves on from the old index; what it was told meanwhile is in the new one", async () => {
  const folder = await makeFolder();
  const town = await startTown(folder);
  await town.say(EVENTS.slice(0, 300));
  expect(await rebuild(folder)).toBe("ready");
  await town.say(EVENTS.slice(300));
  const [erased] = await scanAll(town.index);
  if (!erased) throw new Error("nothing to erase");
  await town.index.erase([erased.occurrence]);
  await town.records.write([{ kind: "erasure", id: erased.occurrence, value: {} }]);
  const expected = await scanAll(town.index);
  // Still in use.
  expect(await rebuild(folder)).toBe("ready");
  await town.end();
  expect(await rebuild(folder)).toEqual({ carried: 0, followed: expect.any(Number), erased: 1 });
  expect(await keptIn(folder)).toEqual(expected);
  expect((await readdir(folder)).filter((name) => /^index\.(next|before)$/.test(name))).toEqual([]);
  const again = await startTown(folder);
  await again.say(EVENTS.slice(0, 10));
  expect(await scanAll(again.index)).toEqual(expected);
  await again.end();
});

test("a stopped town's index is new at once, also from a half that was left long ago", async () => {
  const folder = await makeFolder();
  const town = await startTown(folder);
  await town.say(EVENTS);
  await town.end();
  const expected = await keptIn(folder);
  await mkdir(join(folder, "index.next"));
  await writeFile(join(folder, "index.next", "rebuild.json"), "{ half");
  expect(await rebuild(folder)).toMatchObject({ erased: 0 });
  expect(await keptIn(folder)).toEqual(expected);
});

test("a switch that was killed is ended before the index is opened, and leaves one index", async () => {
  const folder = await makeFolder();
  const town = await startTown(folder);
  await town.say(EVENTS.slice(0, 50));
  await town.end();
  const expected = await keptIn(folder);
  // Between the two renames: the old one is aside, the new one not yet in its place.
  await rename(join(folder, "index"), join(folder, "index.next"));
  await writeFile(join(folder, "index.next", "rebuilt.json"), "{}");
  await mkdir(join(folder, "index.before"));
  await settleIndex(folder);
  await settleIndex(folder);
  expect(await keptIn(folder)).toEqual(expected);
  expect(existsSync(join(folder, "index.before"))).toBe(false);
});

test("a folder without an index is named", async () => {
  const folder = await makeFolder();
  await expect(rebuild(folder)).rejects.toMatchObject({ code: "INDEX_MISSING" });
});
