import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { ReaderOperations } from "./embedded-reader.ts";
import { type BusWatch, EmbeddedTopic } from "./embedded-topic.ts";
import type { WriterOperations } from "./embedded-writer.ts";
import { BATCH_MAX, type BusRecord, type Delivered, type EventBus, TOPICS, type Topic } from "./event-bus.ts";
import { unpack } from "./packing.ts";
import { startThread, type Thread } from "./thread.ts";

export type EmbeddedBusOptions = {
  /** Made where it is missing; one process at a time. */
  readonly folder: string;
  readonly clock: Clock;
  /** Records are kept at least this long after the end of their day (UTC). */
  readonly keep_ms: number;
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
    for (const topic of TOPICS) {
      const kept = await writer.call("open", topic);
      topics.set(topic, new EmbeddedTopic(topic, kept, { writer, clock, keep_ms, watch, forget }));
    }
    for (const topic of topics.values()) await topic.expire();
    return new EmbeddedBus(topics, reached, reader, writer);
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
  #closed = false;

  constructor(
    topics: ReadonlyMap<Topic, EmbeddedTopic>,
    reached: Map<string, Place>,
    reader: Thread<ReaderOperations>,
    writer: Thread<WriterOperations>,
  ) {
    this.#topics = topics;
    this.#reached = reached;
    this.#reader = reader;
    this.#writer = writer;
  }

  async publish(topic: Topic, records: readonly BusRecord[]): Promise<void> {
    if (this.#closed) throw new AppError("BUS_UNAVAILABLE", "The bus is closed.", { retryable: true });
    if (records.length > 0) await this.#topicOf(topic).publish(records);
  }

  subscribe(topic: Topic, group: string, signal: AbortSignal): AsyncIterable<readonly Delivered[]> {
    const from = this.#reached.get(`${topic} ${group}`) ?? BEGINNING;
    return this.#follow(this.#topicOf(topic), from, signal, async (place) => {
      await this.#reader.call("commit", topic, group, place.day, place.offset);
      this.#reached.set(`${topic} ${group}`, place);
    });
  }

  tail(topic: Topic, position: string | undefined, signal: AbortSignal): AsyncIterable<readonly Delivered[]> {
    const kept = this.#topicOf(topic);
    const from = position === undefined ? endOf(kept) : placeOf(position);
    return this.#follow(kept, from, signal, async () => {});
  }

  async lag(topic: Topic, group: string): Promise<number> {
    const reached = this.#reached.get(`${topic} ${group}`) ?? BEGINNING;
    return Math.max(0, this.#topicOf(topic).end - reached.offset);
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
    const batch = unpack(packed).map((record, index) => ({ ...record, position: `${at}:${first + index}` }));
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

function placeOf(position: string): Place {
  const [, day, offset] = POSITION.exec(position) ?? [];
  if (day === undefined) {
    throw new AppError("BUS_POSITION", `"${position.slice(0, 40)}" is no position of this bus.`);
  }
  return { day, offset: Number(offset) };
}
