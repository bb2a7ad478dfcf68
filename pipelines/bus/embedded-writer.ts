import type { DatabaseSync, StatementSync } from "node:sqlite";
import { workerData } from "node:worker_threads";
import { DAY_FILE, listDays, openDay, pathOf, removeDay } from "./day-file.ts";
import { type FadedRecords, type FadeHow, fadeRecords } from "./fade-records.ts";
import { type Packed, unpack } from "./packing.ts";
import { guarded, inTransaction } from "./sqlite-file.ts";
import { serveThread } from "./thread.ts";
import type { Topic } from "./topics.ts";

/** The thread that appends. It decides nothing: day and offsets come from outside. */
const folder: string = workerData.folder;

type Open = { readonly day: string; readonly db: DatabaseSync; readonly insert: StatementSync };
const newest = new Map<Topic, Open>();

const operations = {
  /** What is on disk: the days that have a file, the first kept offset and the last one (0 for none). */
  open(topic: Topic): { days: string[]; first: number; end: number } {
    const days = listDays(folder, topic);
    // The newest file is empty when the process was killed between making it and the first record.
    const end = firstNumber(days.toReversed(), (day) => offsetOf(topic, day, "max"));
    return { days, first: firstNumber(days, (day) => offsetOf(topic, day, "min")), end };
  },

  append(topic: Topic, day: string, first: number, packed: Packed): void {
    guarded(pathOf(folder, topic, day), DAY_FILE, () => {
      const { db, insert } = fileOf(topic, day);
      inTransaction(db, () => {
        let offset = first;
        for (const { key, source, body } of unpack(packed)) insert.run(offset++, key, source, body);
      });
    });
  },

  fade(topic: Topic, day: string, after: number, how: FadeHow): FadedRecords {
    return withDay(topic, day, (db) => fadeRecords(db, topic, after, how));
  },

  /** @returns false where somebody who reads the day keeps its log from being emptied. */
  emptyLog(topic: Topic, day: string): boolean {
    return withDay(topic, day, (db) => db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.["busy"] === 0);
  },

  /** @returns the first offset that is kept then. */
  remove(topic: Topic, day: string): number {
    guarded(pathOf(folder, topic, day), DAY_FILE, () => removeDay(folder, topic, day));
    return firstNumber(listDays(folder, topic), (each) => offsetOf(topic, each, "min"));
  },
};

export type WriterOperations = typeof operations;

function offsetOf(topic: Topic, day: string, which: "min" | "max"): number {
  return withDay(topic, day, (db) =>
    Number(db.prepare(`SELECT ${which}(offset) AS offset FROM record`).get()?.["offset"] ?? 0),
  );
}

/** Something done with a day's file: the one that is open for appending, or another for a moment. */
function withDay<Result>(topic: Topic, day: string, work: (db: DatabaseSync) => Result): Result {
  return guarded(pathOf(folder, topic, day), DAY_FILE, () => {
    const open = newest.get(topic);
    if (open?.day === day) return work(open.db);
    const db = openDay(folder, topic, day);
    try {
      return work(db);
    } finally {
      db.close();
    }
  });
}

/** The first of them that is not 0. */
function firstNumber<Item>(items: readonly Item[], numberOf: (item: Item) => number): number {
  for (const item of items) {
    const number = numberOf(item);
    if (number > 0) return number;
  }
  return 0;
}

function fileOf(topic: Topic, day: string): Open {
  const open = newest.get(topic);
  if (open?.day === day) return open;
  open?.db.close();
  newest.delete(topic);
  const db = openDay(folder, topic, day);
  const insert = db.prepare("INSERT INTO record (offset, key, source, body) VALUES (?, ?, ?, ?)");
  const made = { day, db, insert };
  newest.set(topic, made);
  return made;
}

serveThread(operations, () => {
  for (const { db } of newest.values()) db.close();
});
