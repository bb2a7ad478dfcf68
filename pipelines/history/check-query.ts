import { AppError } from "@yardline/domain/errors";
import { dayAfter, isServiceDate } from "@yardline/timetable/service-day";
import {
  type CountQuery,
  type Dimension,
  type DistributionQuery,
  EDGES_MAX,
  FILTER_VALUES_MAX,
  type FolderExport,
  type FolderFilter,
  type Measure,
  PAGE_VISITS_MAX,
  PERCENTILES_MAX,
  type PercentileQuery,
  RANGE_DAYS_MAX,
  type VisitsQuery,
} from "./history.ts";

/** @throws AppError `HISTORY_QUERY` that says what is wrong. */
export function checkPercentiles({ measure, filter, by, percentiles }: PercentileQuery): void {
  checkFilter(filter);
  checkDimensions(by, measure);
  const inside = percentiles.every((fraction) => fraction >= 0 && fraction <= 1);
  if (percentiles.length === 0 || percentiles.length > PERCENTILES_MAX || !inside) {
    refuse(`percentiles must be 1 to ${PERCENTILES_MAX} fractions between 0 and 1`);
  }
}

/** @throws AppError `HISTORY_QUERY` that says what is wrong. */
export function checkDistribution({ measure, filter, by, edges }: DistributionQuery): void {
  checkFilter(filter);
  checkDimensions(by, measure);
  const rising = edges.every((edge, i) => Number.isFinite(edge) && edge > (edges[i - 1] ?? -Infinity));
  if (edges.length === 0 || edges.length > EDGES_MAX || !rising)
    refuse(`edges must be 1 to ${EDGES_MAX} numbers of seconds that rise`);
}

/** @throws AppError `HISTORY_QUERY` that says what is wrong. */
export function checkCounts({ filter, by }: CountQuery): void {
  checkFilter(filter);
  checkDimensions(by, undefined);
}

/** @throws AppError `HISTORY_QUERY` that says what is wrong. */
export function checkVisits({ filter, limit }: VisitsQuery): void {
  checkFilter(filter);
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_VISITS_MAX)
    refuse(`a page has 1 to ${PAGE_VISITS_MAX} visits`);
}

/** @throws AppError `HISTORY_QUERY` that says what is wrong. @returns the form that the file's name asks for. */
export function checkExport({ filter, path }: FolderExport): "csv" | "parquet" {
  checkFilter(filter);
  if (path.endsWith(".csv")) return "csv";
  if (path.endsWith(".parquet")) return "parquet";
  return refuse(`the name of the file must end in .csv or .parquet, and ${path} does not`);
}

function checkFilter({ tenant, from, to, ...lists }: FolderFilter): void {
  if (tenant === "") refuse("a tenant must be named");
  for (const date of [from, to]) {
    if (!isServiceDate(date)) refuse(`"${date}" is no day as 20261122`);
  }
  if (from > to) refuse(`the first day ${from} is after the last one ${to}`);
  if (dayAfter(from, RANGE_DAYS_MAX) <= to) refuse(`${from} to ${to} is more than ${RANGE_DAYS_MAX} days`);
  for (const [name, values = []] of Object.entries(lists)) {
    const given = Array.isArray(values) ? values.length : 0;
    if (given === 0 || given > FILTER_VALUES_MAX) {
      refuse(`${name} must hold 1 to ${FILTER_VALUES_MAX} values, or be left out`);
    }
  }
}

function checkDimensions(by: readonly Dimension[], measure: Measure | undefined): void {
  if (new Set(by).size !== by.length) refuse("each dimension can be asked for once");
  if (by.includes("next_stop_id") && measure !== "running_time_s") {
    refuse("next_stop_id tells only running_time_s apart");
  }
}

function refuse(problem: string): never {
  throw new AppError("HISTORY_QUERY", `The history cannot be asked this: ${problem}.`);
}
