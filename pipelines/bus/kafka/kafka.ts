import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { assert } from "@yardline/domain/assert";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { BusWatch } from "../bus-watch.ts";
import type { BusRecord, Delivered, EventBus } from "../event-bus.ts";
import { reportLag } from "../report-lag.ts";
import { TOPIC_NAMES, type Topic } from "../topics.ts";
import { type KafkaAddress, parseKafkaAddress } from "./address.ts";
import { type Asking, openAsking } from "./asking.ts";
import { type ClientMaker, clientMaker } from "./client.ts";
import { failureOf } from "./failure.ts";
import { KafkaTopic } from "./kafka-topic.ts";
import { Membership } from "./membership.ts";
import { offsetsOf, positionOf } from "./position.ts";
import { KafkaWriter } from "./writer.ts";

/** How long what waits may take to reach the brokers when the bus is closed. */
const DRAIN_MS_MAX = 5_000;
/** Between two stays of a reader in its group, when the first ended by a failure. */
const REJOIN_MS = 500;

export type KafkaBusOptions = {
  /** As `parseKafkaAddress` reads it; may hold a password. */
  readonly url: string;
  readonly clock: Clock;
  readonly watch?: BusWatch;
  /** What the brokers' logs and quotas call this process: `yardline` where nothing is said. */
  readonly name?: string;
  /** Names the groups of those who tail, none like another: random where nothing is said. */
  readonly newId?: () => string;
};

/**
 * Opens the bus of a region. Its topics must be there: `applyTopics` makes them.
 * @throws AppError `BUS_ADDRESS`, `BUS_REFUSED`; retryable `BUS_UNAVAILABLE`, and `BUS_TOPICS` where a topic is missing.
 */
export async function openKafkaBus(options: KafkaBusOptions): Promise<EventBus> {
  const address = parseKafkaAddress(options.url);
  const newClient = clientMaker(address, options.name ?? "yardline", options.watch);
  await using opening = new AsyncDisposableStack();
  const asking = opening.adopt(await openAsking(newClient), (each) => each.close());
  const partitions = await partitionsOf(address, asking);
  const writer = await KafkaWriter.open(newClient, options.clock).catch((thrown) => {
    throw failureOf(thrown);
  });
  opening.move();
  return new KafkaBus(options, address, newClient, asking, writer, partitions);
}

class KafkaBus implements EventBus {
  readonly #options: KafkaBusOptions;
  readonly #address: KafkaAddress;
  readonly #newClient: ClientMaker;
  readonly #asking: Asking;
  readonly #writer: KafkaWriter;
  readonly #topics: ReadonlyMap<Topic, KafkaTopic>;
  readonly #closed = new AbortController();
  /** Stays that have not ended yet. */
  readonly #stays = new Set<Promise<void>>();

