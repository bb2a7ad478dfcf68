import { DatabaseSync } from "node:sqlite";
import { guarded, type SqliteFormat } from "@yardline/bus/sqlite-file";
import type { PackedRow } from "./changes.ts";

export const FILE: SqliteFormat = {
  what: "file of records",
  application_id: 0x59_52_45_43, // "YREC"
  format: 1,
  schema: `CREATE TABLE record (
    kind TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, id)
  ) WITHOUT ROWID, STRICT`,
  unavailable: "RECORDS_UNAVAILABLE",
  pragmas: "PRAGMA secure_delete=ON",
  exclusive: true,
};

const BUSY_MS = 5_000;

/** Rows by their ids, out of a file that another thread writes. */
export type RowReader = {
  /** What is committed at this moment. @throws AppError `RECORDS_UNAVAILABLE`, `STORE_DAMAGED`. */
  find(kind: string, ids: readonly string[]): readonly PackedRow[];
  close(): void;
};

/**
 * Reads a row in the caller's own thread: some ten microseconds, where to ask another thread takes fifteen times that, and each request to the
 * doors asks several times who is there. Only what writes, or reads many, is worth the way.
 * @param path of a file that is open for writing already.
 */
export function openRowReader(path: string): RowReader {
  return guarded(path, FILE, () => {
    const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS });
    const select = db.prepare("SELECT revision, value FROM record WHERE kind = ? AND id = ?");
    return {
      find: (kind, ids) =>
        guarded(path, FILE, () =>
          ids.flatMap((id) => {
            const row = select.get(kind, id);
            return row ? [{ kind, id, revision: Number(row["revision"]), json: String(row["value"]) }] : [];
          }),
        ),
      close: () => db.close(),
    };
  });
}
