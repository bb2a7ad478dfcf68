import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { scanAll, townYear } from "@yardline/index/testing";
import { realServer } from "@yardline/testkit/real-server";
import { useFolder } from "@yardline/upkeep/data-folder";
import { expect, onTestFinished, test } from "vitest";
import { runVerb } from "../testing.ts";
import { index } from "./index.ts";

const EVENTS = townYear(300, 3).filter(({ time }) => time < "2026-02");

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-index-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** The folder of a stopped town that holds events. */
async function townFolder(events: readonly YardlineEvent[]): Promise<string> {
  const folder = await makeFolder();
  (await useFolder(folder, systemClock))[Symbol.dispose]();
  const kept = await openEmbeddedIndex({ folder: join(folder, "index") });
  await kept.put(events);
  await kept.close();
  return folder;
}

async function keptIn(folder: string): Promise<YardlineEvent[]> {
  const kept = await openEmbeddedIndex({ folder: join(folder, "index") });
  return scanAll(kept).finally(() => kept.close());
}

test("carries it to Elasticsearch and back", { timeout: 120_000 }, async () => {
  const from = await townFolder(EVENTS);
  const url = `${await realServer("elasticsearch")}/?prefix=verb-${process.pid}`;
  const there = await runVerb(index, { from, to: url }, ["migrate"]);
  expect(there.out).toContain("start the town with that --index\n");
  const back = await makeFolder();
  const here = await runVerb(index, { from: url, to: back }, ["migrate"]);
  expect(here.out).toContain("start the town without --index\n");
  expect(await keptIn(back)).toEqual(await keptIn(from));
});
