import type { DatabaseSync, StatementSync } from "node:sqlite";
import { workerData } from "node:worker_threads";
import { DAY_FILE, listDays, openDay, pathOf, removeDay } from "./day-file.ts";
import type { Topic } from "./event-bus.ts";
import { type Packed, unpack } from "./packing.ts";
import { guarded, inTransaction } from "./sqlite-file.ts";
import { serveThread } from "./thread.ts";

/** The thread that appends. It decides nothing: day and offsets come from outside. */
const folder: string = workerData.folder;

type Open = { readonly day: string; readonly db: DatabaseSync; readonly insert: StatementSync };
const newest = new Map<Topic, Open>();

const operations = {
  /** What is on disk: the days that have a file, and the last offset (0 for none). */
  open(topic: Topic): { days: string[]; end: number } {
    const days = listDays(folder, topic);
    // The newest file is empty when the process was killed between making it and the first record.
    for (const day of days.toReversed()) {
      const end = guarded(pathOf(folder, topic, day), DAY_FILE, () => {
        const db = openDay(folder, topic, day);
        try {
          return Number(db.prepare("SELECT max(offset) AS end FROM record").get()?.["end"] ?? 0);
        } finally {
          db.close();
        }
      });
      if (end > 0) return { days, end };
    }
    return { days, end: 0 };
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

  remove(topic: Topic, day: string): void {
    guarded(pathOf(folder, topic, day), DAY_FILE, () => removeDay(folder, topic, day));
  },
};

export type WriterOperations = typeof operations;

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
