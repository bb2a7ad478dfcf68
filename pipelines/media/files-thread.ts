import { workerData } from "node:worker_threads";
import { guarded, inTransaction, openSqliteFile, type SqliteFormat } from "@yardline/bus/sqlite-file";
import { serveThread } from "@yardline/bus/thread";
import { DIGESTS_SCHEMA, type Digest, digestOf, digestOperations } from "./files-digests.ts";
import { LIFETIMES_SCHEMA, lifetimeOperations } from "./files-lifetimes.ts";
import { MARKS_SCHEMA, markOperations } from "./files-marks.ts";
import type { Period } from "./media-store.ts";

/** The thread that knows what is stored. The bytes themselves never cross to it. */
const path: string = workerData.path;

const FILE: SqliteFormat = {
  what: "list of media",
  application_id: 0x59_4d_45_44, // "YMED"
  format: 1,
  schema: `CREATE TABLE item (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, camera TEXT NOT NULL, connection TEXT NOT NULL,
      from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, bytes INTEGER NOT NULL
    ) WITHOUT ROWID, STRICT;
    CREATE INDEX item_time ON item (camera, kind, from_ms)`,
  unavailable: "MEDIA_UNAVAILABLE",
  // Tables that came later: releases before them leave them alone, so the format stays.
  pragmas: `PRAGMA secure_delete=ON; ${MARKS_SCHEMA}; ${LIFETIMES_SCHEMA}; ${DIGESTS_SCHEMA}`,
  exclusive: true,
};

const KINDS = ["segment", "snapshot", "derived"] as const;

/** One stored file. Snapshots have no connection, and end when they begin. */
export type Item = {
  readonly id: string;
  readonly kind: (typeof KINDS)[number];
  readonly camera: string;
  /** Of what is derived from recordings: which kind of thing it is. */
  readonly connection: string;
  readonly from_ms: number;
  readonly to_ms: number;
  readonly bytes: number;
};

/** No segment is longer: what began earlier than this before a time does not reach it. */
const SEGMENT_MS_MAX = 3_600_000;
/** Items that one call of `expired` gives. */
const EXPIRED_MAX = 500;

const db = () => {
  opened ??= openSqliteFile(path, FILE);
  return opened;
};
let opened: ReturnType<typeof openSqliteFile> | undefined;
const marks = markOperations(db);
const lifetimes = lifetimeOperations(db);
const digests = digestOperations(db);

