import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KAFKA_BOOT_MS_MAX, makeKafkaPlace } from "@yardline/bus/kafka/testing";
import { systemClock } from "@yardline/domain/time";
import { cameraLost } from "@yardline/events/camera-lost";
import { stateEvent } from "@yardline/events/event-type";
import { writeEvent } from "@yardline/events/write-event";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { eventually } from "@yardline/testkit/eventually";
import { realServer } from "@yardline/testkit/real-server";
import { pino } from "pino";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { runIndexer } from "./indexer.ts";
import { listDeadLetters, retryDeadLetters } from "./retry-dead-letters.ts";

beforeAll(() => realServer("kafka"), KAFKA_BOOT_MS_MAX);

const gap = stateEvent(
  cameraLost,
  { camera: "a", since: "2026-11-22T06:00:00.000Z", why: "silent", attempts: 0 },
  { source: "camera/a", tenant: "town", severity: "notice", revision: 0, state: "open" },
);

test("on a real Kafka: 2 MB, broken JSON and an unknown type harm nobody, and the letters can be read again", async () => {
  const place = await makeKafkaPlace();
  const bus = await place.open();
  const folder = await mkdtemp(join(tmpdir(), "yardline-indexer-"));
  const index = await openEmbeddedIndex({ folder });
  const stop = new AbortController();
  const running = runIndexer({
    bus,
    index,
    clock: systemClock,
    log: pino({ level: "silent" }),
    signal: stop.signal,
  });
  onTestFinished(async () => {
    stop.abort();
    await running;
    await Promise.all([bus.close(), index.close()]);
    await Promise.all([place.remove(), rm(folder, { recursive: true })]);
  });

  await place.letIn("events", 4_000_000);
  const unknown = { ...gap, type: "garden.watered", dataschema: "urn:yardline:garden.watered:v3" };
  await eventually(() => place.publishForeign("events", ["x".repeat(2_000_000)]), 10_000);
  await place.publishForeign("events", ['{"specversion":', JSON.stringify(unknown)]);
  await bus.publish("events", [{ key: gap.occurrence, source: gap.source, body: writeEvent(gap) }]);

  await eventually(async () => {
    const { events } = await index.search({}, { limit: 10 });
    // The same occurrence and revision: whichever came first stays.
    expect(events).toHaveLength(1);
    expect(await bus.lag("events", "indexer")).toBe(0);
  }, 15_000);
  const { letters, waiting } = await listDeadLetters(bus, AbortSignal.timeout(10_000));
  expect([waiting, letters.map(({ bytes }) => bytes).toSorted((a, b) => a - b)]).toEqual([
    2,
    [15, 2_000_000],
  ]);
  const again = await retryDeadLetters(bus, systemClock.now_ms(), AbortSignal.timeout(10_000));
  expect(again).toEqual({ republished: 0, stayed: 2, dropped: 0 });
  expect((await listDeadLetters(bus, AbortSignal.timeout(10_000))).waiting).toBe(2);
});
