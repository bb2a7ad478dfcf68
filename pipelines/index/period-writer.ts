import { inTransaction } from "@yardline/bus/sqlite-file";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { fadedAt, type Held, personalUntil } from "@yardline/events/fade";
import { anchorOf } from "@yardline/events/identity";
import type { PutResult } from "./event-index.ts";
import { EVERY_EVENT, HourCounts, type Ids, unpackIds } from "./hour-counts.ts";
import { batchOf, eventOf, type Kept, keptIn } from "./kept.ts";
import { firstKeyOf, hashOf, keyOf, OpenFile, occurrenceAt, PLACES } from "./period-file.ts";

/** More segments than that are joined. */
const SEGMENTS_MAX = 4;
/** Pages of 4 KB that are joined at once: for so long nobody else can write. */
const SETTLED_PAGES = 500;

/** Events that are looked at together for what has to go: a few milliseconds. */
const FADED_AT_ONCE = 1_000;

/** Events to look at: keys after the first, up to the second. */
export type FadeSlice = {
  readonly after: number;
  readonly to: number;
  readonly now_ms: EpochMs;
  readonly held: readonly Held[];
};

/** `last`: the key that was looked at last, none where there was none. `waits`: something before it has to go later. */
export type Faded = { readonly last: number | undefined; readonly changed: number; readonly waits: boolean };

/** The row of an occurrence. */
type Row = { readonly key: number; readonly revision: number; readonly tags: Uint8Array | null };

/** Writes one period. One at a time may write to a file. */
export class PeriodWriter {
  readonly #file: OpenFile;
  readonly #from_ms: number;
  readonly #counts: HourCounts;

  constructor(path: string, from_ms: number) {
    this.#file = OpenFile.toWrite(path);
    this.#from_ms = from_ms;
    this.#counts = new HourCounts(this.#file);
  }

