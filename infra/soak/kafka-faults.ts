import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type EventBus, OLDEST } from "@yardline/bus/event-bus";
import { openKafkaBus } from "@yardline/bus/kafka";
import { applyTopics } from "@yardline/bus/kafka/apply-topics";
import { type ClusterView, viewCluster } from "@yardline/bus/kafka/testing";
import { TOPICS } from "@yardline/bus/topics";
import { systemClock } from "@yardline/domain/time";
import { eventually } from "@yardline/testkit/eventually";
import type { Kafka } from "../kafka/start.ts";

/** What became of what the bus acknowledged. */
export type FaultTally = {
  readonly acknowledged: number;
  /** Acknowledged, and never delivered to the group that read all the while. */
  readonly lost: number;
  /** On the topic more than once. */
  readonly doubled: number;
  /** Calls that were told to publish again, which nobody did. */
  readonly refused: number;
};

const GROUP = "faults";
/** 2,000 records a second, as those of many cameras. */
const CALL_EVERY_MS = 20;
const CALL_RECORDS = 40;
const SOURCES = 50;
const QUIET_MS = 1_000;
/** How long a broker stays dead: longer than it takes to choose another leader or coordinator. */
const DEAD_MS = 7_000;
const WHOLE_MS_MAX = 60_000;
const CAUGHT_UP_MS_MAX = 60_000;

/**
 * Kills the leader of one partition after another with SIGKILL, and starts it again, while 2,000 records/s flow.
 * @param kafka three brokers
 */
export function leaderKills(kills: number, kafka: Kafka): Promise<FaultTally> {
  return underFaults(kafka, async (view) => {
    const { partitions } = TOPICS.events;
    for (let n = 0; n < kills; n++)
      await killOnce(kafka, view, await view.leaderOf("events", n % partitions));
  });
}

/** The same with the broker that keeps the reading group together. */
export function coordinatorKills(kills: number, kafka: Kafka): Promise<FaultTally> {
  return underFaults(kafka, async (view) => {
    for (let n = 0; n < kills; n++) await killOnce(kafka, view, await view.coordinatorOf(GROUP));
  });
}

/** Freezes a leader (SIGSTOP) for some time: its connections stay open and say nothing. */
export function freeze(frozen_ms: number, kafka: Kafka): Promise<FaultTally> {
  return underFaults(kafka, async (view) => {
    const broker = await view.leaderOf("events", 0);
    kafka.kill(broker, "SIGSTOP");
    await wait(frozen_ms);
    kafka.kill(broker, "SIGCONT");
    await untilWhole(view);
  });
}

async function killOnce(kafka: Kafka, view: ClusterView, broker: number): Promise<void> {
  kafka.kill(broker, "SIGKILL");
  await wait(DEAD_MS);
  await kafka.restart(broker);
  await untilWhole(view);
}

/** In topics of its own. */
async function underFaults(kafka: Kafka, work: (view: ClusterView) => Promise<void>): Promise<FaultTally> {
  const url = `${kafka.address}/faults-${randomUUID().slice(0, 8)}`;
  await applyTopics({ url, replication: 3 });
  // Topics are made by one broker; the others hear of them a moment later.
  const bus = await eventually(() => openKafkaBus({ url, clock: systemClock }), WHOLE_MS_MAX);
  const flow = startFlow(bus);
  try {
    await wait(QUIET_MS);
    await work(viewCluster(url));
    await wait(QUIET_MS);
    return await flow.tally();
  } finally {
    await flow.stop();
    await bus.close();
  }
}

async function untilWhole(view: ClusterView): Promise<void> {
  for (let waited_ms = 0; !(await view.isWhole("events").catch(() => false)); waited_ms += 500) {
    if (waited_ms > WHOLE_MS_MAX) throw new Error("the brokers did not catch up with each other");
    await wait(500);
  }
}

/** Publishes at an even rate whatever happens, and reads it all as a group. */
function startFlow(bus: EventBus) {
  const acknowledged = new Set<string>();
  const delivered = new Set<string>();
  let [made, refused] = [0, 0];
  const stop = new AbortController();
  const reading = (async () => {
    for await (const batch of bus.subscribe("events", GROUP, stop.signal)) {
      for (const { key } of batch) delivered.add(key);
    }
  })();
  const calls = new Set<Promise<void>>();
  const publish = async (keys: readonly string[]) => {
    try {
      await bus.publish("events", keys.map(recordOf));
      for (const key of keys) acknowledged.add(key);
    } catch {
      refused++;
    }
  };
  const timer = setInterval(() => {
    const keys = Array.from({ length: CALL_RECORDS }, () => `${made++}`);
    const call = publish(keys).finally(() => calls.delete(call));
    calls.add(call);
  }, CALL_EVERY_MS);
  const halt = async () => {
    clearInterval(timer);
    await Promise.all(calls);
  };
  return {
    async tally(): Promise<FaultTally> {
      await halt();
      const missing = () => [...acknowledged].filter((key) => !delivered.has(key)).length;
      for (let waited_ms = 0; missing() > 0 && waited_ms < CAUGHT_UP_MS_MAX; waited_ms += 200)
        await wait(200);
      const doubled = await countDoubled(bus);
      return { acknowledged: acknowledged.size, lost: missing(), doubled, refused };
    },
    async stop() {
      await halt();
      stop.abort();
      await reading;
    },
  };
}

function recordOf(key: string) {
  return { key, source: `camera/${Number(key) % SOURCES}`, body: new TextEncoder().encode(`body of ${key}`) };
}

/** Reads the whole topic. */
async function countDoubled(bus: EventBus): Promise<number> {
  const count = await bus.lag("events", "nobody");
  const keys = new Set<string>();
  let read = 0;
  for await (const batch of bus.tail("events", OLDEST, new AbortController().signal)) {
    for (const { key } of batch) keys.add(key);
    read += batch.length;
    if (read >= count) break;
  }
  return read - keys.size;
}
