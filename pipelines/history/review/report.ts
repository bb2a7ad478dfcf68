import type { Timetable } from "@yardline/timetable/timetable";
import type { History, VisitFilter } from "../history.ts";
import { completeness } from "./completeness.ts";
import { plannedCalls } from "./planned-calls.ts";

/** What reports may be told beside whose visits they are about; each says which of it it heeds. */
export type ReportOptions = {
  /** Each hour by itself. */
  readonly hourly: boolean;
  /** The period that another one is compared with. */
  readonly before?: Pick<VisitFilter, "from" | "to">;
  /** Of the random numbers of a comparison: the same one gives the same interval. */
  readonly seed: number;
  /** Above it vehicles are too fast. */
  readonly limit_kmh: number;
  /** Fraction of the drives that a suggested run time is enough for; absent: the best one is looked for. */
  readonly percentile?: number;
};

export const REPORT_OPTIONS: ReportOptions = { hourly: false, seed: 1, limit_kmh: 50 };

export type Asked = {
  readonly history: Pick<History, "percentiles" | "distribution" | "counts" | "visits">;
  readonly timetables: readonly Timetable[];
  readonly filter: VisitFilter;
  readonly options: ReportOptions;
  readonly signal: AbortSignal | undefined;
};

export type Cell = string | number | boolean | null | undefined;
/** Rows with the same fields each, and what their figures mean. */
export type Told = { readonly definition: string; readonly rows: readonly Readonly<Record<string, Cell>>[] };

export type Report = {
  /** As people ask for it. */
  readonly name: string;
  readonly summary: string;
  /** @throws AppError as `History` does. */
  run(asked: Asked): Promise<Told>;
};

/** A planner's report. One file of this folder each, its test beside it, one line in `reports.ts`. */
export function defineReport(report: Report): Report {
  return report;
}

/** How much of what was planned was seen, over all lines of the question. */
export type Completeness = {
  readonly planned_trips: number;
  readonly seen_trips: number;
  readonly planned_calls: number;
  readonly seen_calls: number;
};

/** A report with how complete the data are that it rests on. @throws AppError as `History` does. */
export async function runReport(
  report: Report,
  asked: Asked,
): Promise<Told & { completeness: Completeness }> {
  const { history, timetables, filter, signal } = asked;
  const told = await report.run(asked);
  const lines = await completeness(history, plannedCalls(timetables, filter), filter, signal);
  const sum = (name: keyof Completeness) => lines.reduce((all, line) => all + line[name], 0);
  const whole = {
    planned_trips: sum("planned_trips"),
    seen_trips: sum("seen_trips"),
    planned_calls: sum("planned_calls"),
    seen_calls: sum("seen_calls"),
  };
  return { ...told, completeness: whole };
}
