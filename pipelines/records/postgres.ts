import { crc32 } from "node:zlib";
import type { PoolClient } from "pg";
import { checkName, isId, type PackedChange, type PackedRow, packChanges, unpackRow } from "./changes.ts";
import { type FoldedRow, foldChanges, keyOf } from "./fold-changes.ts";
import { type PostgresOptions, PostgresPool } from "./postgres-pool.ts";
import { STEPS, upgradeSchema } from "./postgres-schema.ts";
import type { Change, Records, Row } from "./records.ts";

/**
 * Every key falls into a bucket, and who changes it holds that bucket's lock. A lock on the row would not do: what is *not* there
 * must stay so, too, until the transaction that saw it missing has ended. Changing either number breaks this beside older processes.
 */
const BUCKETS = 256;
const WRITE_LOCKS = 0x59_52_45_43; // "YREC"

/**
 * Opens Records in PostgreSQL, for any number of processes at once; makes or upgrades its tables.
 * @throws AppError `RECORDS_ADDRESS`, `STORE_FORMAT`, `RECORDS_UNAVAILABLE` (retryable unless the login or the certificate is wrong).
 */
export async function openPostgresRecords(options: PostgresOptions): Promise<Records> {
  const pool = new PostgresPool(options);
  try {
    await pool.withClient((client) => upgradeSchema(client, pool.shown, STEPS));
    return new PostgresRecords(pool);
  } catch (thrown) {
    await pool.close();
    throw thrown;
  }
}

class PostgresRecords implements Records {
  readonly #pool: PostgresPool;

  constructor(pool: PostgresPool) {
    this.#pool = pool;
  }

  async find(kind: string, id: string): Promise<Row | undefined> {
    const [row] = await this.findAll(kind, [id]);
    return row;
  }

  async findAll(kind: string, ids: readonly string[]): Promise<readonly Row[]> {
    const known = ids.filter(isId);
    const rows = await this.#read("AND id = ANY($2)", [kind, known]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return known.flatMap((id) => byId.get(id) ?? []);
  }

  list(kind: string): Promise<readonly Row[]> {
    return this.#read("ORDER BY id", [kind]);
  }

  async write(changes: readonly Change[]): Promise<void> {
    const packed = packChanges(changes);
    if (packed.length > 0) await this.#pool.transaction((client) => writeChanges(client, packed));
  }

  async dropBefore(kind: string, id: string): Promise<void> {
    checkName(kind, id);
    await this.#pool.transaction(async (client) => {
      // Never beside a writer: of its rows some would be seen and others not.
      await lockBuckets(client, Array.from({ length: BUCKETS }).keys());
      await client.query("DELETE FROM yardline.record WHERE kind = $1 AND id < $2", [kind, id]);
    });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #read(where: string, values: readonly unknown[]): Promise<readonly Row[]> {
    const sql = `SELECT kind, id, revision::float8 AS revision, value AS json
      FROM yardline.record WHERE kind = $1 ${where}`;
    const { rows } = await this.#pool.withClient((client) => client.query<PackedRow>(sql, [...values]));
    return rows.map(unpackRow);
  }
}

/** Inside a transaction: reads the rows' revisions, then writes what the changes make of them. */
async function writeChanges(client: PoolClient, changes: readonly PackedChange[]): Promise<void> {
  await lockBuckets(client, new Set(changes.map(({ kind, id }) => bucketOf(kind, id))));
  const revisions = await readRevisions(client, changes);
  const rows = foldChanges(changes, (kind, id) => revisions.get(keyOf(kind, id)) ?? 0);
  const [kept, gone] = [
    rows.filter(({ json }) => json !== undefined),
    rows.filter(({ json }) => json === undefined),
  ];
  if (kept.length > 0) {
    await client.query(
      `INSERT INTO yardline.record (kind, id, revision, value)
       SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[])
       ON CONFLICT (kind, id) DO UPDATE SET revision = excluded.revision, value = excluded.value`,
      [...keysOf(kept), kept.map(({ revision }) => revision), kept.map(({ json }) => json)],
    );
  }
  if (gone.length > 0) {
    await client.query(
      `DELETE FROM yardline.record USING unnest($1::text[], $2::text[]) AS gone (kind, id)
       WHERE record.kind = gone.kind AND record.id = gone.id`,
      keysOf(gone),
    );
  }
}

/** Locks are had in one order by everybody, so that nobody waits in a circle. They end with the transaction. */
async function lockBuckets(client: PoolClient, buckets: Iterable<number>): Promise<void> {
  const sorted = [...buckets].toSorted((one, other) => one - other);
  await client.query("SELECT pg_advisory_xact_lock($1, bucket) FROM unnest($2::int[]) AS bucket", [
    WRITE_LOCKS,
    sorted,
  ]);
}

function bucketOf(kind: string, id: string): number {
  return crc32(keyOf(kind, id)) % BUCKETS;
}

/** A statement of its own, after the locks are had: it must see what those before us wrote. */
async function readRevisions(
  client: PoolClient,
  changes: readonly PackedChange[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ kind: string; id: string; revision: number }>(
    `SELECT record.kind, record.id, record.revision::float8 AS revision
     FROM yardline.record JOIN unnest($1::text[], $2::text[]) AS wanted (kind, id)
       ON record.kind = wanted.kind AND record.id = wanted.id`,
    keysOf(changes),
  );
  return new Map(rows.map(({ kind, id, revision }) => [keyOf(kind, id), revision]));
}

function keysOf(rows: readonly Pick<FoldedRow, "kind" | "id">[]): string[][] {
  return [rows.map(({ kind }) => kind), rows.map(({ id }) => id)];
}
