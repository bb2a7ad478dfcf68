import { anchorOf } from "@yardline/events/identity";
import type { Field } from "./condition.ts";
import type { Expression, Known } from "./expression.ts";
import { EVERY_EVENT, fieldOf } from "./hour-counts.ts";
import type { Kept } from "./kept.ts";
import type { Period } from "./period.ts";
import { firstKeyOf, hashOf, OpenFile, occurrenceAt, PLACES } from "./period-file.ts";
import { tagsBeginOf } from "./terms.ts";

/** An event as it lies in its file. */
export type Hit = Pick<Kept, "occurrence" | "revision" | "body">;
/** The lowest and the highest key to look at. */
export type Keys = readonly [low: number, high: number];
export type Order = "ASC" | "DESC";

/** The id of none. */
const NO_TAG = -1;

type Row = Readonly<Record<string, unknown>>;

const HIT = "event.key, event.hash, event.revision, event.body";
// Numbers of JavaScript come as floating ones, and FTS5 passes over bounds that are.
const BETWEEN = "BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)";
const FOUND = `term MATCH ? AND term.rowid ${BETWEEN}`;
const SHOWN = `event.key ${BETWEEN} AND tags IS NOT NULL`;
const FOUND_EVENTS = `term CROSS JOIN event ON event.key = term.rowid WHERE ${FOUND}`;

/** Reads one period, beside whoever writes it. What is asked within `looking` is of one moment. */
export class PeriodReader implements Known {
  readonly period: Period;
  readonly #file: OpenFile;

  private constructor(file: OpenFile, period: Period) {
    this.#file = file;
    this.period = period;
  }

  /** Undefined where nothing was written yet. @throws AppError as `openSqliteFile` does. */
  static open(path: string, period: Period): PeriodReader | undefined {
    const file = OpenFile.toRead(path);
    return file && new PeriodReader(file, period);
  }

  close(): void {
    this.#file.close();
  }

  /** Until the last item is taken the file stays as it is; trouble with it becomes an AppError that names it. */
  *looking<Item>(items: () => Iterable<Item>): Generator<Item> {
    this.#file.guarded(() => this.#file.db.exec("BEGIN"));
    const iterator = items()[Symbol.iterator]();
    try {
      for (;;) {
        const { done, value } = this.#file.guarded(() => iterator.next());
        if (done) return;
        yield value;
      }
    } finally {
      // A statement that is not at its end keeps the moment, whatever is committed.
      iterator.return?.();
      this.#file.db.exec("COMMIT");
    }
  }

