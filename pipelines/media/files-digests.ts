import type { DatabaseSync } from "node:sqlite";

/** What was first stored of a recording, as a hash, and when that was taken: what an export is compared with years later. */
export const DIGESTS_SCHEMA = `
  CREATE TABLE IF NOT EXISTS digest (
    item TEXT PRIMARY KEY, sha256 TEXT NOT NULL, hashed_at_ms INTEGER NOT NULL
  ) WITHOUT ROWID, STRICT`;

export type Digest = { readonly sha256: string; readonly hashed_at_ms: number };

/** The part of the list's thread that keeps hashes: written in the transaction that lists the recording, gone with it. */
export function digestOperations(db: () => DatabaseSync) {
  return {
    note(item: string, { sha256, hashed_at_ms }: Digest): void {
      db().prepare("INSERT OR REPLACE INTO digest VALUES (?, ?, ?)").run(item, sha256, hashed_at_ms);
    },
    drop(item: string): void {
      db().prepare("DELETE FROM digest WHERE item = ?").run(item);
    },
  };
}

/** Of a row that was joined with its digest; nothing where none was taken. */
export function digestOf(row: Record<string, unknown>): Digest | undefined {
  const { sha256, hashed_at_ms } = row;
  return typeof sha256 === "string" ? { sha256, hashed_at_ms: Number(hashed_at_ms) } : undefined;
}

/** In a thread of Node's pool: the main one has other things to do than to read every byte that is recorded. */
export async function digestNow(data: Uint8Array, now_ms: number): Promise<Digest> {
  const hash = await crypto.subtle.digest("SHA-256", new Uint8Array(data));
  return { sha256: Buffer.from(hash).toString("hex"), hashed_at_ms: now_ms };
}
