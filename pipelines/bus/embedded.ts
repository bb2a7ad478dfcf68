import { AppError } from "@yardline/domain/errors";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { Held } from "@yardline/events/fade";
import type { BusWatch } from "./bus-watch.ts";
import type { ReaderOperations } from "./embedded-reader.ts";
import { EmbeddedTopic } from "./embedded-topic.ts";
import type { WriterOperations } from "./embedded-writer.ts";
import { BATCH_MAX, type BusRecord, type Delivered, type EventBus, OLDEST } from "./event-bus.ts";
import { FADING_TOPICS } from "./fade-records.ts";
import { unpack } from "./packing.ts";
import { reportLag } from "./report-lag.ts";
import { startThread, type Thread } from "./thread.ts";
import { TOPIC_NAMES, TOPICS, type Topic } from "./topics.ts";

export type EmbeddedBusOptions = {
  /** Made where it is missing; one process at a time. */
  readonly folder: string;
  readonly clock: Clock;
  /** Records are kept so long after the end of their day (UTC), instead of what each topic's settings say: for tests. */
  readonly keep_ms?: number;
  readonly watch?: BusWatch;
};

/** Where a reader is: after `offset`, which is in the file of `day`. */
type Place = { readonly day: string; readonly offset: number };
const BEGINNING: Place = { day: "", offset: 0 };
const POSITION = /^(\d{4}-\d{2}-\d{2}):(\d{1,15})$/;

/**
 * Opens the bus that needs no server: one SQLite file a topic and day, one thread that appends, one that reads.
 * @throws AppError `STORE_IN_USE` while another process has it; `BUS_UNAVAILABLE`, `STORE_DAMAGED`, `STORE_FOREIGN`, `STORE_FORMAT`.
 */
export async function openEmbeddedBus(options: EmbeddedBusOptions): Promise<EventBus> {
  const { folder, clock, keep_ms, watch } = options;
  const started = (file: string) => new URL(`./${file}`, import.meta.url);
  const reader = startThread<ReaderOperations>(started("embedded-reader.ts"), { folder });
  const writer = startThread<WriterOperations>(started("embedded-writer.ts"), { folder });
  const forget = (topic: Topic, day: string) => reader.call("forget", topic, day);
  try {
    const reached = new Map<string, Place>();
    for (const { topic, group, ...place } of await reader.call("open"))
      reached.set(`${topic} ${group}`, place);
    const topics = new Map<Topic, EmbeddedTopic>();
    for (const topic of TOPIC_NAMES) {
      const kept = await writer.call("open", topic);
      const parts = { writer, clock, keep_ms: keep_ms ?? TOPICS[topic].keep_ms, watch, forget };
      topics.set(topic, new EmbeddedTopic(topic, kept, parts));
    }
    for (const topic of topics.values()) await topic.expire();
    return new EmbeddedBus(topics, reached, reader, writer, watch);
  } catch (thrown) {
    await Promise.all([reader.close(), writer.close()]);
    throw thrown;
  }
}

class EmbeddedBus implements EventBus {
  readonly #topics: ReadonlyMap<Topic, EmbeddedTopic>;
  /** How far each group got, by topic and group. */
  readonly #reached: Map<string, Place>;
  readonly #reader: Thread<ReaderOperations>;
  readonly #writer: Thread<WriterOperations>;
  readonly #watch: BusWatch | undefined;
  #closed = false;

  constructor(
    topics: ReadonlyMap<Topic, EmbeddedTopic>,
    reached: Map<string, Place>,
    reader: Thread<ReaderOperations>,
    writer: Thread<WriterOperations>,
    watch: BusWatch | undefined,
  ) {
    this.#topics = topics;
    this.#reached = reached;
    this.#reader = reader;
    this.#writer = writer;
    this.#watch = watch;
  }

