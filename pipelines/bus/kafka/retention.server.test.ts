import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isoOf } from "@yardline/domain/time";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { realServer } from "@yardline/testkit/real-server";
import type { Admin } from "kafkajs";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { applyTopics } from "./apply-topics.ts";
import { openKafkaBus } from "./kafka.ts";
import { KAFKA_BOOT_MS_MAX, makeKafkaPlace } from "./testing.ts";

const HOUR_MS = 3_600_000;
/** Kinds of what has settings, of the Kafka protocol. */
const [TOPIC, BROKER] = [2, 4];
/** What is planted, with how many hours ago. Brokers count by their own clock, so that ours is the one that goes. */
const PLANTED = {
  /** Nothing was said after it: it lies in the segment that is still written to. */
  quiet: { hours: 61, source: "camera/quiet" },
  /** The next of its partition begins another segment. */
  old: { hours: 67, source: "camera/busy" },
  young: { hours: 59, source: "camera/busy" },
} as const;
type Name = keyof typeof PLANTED;
const markOf = (name: Name) => `track-of-${name}-7c41f2a9-be83-4d16-95e0-a2b97fd35c18`;
const NAMES: readonly Name[] = ["quiet", "old", "young"];

beforeAll(() => realServer("kafka"), KAFKA_BOOT_MS_MAX);

async function setRetention(admin: Admin, name: string, value: string): Promise<void> {
  const configEntries = [
    { name: "retention.ms", value },
    { name: "segment.ms", value: `${6 * HOUR_MS}` },
  ];
  await admin.alterConfigs({ validateOnly: false, resources: [{ type: TOPIC, name, configEntries }] });
}

test("with the topics as they are applied, what is 60 hours old and its segment leave every file of the broker, and nothing younger does", {
  timeout: 180_000,
}, async () => {
  const place = await makeKafkaPlace();
  const clock = handClock(Date.now());
  const bus = await openKafkaBus({ url: place.url, clock });
  const admin = place.foreign.admin();
  await admin.connect();
  onTestFinished(async () => {
    await bus.close();
    await admin.disconnect();
    await place.remove();
  });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: BROKER, name: "1", configNames: ["log.dirs"] }],
  });
  const folder = resources[0]?.configEntries[0]?.configValue ?? "";
  const grep = async () => {
    const found = new Set<Name>();
    for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const bytes = file.isFile()
        ? await readFile(join(file.parentPath, file.name)).catch(() => undefined)
        : undefined;
      for (const name of NAMES) if (bytes?.includes(markOf(name))) found.add(name);
    }
    return NAMES.filter((name) => found.has(name));
  };

  // As if nobody had applied the topics: nothing goes.
  await setRetention(admin, place.nameOf("events"), "-1");
  const now_ms = Date.now();
  for (const name of NAMES) {
    const { hours, source } = PLANTED[name];
    clock.setNow(now_ms - hours * HOUR_MS);
    const body = Buffer.from(JSON.stringify({ track: markOf(name), since: isoOf(clock.now_ms()) }));
    await bus.publish("events", [{ key: name, source, body }]);
  }
  await eventually(async () => expect(await grep()).toEqual(NAMES), 30_000);

  await applyTopics({ url: place.url });
  await eventually(async () => expect(await grep()).toEqual(["young"]), 90_000);
  // A reader that was away for so long goes on with what is kept.
  const stop = new AbortController();
  for await (const batch of bus.tail("events", "oldest", stop.signal)) {
    expect(batch.map(({ key }) => key)).toEqual(["young"]);
    stop.abort();
  }
});
