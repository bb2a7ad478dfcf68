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

/** Small, precious, transactional. Adapters: `sqlite.ts`, later PostgreSQL; `testing.ts` has what all must do. */
export interface Records {
  find(kind: string, id: string): Promise<Row | undefined>;
  /** Those of the ids that exist, in the order asked for. */
  findAll(kind: string, ids: readonly string[]): Promise<readonly Row[]>;
  /** All rows of a kind, by id. */
  list(kind: string): Promise<readonly Row[]>;
  /**
   * All changes or none, durable on resolve.
   * @throws AppError `RECORDS_CONFLICT` when an expected revision is not the present one; `RECORDS_UNAVAILABLE` (retryable).
   */
  write(changes: readonly Change[]): Promise<void>;
  /** Deletes every row of a kind whose id sorts before `id`: for ids that begin with a time. */
  dropBefore(kind: string, id: string): Promise<void>;
  close(): Promise<void>;
}