  /** All of the statements or none; one result each. */
  put(statements: readonly Kept[]): PutResult[] {
    return this.#transaction(() => {
      const results = new Map<Kept, PutResult>();
      // Row after row in the order of their keys: FTS5 writes out what it has gathered whenever a key goes back.
      const occurrences = Map.groupBy(statements, ({ occurrence }) => occurrence);
      for (const [, each] of [...occurrences].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        this.#putOne(each, results);
      }
      return statements.map((statement) => results.get(statement) ?? "kept");
    });
  }

  /** Leaves of the occurrences nothing but their names, in no part of the file. @throws AppError `INDEX_UNAVAILABLE` */
  erase(occurrences: readonly string[]): void {
    this.#transaction(() => {
      for (const occurrence of occurrences) {
        const row = this.#find(occurrence);
        if (!row) continue;
        this.#hide(occurrence, row);
        this.#file.write("UPDATE event SET tags = NULL, body = NULL WHERE key = ?").run(row.key);
      }
      this.#counts.flush();
      this.#file.write("DELETE FROM tag WHERE events = 0 AND id <> ?").run(EVERY_EVENT.id);
      this.#counts.forget();
    });
    this.#file.guarded(() => {
      // Deleted terms stay in FTS5's segments until they are merged; deleted rows stay in pages until the file is written anew.
      this.#file.write("INSERT INTO term (term) VALUES ('optimize')").run();
      if (!this.#rewrite()) throw stillRead(this.#file.path);
    });
  }

  /** Takes out of some events what has to go, and writes over where it was. The log still has it: `emptyLog`. */
  fade({ after, to, now_ms, held }: FadeSlice): Faded {
    const rows = this.#file
      .sql(
        "SELECT key, hash, revision, body FROM event WHERE key > ? AND key <= ? AND body IS NOT NULL ORDER BY key LIMIT ?",
      )
      .all(after, to, FADED_AT_ONCE) as {
      key: number;
      hash: Uint8Array;
      revision: number;
      body: Uint8Array;
    }[];
    let waits = false;
    const changed = rows.flatMap(({ key, hash, ...row }) => {
      const event = eventOf({ ...row, occurrence: occurrenceAt(key, hash, this.#from_ms) });
      const faded = fadedAt(event, now_ms, held);
      if (faded === event) waits ||= now_ms < (personalUntil(event) ?? now_ms);
      return faded === event ? [] : [{ key, faded }];
    });
    const bodies = keptIn(batchOf(changed.map(({ faded }) => faded)));
    this.#file.guarded(() => this.#file.db.exec("PRAGMA secure_delete=ON"));
    this.#transaction(() => {
      for (const [at, { key }] of changed.entries()) {
        this.#file.write("UPDATE event SET body = ? WHERE key = ?").run(bodies[at]?.body ?? null, key);
      }
    });
    this.#file.guarded(() => this.#file.db.exec("PRAGMA secure_delete=FAST"));
    return { last: rows.at(-1)?.key, changed: changed.length, waits };
  }

  /** @returns false where somebody who reads the file keeps its log from being emptied. */
  emptyLog(): boolean {
    return this.#file.guarded(() => this.#file.sql("PRAGMA wal_checkpoint(TRUNCATE)").get()?.["busy"] === 0);
  }

  /**
   * Does a part of joining the segments of the inverted index into one: each costs every later question a look for each of its
   * terms. @returns whether there is more to do.
   */
  settle(isBegun: boolean): boolean {
    return this.#file.guarded(() => {
      const segments = this.#file.sql("SELECT count(DISTINCT segid) AS n FROM term_idx").get()?.["n"];
      if (!isBegun && Number(segments) <= SEGMENTS_MAX) return false;
      const changes = () => Number(this.#file.sql("SELECT total_changes() AS n").get()?.["n"]);
      const before = changes();
      const pages = isBegun ? SETTLED_PAGES : -SETTLED_PAGES;
      this.#file.write("INSERT INTO term (term, rank) VALUES ('merge', ?)").run(pages);
      // So FTS5 tells that it had nothing to do.
      if (changes() - before >= 2) return true;
      this.#rewrite();
      return false;
    });
  }

  close(): void {
    this.#file.close();
  }

  #putOne(statements: readonly Kept[], results: Map<Kept, PutResult>): void {
    const highest = statements.reduce((best, each) => (each.revision > best.revision ? each : best));
    const before = this.#write(highest);
    let revision = typeof before === "number" ? before : Number.POSITIVE_INFINITY;
    for (const statement of statements) {
      if (typeof before === "object") results.set(statement, before);
      else if (statement.revision > revision) {
        results.set(statement, "written");
        revision = statement.revision;
      }
    }
  }

  /** @returns the revision that was there before, -1 for none, or why it cannot be kept. */
  #write(statement: Kept): number | { readonly refused: string } {
    const { occurrence, revision, tags, body } = statement;
    const ids = tags === "" ? null : this.#counts.idsOf(tags);
    const key = keyOf(occurrence, this.#from_ms);
    if (this.#insert(key, statement, ids)) return -1;
    const row = this.#find(occurrence);
    if (!row) {
      const free = this.#freeKey(key);
      if (free === undefined) return { refused: `More than ${PLACES} events are of its millisecond.` };
      this.#insert(free, statement, ids);
      return -1;
    }
    if (revision > row.revision) {
      this.#hide(occurrence, row);
      this.#file
        .write("UPDATE event SET revision = ?, tags = ?, body = ? WHERE key = ?")
        .run(revision, ids?.packed ?? null, body, row.key);
      this.#show(row.key, statement, ids);
    }
    return row.revision;
  }

  /** @returns whether the place was free. */
  #insert(key: number, statement: Kept, ids: Ids | null): boolean {
    const { occurrence, revision, body } = statement;
    const { changes } = this.#file
      .write(
        "INSERT INTO event (key, hash, revision, tags, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      )
      .run(key, hashOf(occurrence), revision, ids?.packed ?? null, body);
    if (changes === 0n) return false;
    this.#show(key, statement, ids);
    return true;
  }

  /** Lets it be found and counted, unless it has no tags. */
  #show(key: number, { occurrence, tags, words }: Kept, ids: Ids | null): void {
    if (ids === null) return;
    this.#file.write("INSERT INTO term (rowid, body) VALUES (?, ?)").run(key, `${tags} ${words}`);
    this.#counts.add(anchorOf(occurrence), ids.list, 1);
  }

  #hide(occurrence: string, { key, tags }: Row): void {
    if (tags === null) return;
    this.#file.write("DELETE FROM term WHERE rowid = ?").run(key);
    this.#counts.add(anchorOf(occurrence), unpackIds(tags), -1);
  }

  #find(occurrence: string): Row | undefined {
    const at = this.#file.sql("SELECT key, revision, tags FROM event WHERE key = ? AND hash = ?");
    const hash = hashOf(occurrence);
    const first = firstKeyOf(anchorOf(occurrence), this.#from_ms);
    const among = "SELECT key, revision, tags FROM event WHERE key BETWEEN ? AND ? AND hash = ?";
    return (at.get(keyOf(occurrence, this.#from_ms), hash) ??
      this.#file.sql(among).get(first, first + PLACES - 1, hash)) as Row | undefined;
  }

  /** The next place in the same millisecond that nobody has, from a key on and round again. */
  #freeKey(key: number): number | undefined {
    const first = key - (key % PLACES);
    const rows = this.#file
      .sql("SELECT key FROM event WHERE key BETWEEN ? AND ?")
      .all(first, first + PLACES - 1);
    const taken = new Set(rows.map((row) => row["key"]));
    for (let step = 1; step < PLACES; step++) {
      const next = first + ((key - first + step) % PLACES);
      if (!taken.has(next)) return next;
    }
    return undefined;
  }

  /**
   * Nothing that was deleted is in the file afterwards, and it is no longer than it has to be.
   * @returns false where somebody who reads it keeps the log from being emptied.
   */
  #rewrite(): boolean {
    this.#file.db.exec("VACUUM");
    return this.emptyLog();
  }

  #transaction<Result>(work: () => Result): Result {
    return this.#file.guarded(() => {
      try {
        return inTransaction(this.#file.db, () => {
          const result = work();
          this.#counts.flush();
          return result;
        });
      } catch (thrown) {
        this.#counts.forget();
        throw thrown;
      }
    });
  }
}

function stillRead(path: string): AppError {
  const why = `${path} is being read or copied, so that what was erased is not gone from its log yet`;
  return new AppError("INDEX_UNAVAILABLE", `${why}; erase it again afterwards.`, { retryable: true });
}
