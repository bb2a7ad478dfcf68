import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { guarded, inTransaction, openSqliteFile, type SqliteFormat } from "@yardline/bus/sqlite-file";

/** How far personal fields are gone from each period, and names of occurrences that were erased, whether they were ever here or not: nothing of them is taken in again. */
const ERASED_FILE: SqliteFormat = {
  what: "list of erased events",
  application_id: 0x59_4c_49_45, // "YLIE"
  format: 1,
  schema: "CREATE TABLE erased (occurrence TEXT PRIMARY KEY, done INTEGER NOT NULL) WITHOUT ROWID",
  unavailable: "INDEX_UNAVAILABLE",
  pragmas: "CREATE TABLE IF NOT EXISTS faded (period TEXT PRIMARY KEY, key INTEGER NOT NULL) WITHOUT ROWID",
};

export class ErasedFile {
  readonly #path: string;
  readonly #db: DatabaseSync;
  readonly #erased: Set<string>;

  constructor(folder: string) {
    this.#path = join(folder, "erased.sqlite");
    this.#db = openSqliteFile(this.#path, ERASED_FILE);
    this.#erased = new Set(this.#list("SELECT occurrence FROM erased"));
  }

  has(occurrence: string): boolean {
    return this.#erased.has(occurrence);
  }

  /** From now on nothing is taken in of them, also after a kill. */
  add(occurrences: readonly string[]): void {
    this.#each("INSERT OR REPLACE INTO erased (occurrence, done) VALUES (?, 0)", occurrences);
    for (const occurrence of occurrences) this.#erased.add(occurrence);
  }

  /** Nothing is left of them. */
  finish(occurrences: readonly string[]): void {
    this.#each("UPDATE erased SET done = 1 WHERE occurrence = ?", occurrences);
  }

  /** Those of which something may still be left. */
  listUnfinished(): string[] {
    return this.#list("SELECT occurrence FROM erased WHERE done = 0");
  }

  /** The key up to which nothing of a period has to go any more. */
  fadedTo(period: string): number {
    const row = this.#db.prepare("SELECT key FROM faded WHERE period = ?").get(period);
    return row === undefined ? -1 : Number(row["key"]);
  }

  noteFaded(period: string, key: number): void {
    guarded(this.#path, ERASED_FILE, () => {
      this.#db.prepare("INSERT OR REPLACE INTO faded (period, key) VALUES (?, ?)").run(period, key);
    });
  }

  close(): void {
    this.#db.close();
  }

  #each(sql: string, occurrences: readonly string[]): void {
    guarded(this.#path, ERASED_FILE, () =>
      inTransaction(this.#db, () => {
        const statement = this.#db.prepare(sql);
        for (const occurrence of occurrences) statement.run(occurrence);
      }),
    );
  }

  #list(sql: string): string[] {
    return guarded(this.#path, ERASED_FILE, () =>
      this.#db
        .prepare(sql)
        .all()
        .map(({ occurrence }) => String(occurrence)),
    );
  }
}
