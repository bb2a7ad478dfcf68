import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { openSqliteFile, type SqliteFormat } from "./sqlite-file.ts";
import type { Topic } from "./topics.ts";

/** The file of one topic and one day (UTC). Offsets are of the topic: they go on growing from file to file. */
export const DAY_FILE: SqliteFormat = {
  what: "bus",
  application_id: 0x59_4c_42_55, // "YLBU"
  format: 1,
  schema: `CREATE TABLE record (
    offset INTEGER PRIMARY KEY, key TEXT NOT NULL, source TEXT NOT NULL, body BLOB NOT NULL)`,
  unavailable: "BUS_UNAVAILABLE",
  // 32 MB of log before it is copied back: a checkpoint then costs little a record.
  pragmas: "PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-1000; PRAGMA journal_size_limit=33554432",
};

const DAY = /^(\d{4}-\d{2}-\d{2})\.sqlite$/;

export function pathOf(folder: string, topic: Topic, day: string): string {
  return join(folder, topic, `${day}.sqlite`);
}

export function openDay(folder: string, topic: Topic, day: string): DatabaseSync {
  return openSqliteFile(pathOf(folder, topic, day), DAY_FILE);
}

/** Days that have a file, oldest first. */
export function listDays(folder: string, topic: Topic): string[] {
  if (!existsSync(join(folder, topic))) return [];
  return readdirSync(join(folder, topic))
    .flatMap((name) => DAY.exec(name)?.[1] ?? [])
    .toSorted();
}

/** Removes a day whole; a crash in between leaves at most a side file, which the next day's removal does not mind. */
export function removeDay(folder: string, topic: Topic, day: string): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(pathOf(folder, topic, day) + end, { force: true });
}
