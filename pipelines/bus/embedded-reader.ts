import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { workerData } from "node:worker_threads";
import { DAY_FILE, openDay, pathOf } from "./day-file.ts";
import type { BusRecord } from "./event-bus.ts";
import { type Packed, pack } from "./packing.ts";
import { guarded, openSqliteFile, type SqliteFormat } from "./sqlite-file.ts";
import { serveThread } from "./thread.ts";
import type { Topic } from "./topics.ts";

/** The thread that reads and that keeps how far each group got, so that neither waits for the appending thread's disk. */
const folder: string = workerData.folder;

const OFFSETS: SqliteFormat = {
  what: "list of bus offsets",
  application_id: 0x59_4c_42_4f, // "YLBO"
  format: 1,
  schema: `CREATE TABLE reached (
    topic TEXT, reader TEXT, day TEXT NOT NULL, offset INTEGER NOT NULL, PRIMARY KEY (topic, reader)) WITHOUT ROWID`,
  unavailable: "BUS_UNAVAILABLE",
  exclusive: true,
};

/** Most bytes of bodies in one batch; a batch holds at least one record. */
const BATCH_BYTES_MAX = 8_000_000;

const offsetsPath = join(folder, "offsets.sqlite");
let offsets: DatabaseSync | undefined;
const days = new Map<string, DatabaseSync>();

type Reached = {
  readonly topic: Topic;
  readonly group: string;
  readonly day: string;
  readonly offset: number;
};

const operations = {
  /** Takes the folder for this process; how far each group got. */
  open(): Reached[] {
    offsets = openSqliteFile(offsetsPath, OFFSETS);
    const rows = offsets.prepare('SELECT topic, reader AS "group", day, offset FROM reached').all();
    return rows as Reached[];
  },

  commit(topic: Topic, group: string, day: string, offset: number): void {
    guarded(offsetsPath, OFFSETS, () => {
      offsets
        ?.prepare("INSERT OR REPLACE INTO reached (topic, reader, day, offset) VALUES (?, ?, ?, ?)")
        .run(topic, group, day, offset);
    });
  },

  /** At most `limit` records of one day after an offset; none where the day has no file any more. */
  read(topic: Topic, day: string, after: number, limit: number): Packed & { readonly first: number } {
    const path = pathOf(folder, topic, day);
    return guarded(path, DAY_FILE, () => {
      const records: BusRecord[] = [];
      let first = after + 1;
      let bytes = 0;
      const rows = dayOf(path, topic, day)
        ?.prepare("SELECT offset, key, source, body FROM record WHERE offset > ? ORDER BY offset LIMIT ?")
        .iterate(after, limit);
      for (const row of rows ?? []) {
        const { offset, ...record } = row as BusRecord & { offset: number };
        if (records.length > 0 && bytes + record.body.byteLength > BATCH_BYTES_MAX) break;
        if (records.length === 0) first = offset;
        bytes += record.body.byteLength;
        records.push(record);
      }
      return { first, ...pack(records) };
    });
  },

  /** Lets go of a day that is about to be removed. */
  forget(topic: Topic, day: string): void {
    const path = pathOf(folder, topic, day);
    days.get(path)?.close();
    days.delete(path);
  },
};

export type ReaderOperations = typeof operations;

function dayOf(path: string, topic: Topic, day: string): DatabaseSync | undefined {
  const open = days.get(path);
  if (open || !existsSync(path)) return open;
  const db = openDay(folder, topic, day);
  days.set(path, db);
  return db;
}

serveThread(operations, () => {
  for (const db of [...days.values(), offsets]) db?.close();
});
