import { eventually } from "@yardline/testkit/eventually";
import { realServer } from "@yardline/testkit/real-server";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { applyTopics } from "./apply-topics.ts";
import { KAFKA_BOOT_MS_MAX, makeKafkaPlace } from "./testing.ts";

beforeAll(() => realServer("kafka"), KAFKA_BOOT_MS_MAX);

async function start() {
  const place = await makeKafkaPlace({ apply: false });
  const admin = place.foreign.admin();
  await admin.connect();
  onTestFinished(async () => {
    await admin.disconnect();
    await place.remove();
  });
  const settingsOf = async (topic: string, names: readonly string[]) => {
    const resource = { type: 2, name: place.nameOf(topic), configNames: [...names] };
    const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [resource] });
    const entries = resources[0]?.configEntries ?? [];
    return Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]));
  };
  const apply = async () => {
    const applied = await applyTopics({ url: place.url });
    return Object.fromEntries(applied.map(({ topic, changes }) => [topic.replace(/^[^.]*\./, ""), changes]));
  };
  /** A topic by other hands. Brokers hear of it one moment later. */
  const create = async (topic: string, numPartitions: number, settings: Record<string, string> = {}) => {
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
    const name = place.nameOf(topic);
    const topics = [{ topic: name, numPartitions, configEntries }];
    await admin.createTopics({ waitForLeaders: false, topics });
    await eventually(async () => expect(await admin.listTopics()).toContain(name));
  };
  return { place, admin, create, settingsOf, apply };
}

test("missing topics are made as declared; a second time there is nothing to do", async () => {
  const { apply, settingsOf } = await start();
  expect(await apply()).toMatchObject({
    events: ["created with 12 partitions"],
    "dead-letters": ["created with 1 partitions"],
  });
  expect(await settingsOf("positions", ["retention.ms", "cleanup.policy", "max.message.bytes"])).toEqual({
    "retention.ms": "172800000",
    "cleanup.policy": "delete",
    "max.message.bytes": "1048588",
  });
  expect(Object.values(await apply()).flat()).toEqual([]);
});

test("partitions are added, settings are mended, and what somebody else set stays", async () => {
  const { create, apply, settingsOf } = await start();
  await create("events", 3, { "retention.ms": "1000", "min.cleanable.dirty.ratio": "0.7" });
  expect((await apply())["events"]).toEqual([
    "partitions 3 → 12",
    "cleanup.policy unset → delete",
    "retention.ms 1000 → 216000000",
    "segment.ms unset → 21600000",
    "max.message.bytes unset → 1048588",
  ]);
  expect(await settingsOf("events", ["min.cleanable.dirty.ratio", "retention.ms"])).toEqual({
    "min.cleanable.dirty.ratio": "0.7",
    "retention.ms": "216000000",
  });
});

test("what cannot be done is refused by name, before anything is changed", async () => {
  const { place, admin, create } = await start();
  await create("events", 20);
  await expect(applyTopics({ url: place.url })).rejects.toMatchObject({
    code: "BUS_TOPICS",
    message: expect.stringContaining("events has 20 partitions, more than the 12 that are declared"),
  });
  expect(await admin.listTopics()).not.toContain(place.nameOf("positions"));
});

test("another number of copies is refused: moving records is Kafka's own work", async () => {
  const { place, apply } = await start();
  await apply();
  await expect(applyTopics({ url: place.url, replication: 3 })).rejects.toMatchObject({
    code: "BUS_TOPICS",
    message: expect.stringContaining("keeps 1 copies of each record, not 3"),
  });
});
