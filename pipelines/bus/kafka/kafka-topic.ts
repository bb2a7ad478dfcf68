import { assert } from "@yardline/domain/assert";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { BusWatch } from "../bus-watch.ts";
import { type BusRecord, findTooLarge } from "../event-bus.ts";
import type { Topic } from "../topics.ts";
import { failureOf } from "./failure.ts";
import { partitionOf } from "./partition-of.ts";
import { bytesOf, PartitionQueue } from "./partition-queue.ts";

/** Most that may wait for the brokers; a call beyond it is refused. */
const PENDING_RECORDS_MAX = 50_000;
const PENDING_BYTES_MAX = 64_000_000;
/** How long a call waits for the brokers before it is told that it failed. */
const PUBLISH_MS_MAX = 30_000;

type Parts = {
  readonly partitions: number;
  readonly clock: Clock;
  readonly watch: BusWatch | undefined;
  send(partition: number, records: readonly BusRecord[]): Promise<void>;
};

/** One topic's writing end: gives each record to the queue of its source's partition, and refuses what would wait too long. */
export class KafkaTopic {
  readonly #topic: Topic;
  readonly #parts: Parts;
  readonly #queues: readonly PartitionQueue[];
  #pendingRecords = 0;
  #pendingBytes = 0;
  readonly #closed = new AbortController();

  constructor(topic: Topic, parts: Parts) {
    const { partitions, clock, watch, send } = parts;
    this.#topic = topic;
    this.#parts = parts;
    this.#queues = Array.from(
      { length: partitions },
      (_, partition) =>
        new PartitionQueue({
          send: (records) => send(partition, records),
          clock,
          sent: (records, took_ms) => watch?.published(topic, records, took_ms),
          failed: (records, cause) => watch?.failed(topic, records, failureOf(cause)),
          left: (records, bytes) => {
            this.#pendingRecords -= records;
            this.#pendingBytes -= bytes;
          },
        }),
    );
  }

  async publish(records: readonly BusRecord[]): Promise<void> {
    const tooLarge = findTooLarge(records);
    if (tooLarge) throw tooLarge;
    const bytes = records.reduce((sum, record) => sum + bytesOf(record), 0);
    if (this.#isFull(records.length, bytes)) {
      this.#parts.watch?.refused(this.#topic, records.length);
      throw unavailable("Too many records wait for the brokers; publish again a little later.");
    }
    this.#pendingRecords += records.length;
    this.#pendingBytes += bytes;
    const { partitions } = this.#parts;
    const groups = Map.groupBy(records, ({ source }) => partitionOf(source, partitions));
    const give_up = AbortSignal.any([AbortSignal.timeout(PUBLISH_MS_MAX), this.#closed.signal]);
    const ended = await Promise.allSettled(
      [...groups].map(([partition, group]) => this.#queueOf(partition).add(group, give_up)),
    );
    const failed = ended.find((each) => each.status === "rejected");
    if (!failed) return;
    if (failed.reason !== give_up.reason) throw failed.reason;
    throw unavailable(`No broker acknowledged within ${PUBLISH_MS_MAX / 1000} s; publish again later.`);
  }

  #queueOf(partition: number): PartitionQueue {
    const queue = this.#queues[partition];
    assert(queue !== undefined, `${this.#topic} has no partition ${partition}`);
    return queue;
  }

  /** Resolves when nothing waits for the brokers any more. */
  async drained(): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.drained()));
  }

  /** What still waits is told that it failed. */
  stop(): void {
    this.#closed.abort();
    for (const queue of this.#queues) queue.stop();
  }

  #isFull(records: number, bytes: number): boolean {
    return (
      this.#pendingRecords > 0 &&
      (this.#pendingRecords + records > PENDING_RECORDS_MAX || this.#pendingBytes + bytes > PENDING_BYTES_MAX)
    );
  }
}

function unavailable(why: string): AppError {
  return new AppError("BUS_UNAVAILABLE", why, { retryable: true });
}
