import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { guarded, inTransaction, openSqliteFile, type SqliteFormat } from "@yardline/bus/sqlite-file";
import type { YardlineEvent } from "@yardline/events/event";
import type { PutResult } from "./event-index.ts";
import { termsOf } from "./terms.ts";

/**
 * The events of one week (by their anchors, UTC). A *slot* is the first 17 hex digits of the occurrence: the millisecond and
 * 20 bits of the hash, 63 bits, growing with time. It is the key of the events and the row of their terms in the one
 * inverted index, so that every list of hits is in the order of time. Nearly always a slot holds one event; two that meet in
 * one share its row of terms, and the reader tells them apart.
 */
const WEEK_FILE: SqliteFormat = {
  what: "event index",
  application_id: 0x59_4c_49_58, // "YLIX"
  format: 1, // Grows with the analyser too: stems of one release are no good to another.
  schema: `
    CREATE TABLE event (slot INTEGER, rest TEXT, revision INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
      body TEXT NOT NULL, PRIMARY KEY (slot, rest)) WITHOUT ROWID;
    CREATE VIRTUAL TABLE term USING fts5(body, content='', contentless_delete=1, detail=none,
      tokenize="ascii tokenchars '_'")`,
  unavailable: "INDEX_UNAVAILABLE",
  pragmas: "PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-8000; PRAGMA journal_size_limit=33554432",
};

const WEEK_MS = 7 * 86_400_000;
/** A Monday. */
const FIRST_WEEK_MS = Date.parse("1969-12-29");
const NAME = /^(\d{4}-\d{2}-\d{2})\.sqlite$/;
const SLOT_DIGITS = 17;

/** The Monday that begins the week of an instant: `2026-11-16`. */
export function weekOf(at_ms: number): string {
  const monday_ms = FIRST_WEEK_MS + Math.floor((at_ms - FIRST_WEEK_MS) / WEEK_MS) * WEEK_MS;
  return new Date(monday_ms).toISOString().slice(0, 10);
}

/** Weeks that have a file, newest first. */
export function listWeeks(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const weeks = readdirSync(folder).flatMap((name) => NAME.exec(name)?.[1] ?? []);
  return weeks.toSorted().toReversed();
}

function slotOf(occurrence: string): bigint {
  return BigInt(`0x${occurrence.slice(0, SLOT_DIGITS)}`);
}

/** The lowest slot of a millisecond. */
export function firstSlotOf(at_ms: number): bigint {
  return BigInt(at_ms) << 20n;
}

/** A statement with the text that it is kept as. */
export type Kept = { readonly event: YardlineEvent; readonly body: string };

export class WeekFile {
  readonly #path: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(folder: string, week: string) {
    this.#path = join(folder, `${week}.sqlite`);
    this.#db = openSqliteFile(this.#path, WEEK_FILE);
  }

  /** All of the statements or none; one result each. */
  put(statements: readonly Kept[]): PutResult[] {
    return this.#guarded(() =>
      inTransaction(this.#db, () => {
        const changed = new Set<bigint>();
        const results = statements.map(({ event, body }): PutResult => {
          const { occurrence, revision, state } = event;
          const slot = slotOf(occurrence);
          const withdrawn = state === "withdrawn" ? 1 : 0;
          const { changes } = this.#sql(
            `INSERT INTO event (slot, rest, revision, withdrawn, body) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (slot, rest) DO UPDATE
             SET revision = excluded.revision, withdrawn = excluded.withdrawn, body = excluded.body
             WHERE excluded.revision > revision`,
          ).run(slot, occurrence.slice(SLOT_DIGITS), revision, withdrawn, body);
          if (changes === 0n) return "kept";
          changed.add(slot);
          return "written";
        });
        for (const slot of changed) this.#retell(slot);
        return results;
      }),
    );
  }

  /** The statement kept of one occurrence, withdrawn ones included. */
  get(occurrence: string): string | undefined {
    return this.#guarded(() => {
      const row = this.#sql("SELECT body FROM event WHERE slot = ? AND rest = ?").get(
        slotOf(occurrence),
        occurrence.slice(SLOT_DIGITS),
      );
      return row && String(row["body"]);
    });
  }

  /** Slots between two, both included, that may hold hits; newest first. Without `match` all that hold anything to find. */
  *slots(match: string | undefined, low: bigint, high: bigint): Generator<bigint> {
    const statement =
      match === undefined
        ? this.#sql(
            "SELECT DISTINCT slot FROM event WHERE slot BETWEEN ? AND ? AND withdrawn = 0 ORDER BY slot DESC",
          )
        : this.#sql(
            "SELECT rowid AS slot FROM term WHERE term MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC",
          );
    const rows = match === undefined ? statement.iterate(low, high) : statement.iterate(match, low, high);
    for (const { slot } of rows) yield BigInt(slot as bigint);
  }

  /** The statements of one slot that may be found, newest occurrence first. */
  bodies(slot: bigint): string[] {
    return this.#sql("SELECT body FROM event WHERE slot = ? AND withdrawn = 0 ORDER BY rest DESC")
      .all(slot)
      .map(({ body }) => String(body));
  }

  /** Runs a walk over this file; trouble with it becomes an AppError that names it. */
  walk<Result>(work: () => Result): Result {
    return this.#guarded(work);
  }

  close(): void {
    this.#db.close();
  }

  /** Makes the row of terms say what the slot's events say now. */
  #retell(slot: bigint): void {
    const events = this.bodies(slot).map((body): YardlineEvent => JSON.parse(body));
    if (events.length === 0) {
      this.#sql("DELETE FROM term WHERE rowid = ?").run(slot);
      return;
    }
    const terms = new Set(events.flatMap((event) => [...termsOf(event)]));
    this.#sql("INSERT OR REPLACE INTO term (rowid, body) VALUES (?, ?)").run(slot, [...terms].join(" "));
  }

  #guarded<Result>(work: () => Result): Result {
    return guarded(this.#path, WEEK_FILE, work);
  }

  #sql(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known) return known;
    const made = this.#db.prepare(text);
    // A slot has more bits than a JavaScript number.
    made.setReadBigInts(true);
    this.#statements.set(text, made);
    return made;
  }
}
