import { randomUUID } from "node:crypto";
import { systemClock } from "@yardline/domain/time";
import { realServer } from "@yardline/testkit/real-server";
import { type Admin, Kafka } from "kafkajs";
import type { BusWatch } from "../bus-watch.ts";
import type { EventBus } from "../event-bus.ts";
import { TOPIC_NAMES } from "../topics.ts";
import { parseKafkaAddress } from "./address.ts";
import { applyTopics } from "./apply-topics.ts";
import { nameOf, openKafkaBus } from "./kafka.ts";

/** How long the run's broker may take to be there for the first test that asks. */
export const KAFKA_BOOT_MS_MAX = 120_000;

/** Topics of a test's own on the run's broker. */
export type KafkaPlace = {
  readonly url: string;
  open(watch?: BusWatch): Promise<EventBus>;
  /** Somebody else's client, for what we would not do. */
  readonly foreign: Kafka;
  /** Publishes as somebody who knows nothing of our ways. */
  publishForeign(topic: string, bodies: readonly (string | null)[]): Promise<void>;
  /** Lets larger messages into a topic than we declare. */
  letIn(topic: string, bytes: number): Promise<void>;
  /** What a topic of ours is called there. */
  nameOf(topic: string): string;
  remove(): Promise<void>;
};

/** @param apply whether the topics are made. */
export async function makeKafkaPlace({ apply = true } = {}): Promise<KafkaPlace> {
  const url = `${await realServer("kafka")}/test-${randomUUID().slice(0, 8)}`;
  const address = parseKafkaAddress(url);
  if (apply) await applyTopics({ url });
  const foreign = new Kafka({ brokers: [...address.brokers], logLevel: 0 });
  return {
    url,
    open: (watch) => openKafkaBus({ url, clock: systemClock, ...(watch && { watch }) }),
    foreign,
    nameOf: (topic) => nameOf(address, topic),
    async publishForeign(topic, bodies) {
      const producer = foreign.producer({ allowAutoTopicCreation: false });
      await producer.connect();
      try {
        const messages = bodies.map((value) => ({ value }));
        await producer.send({ topic: nameOf(address, topic), messages });
      } finally {
        await producer.disconnect();
      }
    },
    letIn: (topic, bytes) =>
      withAdmin(foreign, async (admin) => {
        const configEntries = [{ name: "max.message.bytes", value: `${bytes}` }];
        const resources = [{ type: TOPIC, name: nameOf(address, topic), configEntries }];
        await admin.alterConfigs({ validateOnly: false, resources });
      }),
    remove: () =>
      withAdmin(foreign, async (admin) => {
        const there = new Set(await admin.listTopics());
        const topics = TOPIC_NAMES.map((topic) => nameOf(address, topic)).filter((name) => there.has(name));
        if (topics.length > 0) await admin.deleteTopics({ topics });
      }),
  };
}

/** What a test of faults must know of a cluster whose brokers are numbered from 1. */
export type ClusterView = {
  /** The broker that leads a partition of a topic of ours. */
  leaderOf(topic: string, partition: number): Promise<number>;
  /** The broker that keeps a group of ours together: the leader of the group's partition among the offsets. */
  coordinatorOf(group: string): Promise<number>;
  /** Whether every broker has caught up with all of a topic of ours. */
  isWhole(topic: string): Promise<boolean>;
};

/** Looks at a cluster, each time over a connection of its own: some of its brokers may just be dead. */
export function viewCluster(url: string): ClusterView {
  const address = parseKafkaAddress(url);
  const client = new Kafka({ brokers: [...address.brokers], logLevel: 0 });
  const metadata = (topic: string) =>
    withAdmin(client, async (admin) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]?.partitions ?? [];
    });
  const leaderOf = async (topic: string, partition: number) => {
    const found = (await metadata(topic)).find(({ partitionId }) => partitionId === partition);
    return found?.leader ?? 0;
  };
  return {
    leaderOf: (topic, partition) => leaderOf(nameOf(address, topic), partition),
    async coordinatorOf(group) {
      const { length } = await metadata(OFFSETS);
      return leaderOf(OFFSETS, Math.abs(javaHashOf(nameOf(address, group))) % length);
    },
    async isWhole(topic) {
      const partitions = await metadata(nameOf(address, topic));
      return partitions.every(({ isr, replicas }) => isr.length === replicas.length);
    },
  };
}

/** Of the Kafka protocol's kinds of things that have settings. */
const TOPIC = 2;
const OFFSETS = "__consumer_offsets";

/** `String.hashCode` of Java, by which Kafka chooses a group's partition. */
function javaHashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(31, hash) + text.charCodeAt(at)) | 0;
  return hash;
}

async function withAdmin<Result>(client: Kafka, work: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = client.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
