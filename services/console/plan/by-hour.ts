import type { ReportRow } from "../api/types.ts";

type HourRows = { readonly label: string; readonly rows: readonly ReportRow[] };

/** Rows by their hour; undefined where they do not say it. */
export function byHour(rows: readonly ReportRow[]): readonly HourRows[] | undefined {
  if (!rows.some(({ hour }) => typeof hour === "number")) return undefined;
  const hours = [...Map.groupBy(rows, ({ hour }) => Number(hour))].sort(([a], [b]) => a - b);
  return hours.map(([hour, own]) => ({ label: `${hour}:00`, rows: own }));
}

/** Mean of a column over rows, each counted as often as its `weight` says; undefined without any. */
export function meanBy(rows: readonly ReportRow[], name: string, weight: string): number | undefined {
  let [sum, of] = [0, 0];
  for (const row of rows) {
    const [value, times] = [row[name], row[weight]];
    if (typeof value !== "number" || typeof times !== "number") continue;
    sum += value * times;
    of += times;
  }
  return of === 0 ? undefined : sum / of;
}
