import type { EpochMs } from "@yardline/domain/time";
import type { Head, Link } from "./chain.ts";
import type { NewEntry } from "./entry.ts";
import type { LogLine } from "./log-line.ts";

/** What is kept: from which entry on, and how far it has come. */
export type Extent = {
  /** `size`: the number of the first entry that is kept; `hash`: that of the entry before it. */
  readonly first: Head;
  readonly head: Head;
};

/**
 * Where an audit log is kept. Adapters: `file-store.ts` for one process on its own disk, `records-store.ts` for several on one Records;
 * `testing.ts` has what both must do.
 */
export type AuditStore = {
  /** Of an entry that a kill had cut off when it was opened; it was acknowledged to nobody. */
  readonly torn_bytes: number;
  /** The newest entries were not as they were written. They are left as they are, for `verify.ts`, and the log goes on elsewhere. */
  readonly isDamaged: boolean;
  /**
   * Links deeds behind what is there. All of them, durable on resolve; after a failure some may be there, unacknowledged.
   * @throws AppError `AUDIT_UNAVAILABLE` (retryable).
   */
  append(deeds: readonly NewEntry[], at_ms: EpochMs): Promise<Head>;
  /** Entries from a number on, in order; none past the end. What is damaged is left out: `verify.ts` tells of it. */
  read(from: number, limit: number): Promise<readonly Link[]>;
  extent(): Promise<Extent>;
  /** Everything from the oldest on, as it is kept, for `verify.ts`: what is damaged, too. */
  lines(): AsyncIterable<LogLine>;
  /** The signed notes of what is gone; empty where nothing is. */
  notes(): Promise<string>;
  /**
   * Lets go of entries whose time is over, as far as they can be let go of together.
   * @param before the number of the first entry that must stay.
   * @param noteOf signs what stands in their place; it is kept before anything goes.
   * @returns what the log begins after now, or undefined where nothing went.
   */
  prune(before: number, noteOf: (gone: Head) => string): Promise<Head | undefined>;
  /** Why it could soon be unwritable, for a person; also tries to mend it. */
  lookAfter(): Promise<string | undefined>;
  close(): Promise<void>;
};
