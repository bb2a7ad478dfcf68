import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { guarded, openSqliteFile, type SqliteFormat } from "@yardline/bus/sqlite-file";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { anchorOf } from "@yardline/events/identity";
import type { Span } from "./plan.ts";

/**
 * The file of one period. An event's key is its millisecond within the period and its *place* in it, one of 4096: the first 12
 * bits of its hash, or the next that is free. So every list of hits is in the order of time, and only events of one
 * millisecond may be out of order among themselves. A row never goes before its file does: what was erased keeps its key, its
 * hash and nothing else. Hence a free place tells that the event is not there.
 *
 * `term` finds events by their terms; `tag` counts those that have a tag (under "" all of them), `hour` those of each hour. Withdrawn
 * events have neither terms nor tags.
 */
export const PERIOD_FILE: SqliteFormat = {
  what: "event index",
  application_id: 0x59_4c_49_58, // "YLIX"
  // Grows with the analyser, the tags, the keys and the packed texts too: those of one release are no good to another.
  format: 2,
  schema: `
    CREATE TABLE event (key INTEGER PRIMARY KEY, hash BLOB NOT NULL, revision INTEGER NOT NULL, tags BLOB, body BLOB);
    CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, events INTEGER NOT NULL);
    INSERT INTO tag VALUES (0, '', 0);
    CREATE TABLE hour (hour INTEGER, field TEXT, tag INTEGER, events INTEGER NOT NULL,
      PRIMARY KEY (hour, field, tag)) WITHOUT ROWID;
    CREATE VIRTUAL TABLE term USING fts5(body, content='', contentless_delete=1, detail=none,
      tokenize="ascii tokenchars '_'");
    INSERT INTO term (term, rank) VALUES ('automerge', 8)`,
  unavailable: "INDEX_UNAVAILABLE",
  // What a statement said before is not left in the page that holds the next one.
  pragmas:
    "PRAGMA secure_delete=FAST; PRAGMA wal_autocheckpoint=2000; PRAGMA cache_size=-8000; PRAGMA journal_size_limit=33554432",
};

const READER_PRAGMAS = "PRAGMA query_only=ON; PRAGMA cache_size=-1000";
const HEADER = `SELECT a.application_id, v.user_version, (SELECT count(*) FROM sqlite_schema) AS tables
  FROM pragma_application_id a, pragma_user_version v`;
const READER_TIMEOUT_MS = 5_000;
/** Events of one millisecond that a period can hold. */
export const PLACES = 4096;
export const HOUR_MS = 3_600_000;
const TIME_DIGITS = 12;
const PLACE_DIGITS = 3;
const NAME = /^(\d{1,5}d-\d{4}\.\d{2}\.\d{2})\.sqlite$/;
const FORMAT_1 = /^\d{4}-\d{2}-\d{2}\.sqlite$/;

/** Names of the periods that have a file. @throws AppError `STORE_FORMAT` for a folder of the first release. */
export function listPeriods(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder);
  const old = files.find((file) => FORMAT_1.test(file));
  if (old !== undefined) {
    throw new AppError(
      "STORE_FORMAT",
      `${join(folder, old)} was written by an earlier release of Yardline. Run ./yardline upgrade.`,
    );
  }
  return files.flatMap((file) => NAME.exec(file)?.[1] ?? []);
}

export const pathOf = (folder: string, period: string): string => join(folder, `${period}.sqlite`);

export function removePeriod(folder: string, period: string): void {
  const path = pathOf(folder, period);
  guarded(path, PERIOD_FILE, () => {
    for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
  });
}

/** The lowest key of a millisecond of a period that begins then. */
export function firstKeyOf(at_ms: EpochMs, from_ms: EpochMs): number {
  return (at_ms - from_ms) * PLACES;
}

/** The lowest and highest key of a part of a period; undefined where they do not touch. */
export function keysWithin(part: Span, { from_ms, to_ms }: Span): readonly [number, number] | undefined {
  const low = firstKeyOf(Math.max(part.from_ms, from_ms), from_ms);
  const high = firstKeyOf(Math.min(part.to_ms, to_ms), from_ms) - 1;
  return low <= high ? [low, high] : undefined;
}

/** The key that an occurrence has where nobody has it already. */
export function keyOf(occurrence: string, from_ms: EpochMs): number {
  const place = Number.parseInt(occurrence.slice(TIME_DIGITS, TIME_DIGITS + PLACE_DIGITS), 16);
  return firstKeyOf(anchorOf(occurrence), from_ms) + place;
}

export function hashOf(occurrence: string): Uint8Array {
  return Buffer.from(occurrence.slice(TIME_DIGITS), "hex");
}

export function occurrenceAt(key: number, hash: Uint8Array, from_ms: EpochMs): string {
  const at_ms = from_ms + Math.floor(key / PLACES);
  const hex = Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString("hex");
  return at_ms.toString(16).padStart(TIME_DIGITS, "0") + hex;
}

/** A file that is open, with its prepared statements. */
export class OpenFile {
  readonly path: string;
  readonly db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  private constructor(path: string, db: DatabaseSync) {
    this.path = path;
    this.db = db;
  }

  /** Opens it to write, and makes it where there is none. @throws AppError as `openSqliteFile` does. */
  static toWrite(path: string): OpenFile {
    return new OpenFile(path, openSqliteFile(path, PERIOD_FILE));
  }

  /**
   * Opens it to read, beside who writes it.
   * @returns undefined where nothing was written to it yet.
   * @throws AppError as `openSqliteFile` does.
   */
  static toRead(path: string): OpenFile | undefined {
    const url = pathToFileURL(path);
    // Not read-only: after a kill, the log must be put in order before anybody can read.
    url.searchParams.set("mode", "rw");
    using opening = new DisposableStack();
    const { db, header } = guarded(path, PERIOD_FILE, () => {
      const opened = opening.adopt(new DatabaseSync(url, { timeout: READER_TIMEOUT_MS }), (each) =>
        each.close(),
      );
      opened.exec(READER_PRAGMAS);
      return { db: opened, header: opened.prepare(HEADER).get() };
    });
    if (
      header?.["application_id"] === PERIOD_FILE.application_id &&
      header["user_version"] === PERIOD_FILE.format
    ) {
      opening.move();
      return new OpenFile(path, db);
    }
    // Says what is wrong with it.
    if (header?.["tables"] !== 0) openSqliteFile(path, PERIOD_FILE).close();
    return undefined;
  }

  /** A statement that reads; every number in its rows is below 2^53. */
  sql(text: string): StatementSync {
    return this.#prepared(text, false);
  }

  /** A statement that writes. It tells of the last row, and rows of FTS5's own have numbers beyond 2^53. */
  write(text: string): StatementSync {
    return this.#prepared(text, true);
  }

  /** Runs work on it; trouble with the file becomes an AppError that names it. */
  guarded<Result>(work: () => Result): Result {
    return guarded(this.path, PERIOD_FILE, work);
  }

  close(): void {
    this.db.close();
  }

  #prepared(text: string, bigInts: boolean): StatementSync {
    const known = this.#statements.get(text);
    if (known) return known;
    const made = this.db.prepare(text);
    made.setReadBigInts(bigInts);
    this.#statements.set(text, made);
    return made;
  }
}
