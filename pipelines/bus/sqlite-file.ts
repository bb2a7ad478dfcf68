import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { AppError, messageOf } from "@yardline/domain/errors";

/** What a kind of SQLite file of ours is. */
export type SqliteFormat = {
  /** For people, as in `bus`. */
  readonly what: string;
  /** Written into the file's header, so that no other program's file is taken for ours. */
  readonly application_id: number;
  /** Grows with each change of the schema. */
  readonly format: number;
  /** Run once, in the transaction that makes the file ours. */
  readonly schema: string;
  /** `AppError` code for a disk that is full, gone or read-only. */
  readonly unavailable: string;
  /** `PRAGMA` statements for each opening. */
  readonly pragmas?: string;
  /** Only one process may have it open; others may look (`sqlite-snapshot.ts`). */
  readonly exclusive?: boolean;
};

/** How long to wait for another connection's lock. */
const BUSY_MS = 5_000;
const LOG_RETRY_MS = 10;
// SQLite's primary result codes: https://www.sqlite.org/rescode.html
const UNAVAILABLE = new Set([3, 5, 6, 8, 10, 13, 14]); // PERM BUSY LOCKED READONLY IOERR FULL CANTOPEN
const BUSY = 5;
const FULL = 13;
const DAMAGED = new Set([11, 26]); // CORRUPT NOTADB

/** A file that is locked for as long as it is open. */
class LockedDatabase extends DatabaseSync {
  readonly #lock: Disposable | undefined;

  constructor(path: string, lock: Disposable | undefined) {
    super(path, { timeout: BUSY_MS });
    this.#lock = lock;
  }

  override close(): void {
    super.close();
    this.#lock?.[Symbol.dispose]();
  }
}

/**
 * Opens or makes a file in which every commit is on disk when it returns (WAL, `synchronous=FULL`), and survives kill -9.
 * @throws AppError `STORE_FOREIGN`, `STORE_FORMAT`, `STORE_DAMAGED`, `STORE_IN_USE`, or the format's `unavailable`.
 */
export function openSqliteFile(path: string, kind: SqliteFormat): DatabaseSync {
  return guarded(path, kind, () => {
    mkdirSync(dirname(path), { recursive: true });
    using opening = new DisposableStack();
    const lock = kind.exclusive ? opening.use(lockFor(path, kind)) : undefined;
    const db = opening.adopt(new LockedDatabase(path, lock), (each) => each.close());
    db.exec("PRAGMA page_size=8192");
    useLog(db);
    db.exec("PRAGMA synchronous=FULL");
    claim(db, path, kind);
    if (kind.pragmas) db.exec(kind.pragmas);
    opening.move();
    return db;
  });
}

/**
 * Keeps everybody else, in this process and in others, from taking the same path, until it is disposed of or the process ends,
 * whichever way. The lock is SQLite's own on an empty file beside, so that who only looks (a backup) is not kept out.
 * @param shared lets in others who share it, and keeps out who wants it alone.
 * @throws AppError `STORE_IN_USE`, or the `unavailable` code.
 */
export function lockFor(
  path: string,
  kind: Pick<SqliteFormat, "what" | "unavailable">,
  { shared = false } = {},
): Disposable {
  return guarded(path, kind, () => {
    mkdirSync(dirname(path), { recursive: true });
    const db = new DatabaseSync(`${path}.lock`, { timeout: 0 });
    try {
      // Nothing is ever written, so that a full disk locks as well as an empty one.
      db.exec(
        `PRAGMA journal_mode=MEMORY; ${shared ? "BEGIN; SELECT 1 FROM sqlite_schema" : "BEGIN EXCLUSIVE"}`,
      );
      return { [Symbol.dispose]: () => db.isOpen && db.close() };
    } catch (cause) {
      db.close();
      if (sqliteCodeOf(cause) !== BUSY) throw cause;
      throw new AppError("STORE_IN_USE", `Another Yardline is using ${path}; stop it first.`, { cause });
    }
  });
}

