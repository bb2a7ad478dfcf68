import type { Timetable } from "@yardline/timetable/timetable";
import type { History, VisitFilter } from "../history.ts";
import type { WasCancelled } from "./planned-calls.ts";

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
  /** Which runs dispatchers cancelled; absent where that is not known. */
  readonly cancelled?: WasCancelled | undefined;
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
