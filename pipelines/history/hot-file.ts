import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { guarded, type SqliteFormat } from "@yardline/bus/sqlite-file";
import { AppError } from "@yardline/domain/errors";
import type { StopVisit } from "./history.ts";

/** Of a visit's key, in the order of the file's index. */
const KEY = [
  "service_date",
  "tenant",
  "feed",
  "trip_id_scheduled",
  "start_time",
  "scheduled_stop_sequence",
  "vehicle_id",
] as const;

const VALUES = [
  "route_id",
  "direction_id",
  "stop_id",
  "hour",
  "schedule_arrival_ms",
  "schedule_departure_ms",
  "actual_arrival_ms",
  "actual_departure_ms",
  "delay_s",
  "occurrence",
  "revision",
  "withdrawn",
] as const;

/** The columns of a visit as the hot file keeps them; `start_time` is empty where a trip has none. */
export const HOT_COLUMNS = [...KEY, ...VALUES] as const;

/**
 * The hot file: visits of days that are not closed, and corrections of closed ones until those are written anew.
 * `change` rises with each call that changed a row, and is never given twice: who copies the rows asks for what changed since.
 */
export const HOT_FILE: SqliteFormat = {
  what: "file of stop visits",
  application_id: 0x59_48_49_53, // "YHIS"
  format: 1,
  schema: `CREATE TABLE visit (
    id INTEGER PRIMARY KEY AUTOINCREMENT, change INTEGER NOT NULL,
    service_date TEXT NOT NULL, tenant TEXT NOT NULL, feed TEXT NOT NULL, trip_id_scheduled TEXT NOT NULL,
    start_time TEXT NOT NULL, scheduled_stop_sequence INTEGER NOT NULL, vehicle_id TEXT NOT NULL,
    route_id TEXT NOT NULL, direction_id INTEGER, stop_id TEXT NOT NULL, hour INTEGER NOT NULL,
    schedule_arrival_ms INTEGER NOT NULL, schedule_departure_ms INTEGER,
    actual_arrival_ms INTEGER NOT NULL, actual_departure_ms INTEGER, delay_s INTEGER NOT NULL,
    occurrence TEXT NOT NULL, revision INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
    UNIQUE (${KEY.join(", ")})
  ) STRICT;
  CREATE INDEX visit_change ON visit(change);
  CREATE TABLE counter (change INTEGER NOT NULL) STRICT;
  INSERT INTO counter VALUES (0)`,
  unavailable: "HISTORY_UNAVAILABLE",
  exclusive: true,
};

export function hotPath(folder: string): string {
  return join(folder, "hot.sqlite");
}

/** Takes each visit that outranks the one of its key. @returns how many. */
export function putVisits(db: DatabaseSync, visits: readonly StopVisit[]): number {
  const change = db.prepare("UPDATE counter SET change = change + 1 RETURNING change").get()?.["change"];
  const put = db.prepare(PUT);
  return visits.reduce((taken, visit) => taken + Number(put.run(Number(change), ...rowOf(visit)).changes), 0);
}

/** A writer may hold the file for so long. */
const BUSY_MS = 5_000;

/**
 * The hot file for one who only looks, while another process may be writing; undefined where there is none yet.
 * @throws AppError `STORE_FORMAT`, `STORE_DAMAGED`, `HISTORY_UNAVAILABLE`.
 */
export function findHotFile(folder: string): DatabaseSync | undefined {
  const path = hotPath(folder);
  return guarded(path, HOT_FILE, () => {
    if (!existsSync(path)) return undefined;
    const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS });
    const format = db.prepare("PRAGMA user_version").get()?.["user_version"];
    if (format === HOT_FILE.format) return db;
    db.close();
    throw new AppError("STORE_FORMAT", `${path} was written by another release of Yardline; use that one.`);
  });
}

export type Cell = string | number | null;

/** Rows that changed after `change`, as `[id, change, ...HOT_COLUMNS]`, in the order of their changes, up to `size` at once. */
export function* changesAfter(db: DatabaseSync, change: number, size: number): Generator<Cell[][]> {
  const path = db.location() ?? "";
  const rows = guarded(path, HOT_FILE, () => {
    const select = db.prepare(
      `SELECT id, change, ${HOT_COLUMNS.join(", ")} FROM visit WHERE change > ? ORDER BY change`,
    );
    select.setReturnArrays(true);
    return select.iterate(change);
  });
  for (;;) {
    const chunk = guarded(path, HOT_FILE, () => nextOf(rows, size));
    if (chunk.length > 0) yield chunk;
    if (chunk.length < size) return;
  }
}

/** Iterator's own `take` would close it behind the first chunk. */
function nextOf(rows: Iterator<unknown>, size: number): Cell[][] {
  const chunk: Cell[][] = [];
  while (chunk.length < size) {
    const { done, value } = rows.next();
    if (done) break;
    chunk.push(value as Cell[]); // The file's own schema says what the cells are.
  }
  return chunk;
}

const PUT = `INSERT INTO visit (change, ${HOT_COLUMNS.join(", ")}) VALUES (?, ${HOT_COLUMNS.map(() => "?").join(", ")})
  ON CONFLICT (${KEY.join(", ")}) DO UPDATE SET change = excluded.change, ${VALUES.map((name) => `${name} = excluded.${name}`).join(", ")}
  WHERE (excluded.revision, excluded.occurrence) > (revision, occurrence)`;

function rowOf(visit: StopVisit): (string | number | null)[] {
  const { start_time = "", withdrawn, ...rest } = visit;
  const row = { ...rest, start_time, withdrawn: Number(withdrawn) };
  const optional: Partial<Record<(typeof HOT_COLUMNS)[number], string | number>> = row;
  return HOT_COLUMNS.map((name) => optional[name] ?? null);
}
