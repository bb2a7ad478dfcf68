import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { onTestFinished, test } from "vitest";
import { openEmbeddedBus } from "../embedded.ts";
import { type BusRecord, type EventBus, OLDEST } from "../event-bus.ts";
import { makeKafkaPlace } from "./testing.ts";

// Needs a broker: `./yardline backends start kafka`, then YARDLINE_TEST_KAFKA=kafka://127.0.0.1:19092 pnpm bench kafka
const CALLS = 8;
const batches = Array.from({ length: CALLS }, (_, call) =>
  Array.from(
    { length: 500 },
    (_, n): BusRecord => ({
      key: `${n}`,
      source: `camera/${call}-${n % 5}`,
      body: new Uint8Array(1000).fill(n),
    }),
  ),
);

async function openBoth(): Promise<{ readonly embedded: EventBus; readonly kafka: EventBus }> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-bench-"));
  const place = await makeKafkaPlace();
  const [embedded, kafka] = await Promise.all([
    openEmbeddedBus({ folder, clock: systemClock }),
    place.open(),
  ]);
  onTestFinished(async () => {
    await Promise.all([embedded.close(), kafka.close()]);
    await place.remove();
    await rm(folder, { recursive: true });
  });
  return { embedded, kafka };
}

// Budget: a region's 30 k events/s, so 8 calls of 500 records of 1 kB that wait together have 133 ms.
test("publish 8 batches of 500 at once", async ({ bench }) => {
  const { embedded, kafka } = await openBoth();
  const publish = (bus: EventBus) => async () => {
    await Promise.all(batches.map((batch) => bus.publish("events", batch)));
  };
  await bench.compare(bench("embedded", publish(embedded)), bench("Kafka", publish(kafka)));
});

// Budget: a reader that catches up reads faster than a region writes: 500 records in 16 ms.
test("read a batch of up to 500", async ({ bench }) => {
  const { embedded, kafka } = await openBoth();
  const stop = new AbortController();
  const read = async (bus: EventBus) => {
    for (let n = 0; n < 60; n++) await bus.publish("positions", batches[n % CALLS] ?? []);
    let reader = bus.tail("positions", OLDEST, stop.signal)[Symbol.asyncIterator]();
    let left = 40;
    return async () => {
      if (left-- === 0) {
        left = 40;
        await reader.return?.();
        reader = bus.tail("positions", OLDEST, stop.signal)[Symbol.asyncIterator]();
      }
      await reader.next();
    };
  };
  const [fromEmbedded, fromKafka] = [await read(embedded), await read(kafka)];
  await bench.compare(bench("embedded", fromEmbedded), bench("Kafka", fromKafka));
  stop.abort();
});
