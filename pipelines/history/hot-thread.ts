import type { DatabaseSync } from "node:sqlite";
import { workerData } from "node:worker_threads";
import { guarded, inTransaction, openSqliteFile } from "@yardline/bus/sqlite-file";
import { serveThread } from "@yardline/bus/thread";
import type { StopVisit } from "./history.ts";
import { HOT_FILE, hotPath, putVisits } from "./hot-file.ts";

/** The thread that owns the hot file. */
const path = hotPath(workerData.folder);
let open: DatabaseSync | undefined;

/** Opened at the first call, so that its failure reaches the one who called. */
function file(): DatabaseSync {
  open ??= openSqliteFile(path, HOT_FILE);
  return open;
}

const operations = {
  append(visits: readonly StopVisit[]): number {
    return guarded(path, HOT_FILE, () => inTransaction(file(), () => putVisits(file(), visits)));
  },

  /** Service days of which there are visits, oldest first. */
  listDays(): string[] {
    return guarded(path, HOT_FILE, () =>
      file()
        .prepare("SELECT DISTINCT service_date FROM visit ORDER BY service_date")
        .all()
        .map((row) => String(row["service_date"])),
    );
  },

  /** Lets go of a closed day's visits, but for those that changed after its file was written. */
  drop(service_date: string, through_change: number): void {
    guarded(path, HOT_FILE, () => {
      const drop = file().prepare("DELETE FROM visit WHERE service_date = ? AND change <= ?");
      inTransaction(file(), () => void drop.run(service_date, through_change));
    });
  },
};

export type HotOperations = typeof operations;

serveThread(operations, () => open?.close());
