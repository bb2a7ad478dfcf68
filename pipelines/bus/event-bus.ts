import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { Held } from "@yardline/events/fade";
import type { Topic } from "./topics.ts";

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

/** The position before everything that is kept, of any topic and bus. */
export const OLDEST = "oldest";

/** Most records in one delivered batch: enough for an index to send one part of it while it prepares the next. */
export const BATCH_MAX = 2_000;

/** Most bytes of one record's body: what Kafka's brokers take by default, less room for its envelope. */
export const RECORD_BYTES_MAX = 1_000_000;

/** Most characters of a key and of a source. */
const NAME_CHARS_MAX = 1_000;

/** The failure that a call with a record beyond these limits ends with. */
export function findTooLarge(records: readonly BusRecord[]): AppError | undefined {
  for (const { key, source, body } of records) {
    const size = `${body.byteLength} bytes, more than ${RECORD_BYTES_MAX}`;
    if (body.byteLength > RECORD_BYTES_MAX) {
      return new AppError("BUS_RECORD_TOO_LARGE", `The record "${key.slice(0, 100)}" has ${size}.`);
    }
    if (key.length > NAME_CHARS_MAX || source.length > NAME_CHARS_MAX) {
      const long = `more than ${NAME_CHARS_MAX} characters in its key or source`;
      return new AppError("BUS_RECORD_TOO_LARGE", `The record "${key.slice(0, 100)}" has ${long}.`);
    }
  }
  return undefined;
}

/**
 * Ordered, durable, at-least-once delivery. Adapters: `embedded.ts` (SQLite) and `kafka/`; `testing.ts` has what all must do.
 * Handling is idempotent by occurrence and revision, so that delivering again changes nothing.
 */
export interface EventBus {
  /**
   * Resolves once every record is kept for good: on disk, or on enough replicas. When it rejects, some records of the call may
   * have been kept all the same where they went to several partitions (embedded: none was); publishing them again is harmless.
   * @throws AppError `BUS_UNAVAILABLE` (retryable: disk full, no broker, too much waits already); `BUS_RECORD_TOO_LARGE`, of which
   *   nothing was kept.
   */
  publish(topic: Topic, records: readonly BusRecord[]): Promise<void>;
  /**
   * Batches of 1 to `BATCH_MAX` records for one consumer group, from where the group stopped (at first: the oldest kept).
   * A batch counts as handled, durably, when the loop asks for the next one; a crash in between delivers it again.
   * Ends quietly when `signal` aborts.
   */
  subscribe(topic: Topic, group: string, signal: AbortSignal): AsyncIterable<readonly Delivered[]>;
  /**
   * Like `subscribe` without a group: from after a position. For live pages, and for whoever keeps the place himself.
   * A position that retention has passed goes on with the oldest kept record, one that is ahead of this bus from now on.
   * @param after `OLDEST`, an `end()`, or the position of a record.
   * @throws AppError `BUS_POSITION` for a text that no bus of this kind made.
   */
  tail(topic: Topic, after: string, signal: AbortSignal): AsyncIterable<readonly Delivered[]>;
  /** The position after everything acknowledged so far: `tail(topic, await bus.end(topic), signal)` reads from now on. */
  end(topic: Topic): Promise<string>;
  /**
   * Takes personal fields out of the statements on `events`, as `fadedAt` says, and the bodies out of dead letters as old, so that nothing of them
   * is left. Absent where a record cannot
   * be changed: there no record lives longer than they may.
   * @param again whether all of it is looked at, because something is held no longer.
   * @returns how many records changed.
   */
  fade?(now_ms: EpochMs, held: readonly Held[], again: boolean): Promise<number>;
  /** How many records of the topic a group has not handled yet. */
  lag(topic: Topic, group: string): Promise<number>;
  close(): Promise<void>;
}
