import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { YardlineEvent } from "@yardline/events/event";
import { onTestFinished, test } from "vitest";
import { openEmbeddedIndex } from "./embedded.ts";
import { statementOf } from "./scenes.ts";

const EVENTS = 20_000;
const BATCH = 500;

/** Statement `n` moved to a millisecond of its own within some three weeks. */
function eventOf(n: number): YardlineEvent {
  const event = statementOf((n % 40) * 3 + (n % 2), 0);
  const at_ms = Date.parse("2026-11-01T00:00:00Z") + n * 90_001;
  const occurrence = at_ms.toString(16).padStart(12, "0") + event.occurrence.slice(12);
  return { ...event, occurrence, id: `${occurrence}.0`, time: new Date(at_ms).toISOString() };
}

async function openIndex() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-bench-"));
  const index = await openEmbeddedIndex({ folder });
  onTestFinished(async () => {
    await index.close();
    await rm(folder, { recursive: true });
  });
  return index;
}

// Budget: a town's 100 k events of a day are caught up with in half a minute, 3,500/s: 140 ms for a batch of 500.
test("put a batch of 500 new events", async ({ bench }) => {
  const index = await openIndex();
  let next = 0;
  await bench("put 500", async () => {
    await index.put(Array.from({ length: BATCH }, () => eventOf(next++)));
  }).run();
});

// Budget: an answer within 50 ms.
test("search", { timeout: 120_000 }, async ({ bench }) => {
  const index = await openIndex();
  for (let n = 0; n < EVENTS; n += BATCH) {
    await index.put(Array.from({ length: BATCH }, (_, at) => eventOf(n + at)));
  }
  const page = { limit: 50 };
  await bench("newest 50", () => index.search({}, page)).run();
  await bench("camera and label", () =>
    index.search({ sources: ["camera/yard-1"], labels: ["dog"] }, page),
  ).run();
  await bench("two words", () => index.search({ text: "зупинка ринок" }, page)).run();
  const circle = { center: { latitude: 50.453, longitude: 30.504 }, radius_m: 300 };
  await bench("300 m around", () => index.search({ circle }, page)).run();
});
