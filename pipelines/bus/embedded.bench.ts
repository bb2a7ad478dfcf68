import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { onTestFinished, test } from "vitest";
import { openEmbeddedBus } from "./embedded.ts";
import type { BusRecord } from "./event-bus.ts";

const record = (n: number): BusRecord => ({
  key: `${n % 997}`,
  source: "camera/yard-1",
  body: new Uint8Array(1000).fill(n),
});

async function openBus() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-bench-"));
  const bus = await openEmbeddedBus({ folder, clock: systemClock, keep_ms: 86_400_000 });
  onTestFinished(async () => {
    await bus.close();
    await rm(folder, { recursive: true });
  });
  return bus;
}

// Budget: a region's edge that catches up after a day off sends 100 k events at once; 50 k/s in batches keeps that to 2 s,
// so a batch of 500 records of 1 kB has 10 ms.
test("publish a batch of 500", async ({ bench }) => {
  const bus = await openBus();
  const batch = Array.from({ length: 500 }, (_, n) => record(n));
  await bench("batch of 500", () => bus.publish("events", batch)).run();
});

// Budget: 5 k single publications/s by group commit, so 100 that wait together have 20 ms.
test("publish 100 single records at once", async ({ bench }) => {
  const bus = await openBus();
  const singles = Array.from({ length: 100 }, (_, n) => [record(n)]);
  await bench("100 singles", async () => {
    await Promise.all(singles.map((records) => bus.publish("events", records)));
  }).run();
});

// Budget: a reader that is behind takes 500 records in the 10 ms in which 500 more are written.
test("read a batch of 500", async ({ bench }) => {
  const bus = await openBus();
  await bus.publish(
    "events",
    Array.from({ length: 200_000 / 4 }, (_, n) => record(n)),
  );
  const stop = new AbortController();
  let reader = bus.tail("events", "1970-01-01:0", stop.signal)[Symbol.asyncIterator]();
  let left = 100;
  await bench("read 500", async () => {
    if (left-- === 0) {
      left = 99;
      reader = bus.tail("events", "1970-01-01:0", stop.signal)[Symbol.asyncIterator]();
    }
    await reader.next();
  }).run();
  stop.abort();
});
