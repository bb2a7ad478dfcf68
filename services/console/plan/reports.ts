import type { MessageKey } from "../messages/translate.ts";
import type { PlanView } from "./plan-view.ts";

/** The reports of the API, in the order of the list. */
export const REPORT_NAMES = [
  "on-time",
  "headways",
  "run-times",
  "dwell",
  "slow-segments",
  "speeding",
  "missed-trips",
  "comparison",
  "suggested-run-times",
  "completeness",
] as const;
export type ReportName = (typeof REPORT_NAMES)[number];

export const REPORT_TITLES = {
  "on-time": "report.on-time",
  headways: "report.headways",
  "run-times": "report.run-times",
  dwell: "report.dwell",
  "slow-segments": "report.slow-segments",
  speeding: "report.speeding",
  "missed-trips": "report.missed-trips",
  comparison: "report.comparison",
  "suggested-run-times": "report.suggested-run-times",
  completeness: "report.completeness",
} as const satisfies Readonly<Record<ReportName, MessageKey>>;

/** What the figures mean, as it stands over them. */
export const REPORT_DEFINITIONS = {
  "on-time": "report.on-time.means",
  headways: "report.headways.means",
  "run-times": "report.run-times.means",
  dwell: "report.dwell.means",
  "slow-segments": "report.slow-segments.means",
  speeding: "report.speeding.means",
  "missed-trips": "report.missed-trips.means",
  comparison: "report.comparison.means",
  "suggested-run-times": "report.suggested-run-times.means",
  completeness: "report.completeness.means",
} as const satisfies Readonly<Record<ReportName, MessageKey>>;

const WEEKDAYS: Readonly<Record<PlanView["days"], readonly number[]>> = {
  "": [],
  workdays: [1, 2, 3, 4, 5],
  weekend: [6, 7],
};

/** `gtfs`: of `suggested-run-times` alone. */
type Form = "json" | "csv" | "parquet" | "gtfs";

/** A report of the API; `network` is drawn on the map, and not among the lists. */
export type AskedReport = ReportName | "network";

/** The question to the API for one of its reports. */
export function reportPath(name: AskedReport, plan: PlanView, format: Form): string {
  const { period, before, hourly } = plan;
  const params = new URLSearchParams({ ...period, format });
  narrow(params, plan);
  if (hourly) params.set("hourly", "true");
  if (name === "comparison") {
    params.set("before_from", before.from);
    params.set("before_to", before.to);
  }
  return `/v1/review/${name}?${params}`;
}

/** The question for one line's day. */
export function lineDayPath(
  { date, route_id, direction }: PlanView,
  format: "json" | "csv" | "parquet",
): string {
  const params = new URLSearchParams({ date, route_id, format });
  if (direction) params.set("direction_id", direction);
  return `/v1/review/line-day?${params}`;
}

/** The question for a day to play again. */
export function replayPath({ date, route_id }: PlanView, format: "json" | "csv" | "parquet"): string {
  const params = new URLSearchParams({ date, format });
  if (route_id) params.set("route_id", route_id);
  return `/v1/review/replay?${params}`;
}

/** Of which lines, days and hours. */
function narrow(params: URLSearchParams, { route_id, direction, days, hours }: PlanView): void {
  if (route_id) params.set("route_id", route_id);
  if (direction) params.set("direction_id", direction);
  for (const weekday of WEEKDAYS[days]) params.append("weekday", String(weekday));
  for (let hour = hours?.from ?? 0; hours && hour <= hours.to; hour += 1) params.append("hour", String(hour));
}