  constructor(
    options: KafkaBusOptions,
    address: KafkaAddress,
    newClient: ClientMaker,
    asking: Asking,
    writer: KafkaWriter,
    partitions: ReadonlyMap<Topic, number>,
  ) {
    this.#options = options;
    this.#address = address;
    this.#newClient = newClient;
    this.#asking = asking;
    this.#writer = writer;
    const { clock, watch } = options;
    this.#topics = new Map(
      [...partitions].map(([topic, count]) => {
        const send = (partition: number, records: readonly BusRecord[]) =>
          writer.send(nameOf(address, topic), partition, records);
        return [topic, new KafkaTopic(topic, { partitions: count, clock, watch, send })];
      }),
    );
  }

  async publish(topic: Topic, records: readonly BusRecord[]): Promise<void> {
    if (this.#closed.signal.aborted) throw closed();
    if (records.length > 0) await this.#topicOf(topic).publish(records);
  }

  async *subscribe(topic: Topic, group: string, signal: AbortSignal): AsyncGenerator<readonly Delivered[]> {
    const { watch } = this.#options;
    using _report = watch && reportLag(this, topic, group, watch);
    yield* this.#read(topic, group, signal, async (client) => {
      const named = nameOf(this.#address, group);
      return Membership.join({ client, group: named, topic: nameOf(this.#address, topic) });
    });
  }

  tail(topic: Topic, after: string, signal: AbortSignal): AsyncIterable<readonly Delivered[]> {
    const wanted = offsetsOf(after);
    const group = `tail-${(this.#options.newId ?? randomUUID)()}`;
    let from: (number | undefined)[] | undefined;
    return this.#read(topic, group, signal, async (client) => {
      const kept = await this.#kept(topic);
      from ??= [...wanted];
      for (const { partition, low, high } of kept) {
        from[partition] = Math.min(Math.max(from[partition] ?? low, low), high);
      }
      const named = nameOf(this.#address, group);
      return Membership.join({ client, group: named, topic: nameOf(this.#address, topic), from });
    });
  }

  async end(topic: Topic): Promise<string> {
    const next: number[] = [];
    for (const { partition, high } of await this.#kept(topic)) next[partition] = high;
    return positionOf(next);
  }

  async lag(topic: Topic, group: string): Promise<number> {
    const topics = [nameOf(this.#address, topic)];
    const groupId = nameOf(this.#address, group);
    const [kept, [reached]] = await Promise.all([
      this.#kept(topic),
      this.#asking.ask((admin) => admin.fetchOffsets({ groupId, topics })),
    ]);
    const next = new Map(reached?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    return kept.reduce(
      (sum, { partition, low, high }) => sum + high - Math.max(low, next.get(partition) ?? -1),
      0,
    );
  }

  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    const topics = [...this.#topics.values()];
    await Promise.race([Promise.all(topics.map((topic) => topic.drained())), delay(DRAIN_MS_MAX)]);
    for (const topic of topics) topic.stop();
    await Promise.all(this.#stays);
    await Promise.all([this.#writer.close(), this.#asking.close()]);
  }

  #topicOf(topic: Topic): KafkaTopic {
    const found = this.#topics.get(topic);
    assert(found !== undefined, `there is no topic ${topic}`);
    return found;
  }

  /** Stay after stay, until the signal aborts or a person must mend something. */
  async *#read(
    topic: Topic,
    group: string,
    signal: AbortSignal,
    join: (client: ReturnType<ClientMaker>) => Promise<Membership>,
  ): AsyncGenerator<readonly Delivered[]> {
    const ending = AbortSignal.any([signal, this.#closed.signal]);
    while (!ending.aborted) {
      let stay: Membership | undefined;
      try {
        stay = await join(this.#newClient());
        yield* stay.batches(ending);
      } catch (thrown) {
        const failure = failureOf(thrown);
        if (!failure.retryable) throw failure;
        this.#options.watch?.rejoining(topic, group, failure);
      } finally {
        if (stay) await this.#leave(stay);
      }
      await delay(REJOIN_MS, undefined, { signal: ending }).catch(() => undefined);
    }
  }

  async #leave(stay: Membership): Promise<void> {
    const leaving = stay.leave();
    this.#stays.add(leaving);
    await leaving;
    this.#stays.delete(leaving);
  }

  /** Offsets of the oldest kept record and after the newest one, by partition. */
  async #kept(topic: Topic): Promise<{ partition: number; low: number; high: number }[]> {
    const name = nameOf(this.#address, topic);
    const offsets = await this.#asking.ask((admin) => admin.fetchTopicOffsets(name));
    return offsets.map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }));
  }
}

async function partitionsOf(address: KafkaAddress, asking: Asking): Promise<ReadonlyMap<Topic, number>> {
  const topics = TOPIC_NAMES.map((topic) => nameOf(address, topic));
  const { topics: found } = await asking.ask((admin) => admin.fetchTopicMetadata({ topics }));
  return new Map(
    TOPIC_NAMES.map((topic) => {
      const name = nameOf(address, topic);
      const count = found.find((each) => each.name === name)?.partitions.length ?? 0;
      assert(count > 0, `${name} has no partitions`);
      return [topic, count];
    }),
  );
}

/** What a topic or group is called on the brokers. */
export function nameOf({ prefix }: KafkaAddress, name: string): string {
  return `${prefix}.${name}`;
}

function closed(): AppError {
  return new AppError("BUS_UNAVAILABLE", "The bus is closed.", { retryable: true });
}
