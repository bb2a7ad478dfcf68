import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "@yardline/bus/sqlite-file";
import type { Item } from "./files-thread.ts";
import { GAP_REASONS, type Gap, type GapReason, type Kept, type Period } from "./media-store.ts";

/**
 * What events refer to (`period`), the items that it touches (`mark`, so that what is least wanted is found by an index), and
 * why there is no recording of a time (`gap`).
 */
export const MARKS_SCHEMA = `
  CREATE TABLE IF NOT EXISTS period (
    occurrence TEXT PRIMARY KEY, camera TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, weight INTEGER NOT NULL
  ) WITHOUT ROWID, STRICT;
  CREATE INDEX IF NOT EXISTS period_end ON period (camera, to_ms);
  CREATE TABLE IF NOT EXISTS mark (
    item TEXT PRIMARY KEY, weight INTEGER NOT NULL, from_ms INTEGER NOT NULL
  ) WITHOUT ROWID, STRICT;
  CREATE INDEX IF NOT EXISTS mark_order ON mark (weight, from_ms);
  CREATE INDEX IF NOT EXISTS item_age ON item (from_ms);
  CREATE TABLE IF NOT EXISTS gap (
    camera TEXT NOT NULL, why TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL,
    PRIMARY KEY (camera, why, from_ms)
  ) WITHOUT ROWID, STRICT`;

/** Segments follow each other to the millisecond or, over a new connection, nearly so. */
const JOIN_MS = 2_000;
const MARK = `INSERT INTO mark VALUES (?, ?, ?) ON CONFLICT (item) DO UPDATE SET weight = max(weight, excluded.weight)`;

/** The part of the list's thread that keeps marks and gaps. */
export function markOperations(db: () => DatabaseSync) {
  return {
    markAdded({ id, camera, from_ms, to_ms }: Item): void {
      const sql = "SELECT max(weight) AS weight FROM period WHERE camera = ? AND to_ms > ? AND from_ms <= ?";
      const weight = db().prepare(sql).get(camera, from_ms, to_ms)?.["weight"];
      if (weight !== null && weight !== undefined) db().prepare(MARK).run(id, Number(weight), from_ms);
    },

    protect(occurrence: string, { camera, from_ms, to_ms }: Period, weight: number): void {
      inTransaction(db(), () => {
        db()
          .prepare("INSERT OR REPLACE INTO period VALUES (?, ?, ?, ?, ?)")
          .run(occurrence, camera, from_ms, to_ms, weight);
        const touched = `SELECT id, from_ms FROM item
          WHERE camera = ? AND kind IN ('segment', 'snapshot') AND from_ms <= ? AND from_ms > ? AND to_ms >= ?`;
        // No segment is longer than an hour.
        for (const item of db()
          .prepare(touched)
          .all(camera, to_ms, from_ms - 3_600_000, from_ms)) {
          db().prepare(MARK).run(String(item["id"]), weight, Number(item["from_ms"]));
        }
      });
    },

    /** What was made of recordings goes with them, and is none to choose from. */
    least(limit: number, skip: number): Kept[] {
      const plain = db()
        .prepare(
          `SELECT item.*, 0 AS weight FROM item LEFT JOIN mark ON mark.item = item.id
           WHERE mark.item IS NULL AND kind <> 'derived' ORDER BY item.from_ms, item.id LIMIT ? OFFSET ?`,
        )
        .all(limit, skip);
      if (plain.length > 0) return plain.map(keptOf);
      const all = db()
        .prepare(
          "SELECT (SELECT count(*) FROM item WHERE kind <> 'derived') - (SELECT count(*) FROM mark) AS n",
        )
        .get();
      return db()
        .prepare(
          `SELECT item.*, mark.weight FROM mark JOIN item ON item.id = mark.item
           ORDER BY mark.weight, mark.from_ms LIMIT ? OFFSET ?`,
        )
        .all(limit, Math.max(0, skip - Number(all?.["n"])))
        .map(keptOf);
    },

    plain(camera: string, before_ms: number, limit: number, skip: number): Kept[] {
      return db()
        .prepare(
          `SELECT item.*, 0 AS weight FROM item LEFT JOIN mark ON mark.item = item.id
           WHERE camera = ? AND kind = 'segment' AND item.from_ms < ? AND to_ms < ? AND mark.item IS NULL
           ORDER BY item.from_ms LIMIT ? OFFSET ?`,
        )
        .all(camera, before_ms, before_ms, limit, skip)
        .map(keptOf);
    },

    noteGap(camera: string, { from_ms, to_ms, why }: Gap): void {
      inTransaction(db(), () => {
        const touching = db()
          .prepare(
            "SELECT from_ms, to_ms FROM gap WHERE camera = ? AND why = ? AND from_ms <= ? AND to_ms >= ?",
          )
          .all(camera, why, to_ms + JOIN_MS, from_ms - JOIN_MS)
          .map((row) => ({ from_ms: Number(row["from_ms"]), to_ms: Number(row["to_ms"]) }));
        for (const each of touching) {
          db()
            .prepare("DELETE FROM gap WHERE camera = ? AND why = ? AND from_ms = ?")
            .run(camera, why, each.from_ms);
        }
        const begins = Math.min(from_ms, ...touching.map((each) => each.from_ms));
        const ends = Math.max(to_ms, ...touching.map((each) => each.to_ms));
        db().prepare("INSERT INTO gap VALUES (?, ?, ?, ?)").run(camera, why, begins, ends);
      });
    },

    gaps(camera: string, from_ms: number, to_ms: number): Gap[] {
      return db()
        .prepare("SELECT * FROM gap WHERE camera = ? AND from_ms < ? AND to_ms > ? ORDER BY from_ms, why")
        .all(camera, to_ms, from_ms)
        .map((row) => ({
          from_ms: Number(row["from_ms"]),
          to_ms: Number(row["to_ms"]),
          why: reasonOf(row["why"]),
        }));
    },

    /** Nothing of a camera is kept from before a time: nor is what was known about it. */
    forget(camera: string, before_ms: number): void {
      db().prepare("DELETE FROM period WHERE camera = ? AND to_ms < ?").run(camera, before_ms);
      db().prepare("DELETE FROM gap WHERE camera = ? AND to_ms < ?").run(camera, before_ms);
    },

    used_bytes(): number {
      return Number(db().prepare("SELECT coalesce(sum(bytes), 0) AS bytes FROM item").get()?.["bytes"]);
    },
  };
}

function reasonOf(stored: unknown): GapReason {
  return GAP_REASONS.find((reason) => reason === stored) ?? "disk-failed";
}

export function keptOf(row: Record<string, unknown>): Kept {
  return {
    id: String(row["id"]),
    camera: String(row["camera"]),
    from_ms: Number(row["from_ms"]),
    to_ms: Number(row["to_ms"]),
    bytes: Number(row["bytes"]),
    weight: Number(row["weight"]),
  };
}
