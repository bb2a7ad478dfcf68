import type { Clock } from "@yardline/domain/time";
import type { Producer } from "kafkajs";
import type { BusRecord } from "../event-bus.ts";
import type { ClientMaker } from "./client.ts";
import { kindOf } from "./failure.ts";

/** The broker has lost count of this producer, or thinks that it has: it takes nothing more of it. */
const OUT_OF_COUNT = new Set([
  "OUT_OF_ORDER_SEQUENCE_NUMBER",
  "DUPLICATE_SEQUENCE_NUMBER",
  "UNKNOWN_PRODUCER_ID",
  "INVALID_PRODUCER_EPOCH",
]);

/** The header that holds a record's source. */
export const SOURCE_HEADER = "source";

/**
 * Sends batches so that a leader may be killed in between: one explicit partition a call and, by its callers, one call at a time a
 * partition. (The library loses and doubles acknowledged records where one call spans partitions.) Acknowledged by all replicas in
 * sync, numbered so that the broker knows a repetition.
 */
export class KafkaWriter {
  readonly #newClient: ClientMaker;
  readonly #clock: Pick<Clock, "now_ms">;
  #producer: Promise<Producer>;

  private constructor(newClient: ClientMaker, clock: Pick<Clock, "now_ms">, producer: Producer) {
    this.#newClient = newClient;
    this.#clock = clock;
    this.#producer = Promise.resolve(producer);
  }

  /** @param clock says from when on the brokers count how long a record is kept. */
  static async open(newClient: ClientMaker, clock: Pick<Clock, "now_ms">): Promise<KafkaWriter> {
    return new KafkaWriter(newClient, clock, await connected(newClient));
  }

  /** @throws what the client throws, after some tries; the batch may have been kept all the same. */
  async send(topic: string, partition: number, records: readonly BusRecord[]): Promise<void> {
    const used = this.#producer;
    const producer = await used;
    const timestamp = `${this.#clock.now_ms()}`;
    try {
      await producer.send({
        topic,
        acks: -1,
        messages: records.map(({ key, source, body }) => ({
          key,
          partition,
          timestamp,
          headers: { [SOURCE_HEADER]: source },
          value: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
        })),
      });
    } catch (thrown) {
      // A new producer counts from 0. Batches on their way are then sent twice at worst, which changes nothing for their readers.
      if (OUT_OF_COUNT.has(kindOf(thrown)) && this.#producer === used) await this.#replace(producer);
      throw thrown;
    }
  }

  async close(): Promise<void> {
    const producer = await this.#producer;
    await producer.disconnect();
  }

  async #replace(producer: Producer): Promise<void> {
    const next = connected(this.#newClient);
    this.#producer = next.catch(() => producer);
    await next;
    await producer.disconnect();
  }
}

async function connected(newClient: ClientMaker): Promise<Producer> {
  const producer = newClient().producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    // The caller has chosen.
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? 0,
  });
  await producer.connect();
  return producer;
}