  /** The same for work that is done at once. */
  during<Result>(work: () => Result): Result {
    return this.#file.guarded(() => {
      this.#file.db.exec("BEGIN");
      try {
        return work();
      } finally {
        this.#file.db.exec("COMMIT");
      }
    });
  }

  find(occurrence: string): Hit | undefined {
    const first = firstKeyOf(anchorOf(occurrence), this.period.from_ms);
    const sql = `SELECT ${HIT} FROM event WHERE event.key ${BETWEEN} AND hash = ? AND body IS NOT NULL`;
    const row = this.during(() => this.#file.sql(sql).get(first, first + PLACES - 1, hashOf(occurrence)));
    return row && this.#hitOf(row);
  }

  countOf(tag: string): number {
    return Number(this.#file.sql("SELECT events FROM tag WHERE name = ?").get(tag)?.["events"] ?? 0);
  }

  listUniverse(): readonly string[] {
    return [...this.listTags("tenant").values()];
  }

  /** The tags of a field by their ids. */
  listTags(field: Field): ReadonlyMap<number, string> {
    const begin = tagsBeginOf(field);
    const rows = this.#file
      .sql("SELECT id, name FROM tag WHERE name > ? AND name < ?")
      .all(begin, `${begin}\u{10ffff}`);
    return new Map(rows.map(({ id, name }) => [Number(id), String(name)]));
  }

  /** Events that are found, in the order of their occurrences. */
  *hits(expression: Expression, keys: Keys, order: Order): Generator<Hit> {
    if (expression === "none") return;
    const rows =
      expression === "all"
        ? this.#file
            .sql(`SELECT ${HIT} FROM event WHERE ${SHOWN} ORDER BY event.key ${order}`)
            .iterate(...keys)
        : this.#file
            .sql(`SELECT ${HIT} FROM ${FOUND_EVENTS} ORDER BY term.rowid ${order}`)
            .iterate(expression.fts, ...keys);
    yield* this.#inOrder(rows, order);
  }

  /** Everything that is kept, to be found or not, in the order of occurrences. */
  kept([low, high]: Keys): Iterable<Hit> {
    const sql = `SELECT ${HIT} FROM event WHERE event.key ${BETWEEN} AND body IS NOT NULL ORDER BY event.key`;
    return this.#inOrder(this.#file.sql(sql).iterate(low, high), "ASC");
  }

  /** How many are found, at most `limit`. */
  count(expression: Expression, keys: Keys, limit: number): number {
    if (expression === "none") return 0;
    const row =
      expression === "all"
        ? this.#file
            .sql(`SELECT count(*) AS n FROM (SELECT 1 FROM event WHERE ${SHOWN} LIMIT ?)`)
            .get(...keys, limit)
        : this.#file
            .sql(`SELECT count(*) AS n FROM (SELECT 1 FROM term WHERE ${FOUND} LIMIT ?)`)
            .get(expression.fts, ...keys, limit);
    return Number(row?.["n"]);
  }

  /** When the events happened that are found, oldest first. */
  *instants(expression: Expression, keys: Keys): Generator<number> {
    if (expression === "none") return;
    const rows =
      expression === "all"
        ? this.#file.sql(`SELECT event.key FROM event WHERE ${SHOWN} ORDER BY event.key`).iterate(...keys)
        : this.#file
            .sql(`SELECT rowid AS key FROM term WHERE ${FOUND} ORDER BY rowid`)
            .iterate(expression.fts, ...keys);
    for (const { key } of rows) yield this.#instantOf(Number(key));
  }

  /** The same, with the ids of the events' tags. */
  *tagged(expression: Expression, keys: Keys): Generator<{ at_ms: number; tags: Uint8Array }> {
    if (expression === "none") return;
    const rows =
      expression === "all"
        ? this.#file
            .sql(`SELECT event.key, tags FROM event WHERE ${SHOWN} ORDER BY event.key`)
            .iterate(...keys)
        : this.#file
            .sql(`SELECT event.key, tags FROM ${FOUND_EVENTS} ORDER BY term.rowid`)
            .iterate(expression.fts, ...keys);
    for (const { key, tags } of rows) yield { at_ms: this.#instantOf(Number(key)), tags: tags as Uint8Array };
  }

  /** Counts the events of an hour, or those of them that have a tag. */
  hourCounter(tag: string | undefined): (hour: number) => number {
    const { field, id } =
      tag === undefined ? EVERY_EVENT : { field: fieldOf(tag), id: this.#idOf(tag) ?? NO_TAG };
    const statement = this.#file.sql("SELECT events FROM hour WHERE hour = ? AND field = ? AND tag = ?");
    return (hour) => Number(statement.get(hour, field, id)?.["events"] ?? 0);
  }

  /** How many events of an hour have each tag of a field, by the tag's id. */
  countHourBy(hour: number, field: Field): ReadonlyMap<number, number> {
    const rows = this.#file.sql("SELECT tag, events FROM hour WHERE hour = ? AND field = ?").all(hour, field);
    return new Map(rows.map(({ tag, events }) => [Number(tag), Number(events)]));
  }

  /** Events of one millisecond lie in the order of their keys only nearly. */
  *#inOrder(rows: Iterable<Row>, order: Order): Generator<Hit> {
    let together: Hit[] = [];
    const sorted = () =>
      together.length < 2
        ? together
        : together.toSorted((a, b) => (a.occurrence < b.occurrence === (order === "ASC") ? -1 : 1));
    for (const row of rows) {
      const hit = this.#hitOf(row);
      const [first] = together;
      if (first && anchorOf(first.occurrence) !== anchorOf(hit.occurrence)) {
        yield* sorted();
        together = [];
      }
      together.push(hit);
    }
    yield* sorted();
  }

  #hitOf({ key, hash, revision, body }: Row): Hit {
    const occurrence = occurrenceAt(Number(key), hash as Uint8Array, this.period.from_ms);
    return { occurrence, revision: Number(revision), body: body as Uint8Array };
  }

  #idOf(tag: string): number | undefined {
    const id = this.#file.sql("SELECT id FROM tag WHERE name = ?").get(tag)?.["id"];
    return id === undefined ? undefined : Number(id);
  }

  #instantOf(key: number): number {
    return this.period.from_ms + Math.floor(key / PLACES);
  }
}
