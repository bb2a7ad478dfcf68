import type { DatabaseSync } from "node:sqlite";
import { workerData } from "node:worker_threads";
import { guarded, inTransaction, openSqliteFile } from "@yardline/bus/sqlite-file";
import { serveThread } from "@yardline/bus/thread";
import { checkRevision, type PackedChange, type PackedRow } from "./changes.ts";
import { FILE } from "./sqlite-rows.ts";

/** The thread that owns the file. */
const path: string = workerData.path;

let open: DatabaseSync | undefined;

/** Opened by a call, so that its failure reaches the one who called. */
function file(): DatabaseSync {
  open ??= openSqliteFile(path, FILE);
  return open;
}

function findRevision(kind: string, id: string): number {
  const row = file().prepare("SELECT revision FROM record WHERE kind = ? AND id = ?").get(kind, id);
  return Number(row?.["revision"] ?? 0);
}

const operations = {
  /** Makes the file where there is none. */
  open(): void {
    file();
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

  /** Deleted content is written over in the file at once; the log still has what it said before. */
  wipe(): void {
    guarded(path, FILE, () => void file().prepare("PRAGMA wal_checkpoint(TRUNCATE)").get());
  },

  write(changes: readonly PackedChange[]): void {
    guarded(path, FILE, () => inTransaction(file(), () => changes.forEach(apply)));
  },
};

export type RecordsOperations = typeof operations;

function apply(change: PackedChange): void {
  const { kind, id, json } = change;
  const present = findRevision(kind, id);
  checkRevision(change, present);
  if (json === undefined) {
    file().prepare("DELETE FROM record WHERE kind = ? AND id = ?").run(kind, id);
  } else {
    file()
      .prepare("INSERT OR REPLACE INTO record (kind, id, revision, value) VALUES (?, ?, ?, ?)")
      .run(kind, id, present + 1, json);
  }
}

serveThread(operations, () => open?.close());
