/** A thing that people or producers keep: settings, devices, open occurrences. `value` is JSON. */
export type Row = {
  readonly kind: string;
  readonly id: string;
  /** Grows by one with each change, from 1. */
  readonly revision: number;
  readonly value: unknown;
};

/** One change of a transaction. `expected`: the revision it was made against; 0 = must not exist; undefined = whatever it is. */
export type Change = {
  readonly kind: string;
  readonly id: string;
  readonly expected?: number;
  /** `undefined` deletes the row. */
  readonly value: unknown;
};

/**
 * Small, precious, transactional: calls behave as if one came after the other, also those of other processes on the same store.
 * Kinds and ids are short text without NUL. Adapters: `sqlite.ts`, `postgres.ts`; `testing.ts` has what all must do.
 */
export interface Records {
  find(kind: string, id: string): Promise<Row | undefined>;
  /** Those of the ids that exist, in the order asked for. */
  findAll(kind: string, ids: readonly string[]): Promise<readonly Row[]>;
  /** All rows of a kind, by id: bytewise in UTF-8, whatever the language. */
  list(kind: string): Promise<readonly Row[]>;
  /**
   * All changes or none, durable on resolve.
   * @throws AppError `RECORDS_CONFLICT` when an expected revision is not the present one; `RECORDS_REFUSED` for an id or value that
   * cannot be kept; `RECORDS_UNAVAILABLE` (retryable), after which they may be written or not: `expected` tells on the next try.
   */
  write(changes: readonly Change[]): Promise<void>;
  /** Deletes every row of a kind whose id sorts before `id`, bytewise: for ids that begin with a time. */
  dropBefore(kind: string, id: string): Promise<void>;
  /** Leaves nothing of what was deleted or replaced in the store's own files, where they are ours to clean. */
  wipe?(): Promise<void>;
  close(): Promise<void>;
}
