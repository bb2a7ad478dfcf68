import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { BusRecord } from "../event-bus.ts";
import { kindOf } from "./failure.ts";

/** Most that one request carries: what a broker takes as one message, less room for what stands around the records. */
const BATCH_BYTES_MAX = 900_000;
const BATCH_RECORDS_MAX = 2_000;
/** What a record needs beyond key, source and body, roughly. */
const RECORD_OVERHEAD_BYTES = 40;
/** How long the first record of a batch waits for others to go with it. */
const LINGER_MS = 5;
/** The first wait before a batch is sent again, doubled up to the second. */
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 2_000;

/** Codes with which a broker has decided: nothing of the batch was kept, and it never will be. */
const DECIDED = new Set(["MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE", "INVALID_RECORD"]);

/** The records of one call that go to one partition. */
type Publication = {
  /** Not acknowledged yet. */
  left: number;
  /** Whoever called was told that it failed: what was not sent yet is not sent any more. */
  givenUp: boolean;
  resolve(): void;
  reject(reason: unknown): void;
};
type Waiting = { readonly record: BusRecord; readonly bytes: number; readonly publication: Publication };

export type QueueParts = {
  /** Sends one batch to the partition, with some tries of its own; resolves when enough replicas have it. */
  send(records: readonly BusRecord[]): Promise<void>;
  readonly clock: Clock;
  /** A batch is on its way for good. */
  sent(records: number, took_ms: number): void;
  /** A batch could not be sent, and is sent again. */
  failed(records: number, cause: unknown): void;
  /** Records wait no longer, one way or the other. */
  left(records: number, bytes: number): void;
};

/**
 * Everything that goes to one partition, one batch after another. A batch whose fate is unknown is sent again, the very same,
 * before any other: the broker knows a repeated batch by its number and length, so that nothing is kept twice, and nothing new
 * is taken for a repetition and lost.
 */
export class PartitionQueue {
  readonly #parts: QueueParts;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #draining: Promise<void> | undefined;
  readonly #stop = new AbortController();

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Resolves when the broker has acknowledged all; rejects when `give_up` aborts before. */
  add(records: readonly BusRecord[], give_up: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const publication: Publication = { left: records.length, givenUp: false, resolve, reject };
    const giveUp = () => {
      publication.givenUp = true;
      reject(give_up.reason);
    };
    give_up.addEventListener("abort", giveUp, { once: true });
    for (const record of records) {
      const bytes = bytesOf(record);
      this.#waiting.push({ record, bytes, publication });
      this.#waitingBytes += bytes;
    }
    this.#draining ??= this.#drain();
    return promise.finally(() => give_up.removeEventListener("abort", giveUp));
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#draining;
  }

  /** Ends it; what still waits stays unacknowledged. */
  stop(): void {
    this.#stop.abort();
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#stop.signal.aborted) {
      const isFull = this.#waiting.length >= BATCH_RECORDS_MAX || this.#waitingBytes >= BATCH_BYTES_MAX;
      if (!isFull) await delay(LINGER_MS);
      const batch = this.#take();
      if (batch.length > 0) await this.#sendUntilDecided(batch);
    }
    this.#draining = undefined;
  }

  #take(): readonly Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const waiting of this.#waiting) {
      bytes += waiting.bytes;
      if (count === BATCH_RECORDS_MAX || (count > 0 && bytes > BATCH_BYTES_MAX)) break;
      count++;
    }
    const taken = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    this.#waitingBytes -= sizeOf(taken);
    const wanted = taken.filter(({ publication }) => !publication.givenUp);
    const unwanted = taken.filter(({ publication }) => publication.givenUp);
    if (unwanted.length > 0) this.#parts.left(unwanted.length, sizeOf(unwanted));
    return wanted;
  }

  async #sendUntilDecided(batch: readonly Waiting[]): Promise<void> {
    const { send, clock, sent, failed, left } = this.#parts;
    const { signal } = this.#stop;
    const records = batch.map(({ record }) => record);
    for (let wait_ms = RETRY_MS_MIN; !signal.aborted; wait_ms = Math.min(2 * wait_ms, RETRY_MS_MAX)) {
      const began_ms = clock.monotonic_ms();
      try {
        await send(records);
        sent(records.length, clock.monotonic_ms() - began_ms);
        for (const { publication } of batch) if (--publication.left === 0) publication.resolve();
        break;
      } catch (thrown) {
        failed(records.length, thrown);
        if (DECIDED.has(kindOf(thrown))) {
          for (const { publication } of batch) publication.reject(tooLarge(thrown));
          break;
        }
      }
      await delay(wait_ms, undefined, { signal }).catch(() => undefined);
    }
    left(batch.length, sizeOf(batch));
  }
}

/** What a record takes on the wire, roughly and rather too much. */
export function bytesOf({ key, source, body }: BusRecord): number {
  return body.byteLength + 3 * (key.length + source.length) + RECORD_OVERHEAD_BYTES;
}

function sizeOf(waiting: readonly Waiting[]): number {
  return waiting.reduce((sum, { bytes }) => sum + bytes, 0);
}

function tooLarge(cause: unknown): AppError {
  const mend = "The topic takes less than it is declared to; run ./yardline topics apply.";
  return new AppError("BUS_RECORD_TOO_LARGE", `Kafka refuses records for their size. ${mend}`, { cause });
}
