import type { EachBatchPayload, KafkaMessage } from "kafkajs";
import type { BusRecord } from "../event-bus.ts";
import { SOURCE_HEADER } from "./writer.ts";

/** Records of one partition that are handed out and handled together. */
export type Slice = {
  readonly offer: Offer;
  readonly records: readonly (BusRecord & { readonly offset: number })[];
  readonly bytes: number;
  /** Of the last one. */
  readonly last: number;
};

/** What the client fetched of one partition: it waits until all of it is handled, or is given back. */
export class Offer {
  readonly partition: number;
  readonly payload: EachBatchPayload;
  readonly #messages: readonly KafkaMessage[];
  #taken = 0;
  readonly #settled = Promise.withResolvers<void>();

  constructor(payload: EachBatchPayload) {
    this.partition = payload.batch.partition;
    this.payload = payload;
    this.#messages = payload.batch.messages;
  }

  /** Whether all of it was handed out. */
  get isTaken(): boolean {
    return this.#taken === this.#messages.length;
  }

  /** The next records from an offset on, at most so many and, from the second on, no more than so many bytes. */
  take(from: number, records_max: number, bytes_max: number): Slice {
    const records: (BusRecord & { offset: number })[] = [];
    let bytes = 0;
    let last = from - 1;
    for (; !this.isTaken && records.length < records_max; this.#taken++) {
      const message = this.#messages[this.#taken];
      if (!message || Number(message.offset) < from) continue;
      const size = message.value?.byteLength ?? 0;
      if (records.length > 0 && bytes + size > bytes_max) break;
      bytes += size;
      last = Number(message.offset);
      records.push({ ...recordOf(message), offset: last });
    }
    return { offer: this, records, bytes, last };
  }

  /** Lets the client fetch more. */
  finish(): void {
    this.#settled.resolve();
  }

  /** Makes the client deal with a failure: join the group anew, or fetch again. */
  giveBack(reason: unknown): void {
    this.#settled.reject(reason);
  }

  /** Resolves or rejects when it is settled. */
  settled(): Promise<void> {
    return this.#settled.promise;
  }
}

/** Other programs may write to our topics, so that each part may be missing. */
function recordOf({ key, value, headers }: KafkaMessage): BusRecord {
  const source = headers?.[SOURCE_HEADER];
  return {
    key: key?.toString() ?? "",
    source: (Array.isArray(source) ? source[0] : source)?.toString() ?? "",
    body: value ?? new Uint8Array(),
  };
}
