import type { ServiceDate } from "../service-day.ts";
import type { Findings } from "./findings.ts";
import { noTable, type RawRow, type RawTable } from "./raw-table.ts";

/** A feed as its files stand, before anybody believes them. */
export class Feed {
  readonly #tables: ReadonlyMap<string, RawTable>;
  /** Several rules ask for the same order of the largest tables. */
  readonly #groups = new Map<string, ReadonlyMap<string, readonly RawRow[]>>();

  constructor(tables: ReadonlyMap<string, RawTable>) {
    this.#tables = tables;
  }

  has(file: string): boolean {
    return this.#tables.has(file);
  }

  table(file: string): RawTable {
    return this.#tables.get(file) ?? noTable(file);
  }

  rows(file: string): readonly RawRow[] {
    return this.table(file).rows;
  }

  /** The first row of each value of a column. */
  byId(file: string, column: string): ReadonlyMap<string, RawRow> {
    const rows = new Map<string, RawRow>();
    for (const row of this.rows(file)) {
      const id = row.text(column);
      if (id !== "" && !rows.has(id)) rows.set(id, row);
    }
    return rows;
  }

  /** Rows by a column's value, each group in the order of another, numeric column where one is named. */
  grouped(file: string, column: string, order?: string): ReadonlyMap<string, readonly RawRow[]> {
    const name = [file, column, order].join("\t");
    const known = this.#groups.get(name);
    if (known) return known;
    const groups = Map.groupBy(this.rows(file), (row) => row.text(column));
    this.#groups.set(name, groups);
    groups.delete("");
    if (order !== undefined) {
      for (const rows of groups.values())
        rows.sort((a, b) => (a.number(order) ?? 0) - (b.number(order) ?? 0));
    }
    return groups;
  }
}

/** One subject of the reference, looked over. */
export type CheckRule = (feed: Feed, findings: Findings, today: ServiceDate) => void;
