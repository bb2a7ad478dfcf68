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
  type StopVisit,
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

/** Rows of `visitsPageSql`. A departure that is planned for the arrival is left out, as it came in. */
export function visitsOf(rows: readonly (readonly JS[])[]): readonly StopVisit[] {
  return rows.map((cells) => {
    const text = (at: number) => String(cells[at]);
    const number = (at: number) => Number(cells[at]);
    const [start_time, schedule_arrival_ms, schedule_departure_ms] = [text(4), number(11), number(12)];
    return {
      tenant: text(0),
      feed: text(1),
      service_date: text(2),
      trip_id_scheduled: text(3),
      ...(start_time !== "" && { start_time }),
      scheduled_stop_sequence: number(5),
      vehicle_id: text(6),
      route_id: text(7),
      ...(cells[8] !== null && { direction_id: number(8) }),
      stop_id: text(9),
      hour: number(10),
      schedule_arrival_ms,
      ...(schedule_departure_ms !== schedule_arrival_ms && { schedule_departure_ms }),
      actual_arrival_ms: number(13),
      ...(cells[14] !== null && { actual_departure_ms: number(14) }),
      delay_s: number(15),
      occurrence: text(16),
      revision: number(17),
      withdrawn: false,
    };
  });
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
