import { eventually } from "@yardline/testkit/eventually";
import { realServer } from "@yardline/testkit/real-server";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import type { BusWatch } from "../bus-watch.ts";
import { type BusRecord, type Delivered, type EventBus, OLDEST } from "../event-bus.ts";
import { describeEventBus, take, textsOf } from "../testing.ts";
import { KAFKA_BOOT_MS_MAX, makeKafkaPlace } from "./testing.ts";

beforeAll(() => realServer("kafka"), KAFKA_BOOT_MS_MAX);

describeEventBus("the bus on Kafka", makeKafkaPlace);

const soon = () => AbortSignal.timeout(20_000);
const record = (n: number, sources = 40): BusRecord => ({
  key: `${n}`,
  source: `camera/${n % sources}`,
  body: new TextEncoder().encode(`${n}`),
});
const numbered = (from: number, count: number) => Array.from({ length: count }, (_, n) => record(from + n));

async function start() {
  const place = await makeKafkaPlace();
  const told: string[] = [];
  const watch: BusWatch = {
    published: () => {},
    refused: (topic, records) => told.push(`refused ${topic} ${records}`),
    failed: (topic, _records, { code }) => told.push(`failed ${topic} ${code}`),
    expired: () => {},
    lagging: (topic, group, records) => told.push(`lagging ${topic} ${group} ${records}`),
    rejoining: (topic, group, { code }) => told.push(`rejoining ${topic} ${group} ${code}`),
    said: () => {},
  };
  const bus = await place.open(watch);
  onTestFinished(async () => {
    await bus.close();
    await place.remove();
  });
  return { place, bus, told };
}

/** One member of a group, that keeps each batch in hand until `go` lets it through. */
function member(bus: EventBus, stop: AbortSignal, work: (batch: readonly Delivered[]) => Promise<void>) {
  return (async () => {
    for await (const batch of bus.subscribe("events", "shared", stop)) await work(batch);
  })();
}

test("a record of another program is read as it is: no key, no source, no body", async () => {
  const { place, bus } = await start();
  await place.publishForeign("events", [null]);
  const [found] = await take(bus.tail("events", OLDEST, soon()), 1);
  expect(found).toMatchObject({ key: "", source: "", body: new Uint8Array() });
});

test("a message of 2 MB is refused by the topic, and read where somebody let it in", async () => {
  const { place, bus } = await start();
  const publish = () => place.publishForeign("events", ["x".repeat(2_000_000)]);
  await expect(publish()).rejects.toThrow(/too large|larger|size/i);
  await place.letIn("events", 4_000_000);
  await eventually(publish, 10_000);
  await bus.publish("events", [record(1)]);
  const found = await take(bus.subscribe("events", "g", soon()), 2);
  expect(found.map(({ body }) => body.byteLength).toSorted((a, b) => a - b)).toEqual([1, 2_000_000]);
});

test("two members share the work; one that comes and goes loses nothing, and what it handled does not come back", async () => {
  const { place, bus } = await start();
  const second = await place.open();
  onTestFinished(() => second.close());
  const [stop, stopSecond] = [new AbortController(), new AbortController()];
  const handled: string[][] = [[], []];
  const work = (who: number) => async (batch: readonly Delivered[]) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    handled[who]?.push(...batch.map(({ key }) => key));
  };
  const first = member(bus, stop.signal, work(0));
  for (let n = 0; n < 10; n++) await bus.publish("events", numbered(n * 100, 100));
  const other = member(second, stopSecond.signal, work(1));
  for (let n = 10; n < 60; n++) {
    await bus.publish("events", numbered(n * 100, 100));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await eventually(() => expect(handled[1]?.length).toBeGreaterThan(100), 20_000);
  stopSecond.abort();
  await other;
  for (let n = 60; n < 80; n++) await bus.publish("events", numbered(n * 100, 100));
  await eventually(async () => expect(await bus.lag("events", "shared")).toBe(0), 20_000);
  stop.abort();
  await first;
  const all = handled.flat();
  expect(new Set(all).size).toBe(8_000);
  expect(all.length).toBe(8_000);
});

test("a member that takes too long for its group goes on with it, and commits nothing that is another's by then", async () => {
  const { place, bus } = await start();
  const second = await place.open();
  onTestFinished(() => second.close());
  await bus.publish("events", numbered(0, 2_000));
  const stop = new AbortController();
  const held = Promise.withResolvers<void>();
  const handled: string[] = [];
  let isFirst = true;
  const slow = member(bus, stop.signal, async (batch) => {
    // The first batch is in hand while another member joins: it is committed all the same, before the group is shared anew.
    if (isFirst) await held.promise;
    isFirst = false;
    handled.push(...batch.map(({ key }) => key));
  });
  const quick = member(second, stop.signal, async (batch) => {
    handled.push(...batch.map(({ key }) => key));
  });
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  held.resolve();
  await eventually(async () => expect(await bus.lag("events", "shared")).toBe(0), 20_000);
  stop.abort();
  await Promise.all([slow, quick]);
  expect(new Set(handled).size).toBe(2_000);
  expect(handled.length).toBe(2_000);
});

test("partitions that are added are read too, by a group and by a position from before", async () => {
  const { place, bus } = await start();
  await bus.publish("events", numbered(0, 10));
  const before = await bus.end("events");
  const admin = place.foreign.admin();
  await admin.connect();
  await admin.createPartitions({ topicPartitions: [{ topic: place.nameOf("events"), count: 14 }] });
  await admin.disconnect();
  const more = await place.open();
  onTestFinished(() => more.close());
  await more.publish("events", numbered(10, 200));
  expect(await take(more.tail("events", before, soon()), 200)).toHaveLength(200);
  expect(await take(more.subscribe("events", "late", soon()), 210)).toHaveLength(210);
});

test("a position of a topic that was made anew goes on from now", async () => {
  const { bus } = await start();
  const ahead = `k${Array.from({ length: 12 }, () => "zz").join(".")}`;
  await bus.publish("events", [record(1)]);
  const tail = take(bus.tail("events", ahead, soon()), 1);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await bus.publish("events", [record(2)]);
  expect(textsOf(await tail)).toEqual(["2:2"]);
});

test("lag is said while a group handles nothing; a call too many is refused whole", async () => {
  const { bus, told } = await start();
  await bus.publish("events", numbered(0, 3));
  const reader = bus.subscribe("events", "slow", soon())[Symbol.asyncIterator]();
  await reader.next();
  await eventually(() => expect(told).toContain("lagging events slow 3"));
  await reader.return?.();
  const many = bus.publish("positions", numbered(0, 60_000));
  await expect(bus.publish("positions", [record(1)])).rejects.toMatchObject({
    code: "BUS_UNAVAILABLE",
    retryable: true,
  });
  await many;
  expect(told.filter((line) => line.startsWith("refused"))).toEqual(["refused positions 1"]);
});

test("topics that nobody made are named, with the command that makes them", async () => {
  const place = await makeKafkaPlace({ apply: false });
  await expect(place.open()).rejects.toMatchObject({
    code: "BUS_TOPICS",
    message: expect.stringContaining("./yardline topics apply"),
  });
});
