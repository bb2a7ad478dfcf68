import type { JS } from "@duckdb/node-api";
import { AppError } from "@yardline/domain/errors";
import {
  type CountQuery,
  type CountRow,
  type Dimension,
  type DistributionQuery,
  type DistributionRow,
  GROUPS_MAX,
  type Group,
  type PercentileQuery,
  type PercentileRow,
} from "./history.ts";

type Row = Readonly<Record<string, JS>>;

/** @throws AppError `HISTORY_GROUPS`. */
export function percentileRowsOf({ by }: PercentileQuery, rows: readonly Row[]): readonly PercentileRow[] {
  return fewEnough(rows).map((row) => ({
    group: groupOf(by, row),
    n: Number(row["n"]),
    mean: Number(row["mean"]),
    values: Array.isArray(row["values"]) ? row["values"].map(Number) : [],
  }));
}

/** @throws AppError `HISTORY_GROUPS`. */
export function distributionRowsOf(
  { by }: DistributionQuery,
  rows: readonly Row[],
): readonly DistributionRow[] {
  return fewEnough(rows).map((row) => ({
    group: groupOf(by, row),
    n: Number(row["n"]),
    sum: Number(row["sum"]),
    squares: Number(row["squares"]),
    classes: Array.isArray(row["classes"]) ? row["classes"].map(Number) : [],
  }));
}

/** @throws AppError `HISTORY_GROUPS`. */
export function countRowsOf({ by }: CountQuery, rows: readonly Row[]): readonly CountRow[] {
  return fewEnough(rows).map((row) => ({
    group: groupOf(by, row),
    visits: Number(row["visits"]),
    trips: Number(row["trips"]),
  }));
}

function groupOf(by: readonly Dimension[], row: Row): Group {
  return Object.fromEntries(
    by.map((name) => {
      const value = row[name];
      return [name, typeof value === "string" || typeof value === "number" ? value : null];
    }),
  );
}

function fewEnough(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= GROUPS_MAX) return rows;
  const many = `That question has more than ${GROUPS_MAX} groups; ask for fewer dimensions, or a narrower filter.`;
  throw new AppError("HISTORY_GROUPS", many);
}