  async publish(topic: Topic, records: readonly BusRecord[]): Promise<void> {
    if (this.#closed) throw new AppError("BUS_UNAVAILABLE", "The bus is closed.", { retryable: true });
    if (records.length > 0) await this.#topicOf(topic).publish(records);
  }

  async *subscribe(topic: Topic, group: string, signal: AbortSignal): AsyncGenerator<readonly Delivered[]> {
    using _report = this.#watch && reportLag(this, topic, group, this.#watch);
    const from = this.#reached.get(`${topic} ${group}`) ?? BEGINNING;
    yield* this.#follow(this.#topicOf(topic), from, signal, async (place) => {
      await this.#reader.call("commit", topic, group, place.day, place.offset);
      this.#reached.set(`${topic} ${group}`, place);
    });
  }

  tail(topic: Topic, after: string, signal: AbortSignal): AsyncIterable<readonly Delivered[]> {
    return this.#follow(this.#topicOf(topic), placeOf(after), signal, async () => {});
  }

  async end(topic: Topic): Promise<string> {
    const { day, offset } = endOf(this.#topicOf(topic));
    return offset === 0 ? OLDEST : positionOf(day, offset);
  }

  async lag(topic: Topic, group: string): Promise<number> {
    const reached = this.#reached.get(`${topic} ${group}`) ?? BEGINNING;
    return this.#topicOf(topic).countAfter(reached.offset);
  }

  async fade(now_ms: EpochMs, held: readonly Held[], again: boolean): Promise<number> {
    let changed = 0;
    for (const topic of FADING_TOPICS) changed += await this.#topicOf(topic).fade(now_ms, held, again);
    return changed;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const topic of this.#topics.values()) {
      await topic.drained();
      topic.wake();
    }
    await Promise.all([this.#reader.close(), this.#writer.close()]);
  }

  async *#follow(
    topic: EmbeddedTopic,
    from: Place,
    signal: AbortSignal,
    handled: (place: Place) => Promise<void>,
  ): AsyncGenerator<readonly Delivered[]> {
    // Ahead of the newest record is where a position of another, longer bus points: a folder that was made anew.
    let place = from.offset > topic.end ? endOf(topic) : from;
    while (!signal.aborted && !this.#closed) {
      if (place.offset >= topic.end) {
        await topic.grown(signal);
        continue;
      }
      const { batch, next } = await this.#read(topic, place);
      if (batch.length > 0) {
        yield batch;
        if (this.#closed) return;
        await handled(next);
      }
      place = next;
    }
  }

  /** The records after a place, or none and the next day to look in. */
  async #read(topic: EmbeddedTopic, { day, offset }: Place): Promise<{ batch: Delivered[]; next: Place }> {
    // Taken before reading: a day that has a follower by now is complete.
    const days = topic.days;
    const at = days.find((each) => each >= day) ?? days.at(-1) ?? day;
    const { first, ...packed } = await this.#reader.call("read", topic.topic, at, offset, BATCH_MAX);
    const batch = unpack(packed).map((record, index) => ({
      ...record,
      position: positionOf(at, first + index),
    }));
    if (batch.length > 0) return { batch, next: { day: at, offset: first + batch.length - 1 } };
    const following = days.find((each) => each > at);
    if (following === undefined && days === topic.days) {
      const lost = `Records after ${at}:${offset} of ${topic.topic} are missing from the disk.`;
      throw new AppError("BUS_UNAVAILABLE", `${lost} Was the folder changed while Yardline runs?`);
    }
    return { batch, next: { day: following ?? at, offset } };
  }

  #topicOf(topic: Topic): EmbeddedTopic {
    const kept = this.#topics.get(topic);
    if (!kept) throw new AppError("BUS_UNAVAILABLE", `There is no topic "${topic}".`);
    return kept;
  }
}

function endOf(topic: EmbeddedTopic): Place {
  return { day: topic.days.at(-1) ?? "", offset: topic.end };
}

function positionOf(day: string, offset: number): string {
  return `${day}:${offset}`;
}

function placeOf(position: string): Place {
  if (position === OLDEST) return BEGINNING;
  const [, day, offset] = POSITION.exec(position) ?? [];
  if (day === undefined) {
    throw new AppError("BUS_POSITION", `"${position.slice(0, 40)}" is no position of this bus.`);
  }
  return { day, offset: Number(offset) };
}
