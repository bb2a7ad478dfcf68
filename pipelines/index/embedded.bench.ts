import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { YardlineEvent } from "@yardline/events/event";
import { onTestFinished, test } from "vitest";
import type { Condition } from "./condition.ts";
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

// Budget: 30,000 events a second on two cores, 17 ms for a batch of 500. What ten million events cost, and questions of them, is
// measured by infra/bench/embedded-index.ts.
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
  const find = (name: string, ...of: readonly Condition[]) =>
    bench(name, () => index.search({ where: { op: "all", of } }, { limit: 50 })).run();
  await find("newest 50");
  await find(
    "camera and label",
    { op: "is", field: "camera", values: ["yard-1"] },
    { op: "is", field: "label", values: ["dog"] },
  );
  await find("two words", { op: "words", text: "зупинка ринок" });
  await find("300 m around", {
    op: "circle",
    center: { latitude: 50.453, longitude: 30.504 },
    radius_m: 300,
  });
});