const operations = {
  open(): void {
    guarded(path, FILE, () => void db());
  },

  /** In one transaction: what is listed is hashed, whatever is killed when. */
  add(item: Item, digest?: Digest): void {
    const { id, kind, camera, connection, from_ms, to_ms, bytes } = item;
    guarded(path, FILE, () =>
      inTransaction(db(), () => {
        db()
          .prepare("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?)")
          .run(id, kind, camera, connection, from_ms, to_ms, bytes);
        if (kind !== "derived") marks.markAdded(item);
        if (digest) digests.note(id, digest);
      }),
    );
  },

  find(id: string): Item | undefined {
    return guarded(path, FILE, () => {
      const row = db().prepare("SELECT * FROM item WHERE id = ?").get(id);
      return row && itemOf(row);
    });
  },

  segments(camera: string, from_ms: number, to_ms: number): (Item & Partial<Digest>)[] {
    const sql = `SELECT item.*, sha256, hashed_at_ms FROM item LEFT JOIN digest ON digest.item = id WHERE camera = ? AND kind = 'segment' AND from_ms < ? AND from_ms > ? AND to_ms > ?
      ORDER BY from_ms, id`;
    return guarded(path, FILE, () =>
      db()
        .prepare(sql)
        .all(camera, to_ms, from_ms - SEGMENT_MS_MAX, from_ms)
        .map((row) => ({ ...itemOf(row), ...digestOf(row) })),
    );
  },

  findDerived(camera: string, from_ms: number, to_ms: number, what: string): Item | undefined {
    const sql = `SELECT * FROM item WHERE camera = ? AND kind = 'derived' AND from_ms = ? AND to_ms = ? AND connection = ?`;
    return guarded(path, FILE, () => {
      const row = db().prepare(sql).get(camera, from_ms, to_ms, what);
      return row && itemOf(row);
    });
  },

  /** What was made of recordings, these segments among them. */
  derivedFrom(ids: readonly string[]): Item[] {
    const sql = `SELECT made.* FROM item AS made JOIN item AS gone ON made.camera = gone.camera AND made.kind = 'derived'
      WHERE gone.id = ? AND gone.kind = 'segment' AND made.from_ms < gone.to_ms AND made.to_ms > gone.from_ms`;
    return guarded(path, FILE, () => {
      const found = ids.flatMap((id) => db().prepare(sql).all(id).map(itemOf));
      return [...new Map(found.map((item) => [item.id, item])).values()];
    });
  },

  /** Of everything that began in [from_ms, to_ms). */
  ids(camera: string, from_ms: number, to_ms: number): string[] {
    const sql = `SELECT id FROM item WHERE camera = ? AND kind IN ('segment', 'snapshot', 'derived') AND from_ms >= ? AND from_ms < ?`;
    return guarded(path, FILE, () =>
      db()
        .prepare(sql)
        .all(camera, from_ms, to_ms)
        .map(({ id }) => String(id)),
    );
  },

  cameras(): string[] {
    return guarded(path, FILE, () =>
      db()
        .prepare("SELECT DISTINCT camera FROM item ORDER BY camera")
        .all()
        .map(({ camera }) => String(camera)),
    );
  },

  /** What ended before a time; none once all of it was removed. @param skip of what is spared. */
  expired(camera: string, before_ms: number, skip: number): Item[] {
    const sql = `SELECT * FROM item WHERE camera = ? AND kind IN ('segment', 'snapshot', 'derived') AND from_ms < ? AND to_ms < ?
      ORDER BY kind, from_ms, id LIMIT ? OFFSET ?`;
    return guarded(path, FILE, () =>
      db().prepare(sql).all(camera, before_ms, before_ms, EXPIRED_MAX, skip).map(itemOf),
    );
  },

  remove(ids: readonly string[]): void {
    guarded(path, FILE, () =>
      inTransaction(db(), () => {
        for (const id of ids) {
          db().prepare("DELETE FROM item WHERE id = ?").run(id);
          db().prepare("DELETE FROM mark WHERE item = ?").run(id);
          digests.drop(id);
        }
      }),
    );
  },

  protect(occurrence: string, period: Period, weight: number, until_ms: number | undefined): void {
    guarded(path, FILE, () => {
      lifetimes.note(occurrence, period.camera, until_ms);
      marks.protect(occurrence, period, weight);
    });
  },
  least: (...asked: Parameters<typeof marks.least>) => guarded(path, FILE, () => marks.least(...asked)),
  outlived: (...asked: Parameters<typeof lifetimes.outlived>) =>
    guarded(path, FILE, () => lifetimes.outlived(...asked)),
  plain: (...asked: Parameters<typeof marks.plain>) => guarded(path, FILE, () => marks.plain(...asked)),
  noteGap: (...told: Parameters<typeof marks.noteGap>) => guarded(path, FILE, () => marks.noteGap(...told)),
  gaps: (...asked: Parameters<typeof marks.gaps>) => guarded(path, FILE, () => marks.gaps(...asked)),
  forget(camera: string, before_ms: number): void {
    guarded(path, FILE, () => {
      lifetimes.forget(camera, before_ms);
      marks.forget(camera, before_ms);
    });
  },
  used_bytes: () => guarded(path, FILE, () => marks.used_bytes()),
};

export type FilesOperations = typeof operations;

function itemOf(row: Record<string, unknown>): Item {
  return {
    id: String(row["id"]),
    kind: KINDS.find((kind) => kind === row["kind"]) ?? "snapshot",
    camera: String(row["camera"]),
    connection: String(row["connection"]),
    from_ms: Number(row["from_ms"]),
    to_ms: Number(row["to_ms"]),
    bytes: Number(row["bytes"]),
  };
}

serveThread(operations, () => opened?.close());
