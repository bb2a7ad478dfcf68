/** What goes over the bus. Pictures never do. */
export type BusRecord = {
  /** Order is kept among records of one key: the occurrence for events, the vehicle for positions. */
  readonly key: string;
  /** Chooses the partition where there are several: all of one source stay in order. */
  readonly source: string;
  readonly body: Uint8Array;
};

/** A record as it is read back. */
export type Delivered = BusRecord & {
  /** Opaque, sorts nowhere, survives restarts: where to go on reading *after* this record. An SSE id is one. */
  readonly position: string;
};

/** The topics of the town, declared once. */
export const TOPICS = ["events", "positions"] as const;
export type Topic = (typeof TOPICS)[number];

/** Most records in one delivered batch. */
export const BATCH_MAX = 500;

/** Most bytes of one record's body: what Kafka's brokers take by default, less room for its envelope. */
export const RECORD_BYTES_MAX = 1_000_000;

/**
 * Ordered, durable, at-least-once delivery. Adapters: `embedded.ts` (SQLite), later Kafka; `testing.ts` has what all must do.
 * Handling is idempotent by occurrence and revision, so that delivering again changes nothing.
 */
export interface EventBus {
  /**
   * Resolves once every record is on disk; the whole call is kept or none of it.
   * @throws AppError `BUS_UNAVAILABLE` (retryable: disk full, closed) — nothing of the call was kept; `BUS_RECORD_TOO_LARGE`.
   */
  publish(topic: Topic, records: readonly BusRecord[]): Promise<void>;
  /**
   * Batches of 1 to `BATCH_MAX` records for one consumer group, from where the group stopped (at first: the oldest kept).
   * A batch counts as handled, durably, when the loop asks for the next one; a crash in between delivers it again.
   * Ends quietly when `signal` aborts.
   */
  subscribe(topic: Topic, group: string, signal: AbortSignal): AsyncIterable<readonly Delivered[]>;
  /**
   * Like `subscribe` without a group: from after `position`, or from now on where it is undefined. For live pages.
   * A position that retention has passed goes on with the oldest kept record, one that is ahead of this bus from now on.
   * @throws AppError `BUS_POSITION` for a text that no bus made.
   */
  tail(topic: Topic, position: string | undefined, signal: AbortSignal): AsyncIterable<readonly Delivered[]>;
  /** How many records of the topic a group has not handled yet. */
  lag(topic: Topic, group: string): Promise<number>;
  close(): Promise<void>;
}
