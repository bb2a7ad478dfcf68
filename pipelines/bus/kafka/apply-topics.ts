import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import kafkajs, { type Admin } from "kafkajs";
import { SEGMENT_MS, TOPIC_NAMES, TOPICS, type TopicSettings } from "../topics.ts";
import { type KafkaAddress, parseKafkaAddress } from "./address.ts";
import { type Asking, openAsking } from "./asking.ts";
import { clientMaker } from "./client.ts";
import { nameOf } from "./kafka.ts";

const { ConfigResourceTypes } = kafkajs;
/** Where a setting was made: on the topic itself. Kafka protocol, DescribeConfigs. */
const SET_ON_TOPIC = 1;
const OK = 0;
/** How long a new topic may take to be known everywhere. */
const LED_MS_MAX = 10_000;
const LED_POLL_MS = 50;

export type ApplyOptions = {
  readonly url: string;
  /** On how many brokers each record is kept; what the brokers say by themselves where it is not given. */
  readonly replication?: number;
};

/** What was done about one topic, in words; none where everything was as declared. */
export type Applied = { readonly topic: string; readonly changes: readonly string[] };

/**
 * Makes a Kafka's topics what `TOPICS` declares: creates those that are missing, adds partitions, sets retention, compaction and
 * size. What others have set on a topic beside that stays.
 * @throws AppError `BUS_TOPICS` for what cannot be done to a topic that holds records: fewer partitions, another replication.
 */
export async function applyTopics({ url, replication }: ApplyOptions): Promise<readonly Applied[]> {
  const address = parseKafkaAddress(url);
  const asking = await openAsking(clientMaker(address, "yardline-topics", undefined));
  try {
    const found = await find(asking, address);
    refuse(found, replication);
    const applied: Applied[] = [];
    for (const each of found) {
      const changes = each.exists ? await change(asking, each) : await create(asking, each, replication);
      applied.push({ topic: each.name, changes });
    }
    return applied;
  } finally {
    await asking.close();
  }
}

type Found = {
  readonly name: string;
  readonly wanted: TopicSettings;
  readonly exists: boolean;
  readonly partitions: number;
  readonly replication: number;
  /** Settings made on the topic itself. */
  readonly settings: ReadonlyMap<string, string>;
};

async function find(asking: Asking, address: KafkaAddress): Promise<readonly Found[]> {
  const existing = new Set(await asking.ask((admin) => admin.listTopics()));
  return Promise.all(
    TOPIC_NAMES.map(async (topic) => {
      const name = nameOf(address, topic);
      const wanted: TopicSettings = TOPICS[topic];
      if (!existing.has(name))
        return { name, wanted, exists: false, partitions: 0, replication: 0, settings: new Map() };
      const [partitions, settings] = await Promise.all([
        asking.ask((admin) => partitionsOf(admin, name)),
        asking.ask((admin) => settingsOf(admin, name)),
      ]);
      return { name, wanted, exists: true, settings, ...partitions };
    }),
  );
}

async function partitionsOf(admin: Admin, name: string) {
  const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
  const partitions = topics[0]?.partitions ?? [];
  return { partitions: partitions.length, replication: partitions[0]?.replicas.length ?? 0 };
}

async function settingsOf(admin: Admin, name: string): Promise<ReadonlyMap<string, string>> {
  const described = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name }],
  });
  const entries = described.resources[0]?.configEntries ?? [];
  const own = entries.filter(({ configSource }) => Number(configSource) === SET_ON_TOPIC);
  return new Map(own.map(({ configName, configValue }) => [configName, configValue]));
}

/** Before anything is changed. */
function refuse(found: readonly Found[], replication: number | undefined): void {
  for (const { name, exists, partitions, wanted, replication: now } of found) {
    if (partitions > wanted.partitions) {
      const why = `${name} has ${partitions} partitions, more than the ${wanted.partitions} that are declared`;
      const mend = "Kafka cannot take any away: raise the declaration, or use another prefix.";
      throw new AppError("BUS_TOPICS", `${why}. ${mend}`);
    }
    if (exists && replication !== undefined && now !== replication) {
      const why = `${name} keeps ${now} copies of each record, not ${replication}`;
      throw new AppError("BUS_TOPICS", `${why}. Change it with Kafka's own kafka-reassign-partitions.`);
    }
  }
}

async function create(asking: Asking, { name, wanted }: Found, replication = -1): Promise<readonly string[]> {
  const topic = {
    topic: name,
    numPartitions: wanted.partitions,
    replicationFactor: replication,
    configEntries: Object.entries(configOf(wanted)).map(([key, value]) => ({ name: key, value })),
  };
  const isNew = await asking.ask((admin) => admin.createTopics({ topics: [topic], waitForLeaders: false }));
  if (!isNew) {
    const why = `${name} was made by somebody else a moment ago; run ./yardline topics apply again.`;
    throw new AppError("BUS_TOPICS", why, { retryable: true });
  }
  await untilLed(asking, name);
  return [`created with ${wanted.partitions} partitions`];
}

/** Brokers hear of a new topic one after another, and some say for a moment that there is none. */
async function untilLed(asking: Asking, name: string): Promise<void> {
  for (let waited_ms = 0; ; waited_ms += LED_POLL_MS) {
    try {
      await asking.ask((admin) => admin.fetchTopicMetadata({ topics: [name] }));
      return;
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === "BUS_TOPICS") || waited_ms > LED_MS_MAX)
        throw thrown;
    }
    await delay(LED_POLL_MS);
  }
}

async function change(
  asking: Asking,
  { name, wanted, partitions, settings }: Found,
): Promise<readonly string[]> {
  const changes: string[] = [];
  if (partitions < wanted.partitions) {
    const count = wanted.partitions;
    await asking.ask((admin) => admin.createPartitions({ topicPartitions: [{ topic: name, count }] }));
    changes.push(`partitions ${partitions} → ${count}`);
  }
  const config = Object.entries(configOf(wanted));
  const different = config.filter(([key, value]) => settings.get(key) !== value);
  if (different.length > 0) {
    // This call sets all that is said of a topic: what others have said is said again.
    const all = new Map([...settings, ...config]);
    const configEntries = [...all].map(([key, value]) => ({ name: key, value }));
    await asking.ask(async (admin) => {
      const resources = [{ type: ConfigResourceTypes.TOPIC, name, configEntries }];
      const answer = await admin.alterConfigs({ validateOnly: false, resources });
      const [failed] = Object(answer).resources.filter(
        (each: { errorCode: number }) => each.errorCode !== OK,
      );
      if (failed)
        throw new AppError("BUS_TOPICS", `${name}: Kafka refuses the settings: ${failed.errorMessage}.`);
    });
    changes.push(...different.map(([key, value]) => `${key} ${settings.get(key) ?? "unset"} → ${value}`));
  }
  return changes;
}

/** https://kafka.apache.org/43/configuration/topic-configs/ */
function configOf({
  keep_ms,
  keep_unchanged_ms = keep_ms,
  compacted,
  message_bytes_max,
}: TopicSettings): Readonly<Record<string, string>> {
  return {
    "cleanup.policy": compacted ? "compact,delete" : "delete",
    "retention.ms": `${keep_unchanged_ms}`,
    "segment.ms": `${SEGMENT_MS}`,
    "max.message.bytes": `${message_bytes_max}`,
  };
}
