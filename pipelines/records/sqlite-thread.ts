import type { DatabaseSync } from "node:sqlite";
import { workerData } from "node:worker_threads";
import { guarded, inTransaction, openSqliteFile, type SqliteFormat } from "@yardline/bus/sqlite-file";
import { serveThread } from "@yardline/bus/thread";
import { AppError } from "@yardline/domain/errors";
import type { Row } from "./records.ts";

/** The thread that owns the file. Values cross as JSON text: what is stored is what was said. */
const path: string = workerData.path;

const FILE: SqliteFormat = {
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

/** A change as it crosses to the thread: `json` undefined deletes. */
export type PackedChange = {
  readonly kind: string;
  readonly id: string;
  readonly expected: number | undefined;
  readonly json: string | undefined;
};
export type PackedRow = Omit<Row, "value"> & { readonly json: string };

let open: DatabaseSync | undefined;

/** Opened at the first call, so that its failure reaches the one who called. */
function file(): DatabaseSync {
  open ??= openSqliteFile(path, FILE);
  return open;
}

function findRevision(kind: string, id: string): number {
  const row = file().prepare("SELECT revision FROM record WHERE kind = ? AND id = ?").get(kind, id);
  return Number(row?.["revision"] ?? 0);
}

const operations = {
  find(kind: string, ids: readonly string[]): PackedRow[] {
    return guarded(path, FILE, () => {
      const select = file().prepare("SELECT revision, value FROM record WHERE kind = ? AND id = ?");
      return ids.flatMap((id) => {
        const row = select.get(kind, id);
        return row ? [{ kind, id, revision: Number(row["revision"]), json: String(row["value"]) }] : [];
      });
    });
  },

  list(kind: string): PackedRow[] {
    return guarded(path, FILE, () =>
      file()
        .prepare("SELECT id, revision, value FROM record WHERE kind = ? ORDER BY id")
        .all(kind)
        .map((row) => ({
          kind,
          id: String(row["id"]),
          revision: Number(row["revision"]),
          json: String(row["value"]),
        })),
    );
  },

  dropBefore(kind: string, id: string): void {
    guarded(
      path,
      FILE,
      () => void file().prepare("DELETE FROM record WHERE kind = ? AND id < ?").run(kind, id),
    );
  },

  write(changes: readonly PackedChange[]): void {
    guarded(path, FILE, () => inTransaction(file(), () => changes.forEach(apply)));
  },
};

export type RecordsOperations = typeof operations;

function apply({ kind, id, expected, json }: PackedChange): void {
  const present = findRevision(kind, id);
  if (expected !== undefined && expected !== present) {
    const found = present === 0 ? "it does not exist" : `it is at revision ${present}`;
    const message = `${kind} "${id}" was changed meanwhile: expected revision ${expected}, ${found}. Read it again.`;
    throw new AppError("RECORDS_CONFLICT", message, { retryable: false });
  }
  if (json === undefined) {
    file().prepare("DELETE FROM record WHERE kind = ? AND id = ?").run(kind, id);
  } else {
    file()
      .prepare("INSERT OR REPLACE INTO record (kind, id, revision, value) VALUES (?, ?, ?, ?)")
      .run(kind, id, present + 1, json);
  }
}

serveThread(operations, () => open?.close());
