import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { onTestFinished, test } from "vitest";
import { openEmbeddedBus } from "./embedded.ts";
import { type BusRecord, type EventBus, OLDEST } from "./event-bus.ts";

const record = (n: number): BusRecord => ({
  key: `${n % 997}`,
  source: "camera/yard-1",
  body: new Uint8Array(1000).fill(n),
});

async function openBus() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-bench-"));
  const bus = await openEmbeddedBus({ folder, clock: systemClock });
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
  let reader = bus.tail("events", OLDEST, stop.signal)[Symbol.asyncIterator]();
  let left = 100;
  await bench("read 500", async () => {
    if (left-- === 0) {
      left = 99;
      reader = bus.tail("events", OLDEST, stop.signal)[Symbol.asyncIterator]();
    }
    await reader.next();
  }).run();
  stop.abort();
});

// Budget: none of the writer's time. A reader that is a minute behind (at 2,000 records/s) catches up while batches are written.
test("publish a batch of 500 while a reader catches up", async ({ bench }) => {
  const [quiet, read] = [await openBus(), await openBus()];
  const batch = Array.from({ length: 500 }, (_, n) => record(n));
  for (let n = 0; n < 240; n++) await read.publish("events", batch);
  const stop = new AbortController();
  const reading = (async () => {
    while (!stop.signal.aborted) await readAll(read, stop.signal);
  })();
  await bench.compare(
    bench("nobody reads", () => quiet.publish("events", batch)),
    bench("one reads what was a minute ago", () => read.publish("events", batch)),
  );
  stop.abort();
  await reading;
});

/** From the oldest on, a batch of 500 each 20 ms: ten times as fast as records came. */
async function readAll(bus: EventBus, signal: AbortSignal): Promise<void> {
  let left = 240;
  for await (const _ of bus.tail("events", OLDEST, signal)) {
    if (left-- === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