/** Runs work on the file; what SQLite or the disk throws becomes an `AppError`, bugs (wrong SQL) stay as they are. */
export function guarded<Result>(
  path: string,
  { what, unavailable }: Pick<SqliteFormat, "what" | "unavailable">,
  work: () => Result,
): Result {
  try {
    return work();
  } catch (cause) {
    const code = sqliteCodeOf(cause);
    if (code !== undefined && DAMAGED.has(code)) {
      const mend = "Move it away, or restore it from a backup, and start again.";
      throw new AppError("STORE_DAMAGED", `${path} is damaged or not a ${what} of Yardline. ${mend}`, {
        cause,
      });
    }
    if (code === FULL || isNoSpace(cause)) {
      const full = `The disk that holds ${path} is full; free some of it and work goes on by itself.`;
      throw new AppError(unavailable, full, { retryable: true, cause });
    }
    if ((code !== undefined && UNAVAILABLE.has(code)) || isSystemError(cause)) {
      const why = `${path} cannot be used now: ${messageOf(cause)}.`;
      throw new AppError(unavailable, why, { retryable: true, cause });
    }
    throw cause;
  }
}

/** All of the work or none of it. */
export function inTransaction<Result>(db: DatabaseSync, work: () => Result): Result {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (thrown) {
    // SQLite has rolled back by itself after some failures, a full disk among them.
    if (db.isTransaction) db.exec("ROLLBACK");
    throw thrown;
  }
}

/**
 * Of two that open a new file in the same moment one is told at once that the other changes its mode; SQLite waits for every other lock,
 * not for this one.
 */
function useLog(db: DatabaseSync): void {
  for (let tries = 1; ; tries++) {
    try {
      db.exec("PRAGMA journal_mode=WAL");
      return;
    } catch (cause) {
      if (sqliteCodeOf(cause) !== BUSY || tries === BUSY_MS / LOG_RETRY_MS) throw cause;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOG_RETRY_MS);
    }
  }
}

function claim(db: DatabaseSync, path: string, kind: SqliteFormat): void {
  if (isNew(db)) {
    inTransaction(db, () => {
      // Somebody else may have found it new as well, and been faster.
      if (!isNew(db)) return;
      db.exec(
        `${kind.schema}; PRAGMA application_id=${kind.application_id}; PRAGMA user_version=${kind.format}`,
      );
    });
  }
  const { application_id, user_version } = header(db);
  if (application_id !== kind.application_id) {
    throw new AppError(
      "STORE_FOREIGN",
      `${path} is not a ${kind.what} of Yardline. Move it away and start again.`,
    );
  }
  if (user_version !== kind.format) {
    const formats = `format ${user_version}, this release reads ${kind.format}`;
    const mend = user_version < kind.format ? "Run ./yardline upgrade" : "Start that release, or a newer one";
    throw new AppError(
      "STORE_FORMAT",
      `${path} was written by another release of Yardline (${formats}). ${mend}.`,
    );
  }
}

function isNew(db: DatabaseSync): boolean {
  const { application_id, user_version, tables } = header(db);
  return application_id === 0 && user_version === 0 && tables === 0;
}

function header(db: DatabaseSync): Record<"application_id" | "user_version" | "tables", number> {
  const row = db
    .prepare(
      `SELECT a.application_id, v.user_version, (SELECT count(*) FROM sqlite_schema) AS tables
       FROM pragma_application_id a, pragma_user_version v`,
    )
    .get();
  return {
    application_id: Number(row?.["application_id"]),
    user_version: Number(row?.["user_version"]),
    tables: Number(row?.["tables"]),
  };
}

function sqliteCodeOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !("errcode" in thrown)) return undefined;
  return typeof thrown.errcode === "number" ? thrown.errcode & 0xff : undefined;
}

function isSystemError(thrown: unknown): boolean {
  return thrown instanceof Error && "syscall" in thrown;
}

function isNoSpace(thrown: unknown): boolean {
  return isSystemError(thrown) && thrown instanceof Error && "code" in thrown && thrown.code === "ENOSPC";
}
