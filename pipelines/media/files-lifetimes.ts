import type { DatabaseSync } from "node:sqlite";
import { keptOf } from "./files-marks.ts";
import type { Kept } from "./media-store.ts";

/** How long the kind of an occurrence allows pictures of it to be kept. Those without a row leave that to their camera. */
export const LIFETIMES_SCHEMA = `
  CREATE TABLE IF NOT EXISTS lifetime (
    occurrence TEXT PRIMARY KEY, camera TEXT NOT NULL, until_ms INTEGER NOT NULL
  ) WITHOUT ROWID, STRICT;
  CREATE INDEX IF NOT EXISTS lifetime_end ON lifetime (camera, until_ms)`;

/**
 * What is touched by a period whose time is over, and by none whose time is not. A segment that only ends where a period begins is not
 * touched, a snapshot is; no segment is longer than an hour.
 */
const OUTLIVED = `
  SELECT DISTINCT item.*, 1 AS weight FROM lifetime
  JOIN period ON period.occurrence = lifetime.occurrence
  JOIN item ON item.camera = period.camera AND kind IN ('segment', 'snapshot')
    AND item.from_ms < period.to_ms AND item.from_ms > period.from_ms - 3600000
    AND item.to_ms > period.from_ms - (kind = 'snapshot')
  WHERE lifetime.camera = ?1 AND lifetime.until_ms <= ?2 AND NOT EXISTS (
    SELECT 1 FROM period AS other LEFT JOIN lifetime AS life ON life.occurrence = other.occurrence
    WHERE other.camera = ?1 AND other.from_ms <= item.to_ms AND other.to_ms > item.from_ms
      AND coalesce(life.until_ms, ?2 + 1) > ?2)
  ORDER BY item.from_ms, item.id LIMIT ?3 OFFSET ?4`;

/** The part of the list's thread that keeps lifetimes. */
export function lifetimeOperations(db: () => DatabaseSync) {
  return {
    note(occurrence: string, camera: string, until_ms: number | undefined): void {
      if (until_ms === undefined) db().prepare("DELETE FROM lifetime WHERE occurrence = ?").run(occurrence);
      else {
        db().prepare("INSERT OR REPLACE INTO lifetime VALUES (?, ?, ?)").run(occurrence, camera, until_ms);
      }
    },

    outlived(camera: string, now_ms: number, limit: number, skip: number): Kept[] {
      return db().prepare(OUTLIVED).all(camera, now_ms, limit, skip).map(keptOf);
    },

    /** Before the periods themselves are forgotten. */
    forget(camera: string, before_ms: number): void {
      const gone = "SELECT occurrence FROM period WHERE camera = ? AND to_ms < ?";
      db().prepare(`DELETE FROM lifetime WHERE occurrence IN (${gone})`).run(camera, before_ms);
    },
  };
}
