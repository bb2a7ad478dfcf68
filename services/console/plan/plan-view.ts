import type { MessageKey } from "../messages/translate.ts";

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

/** Of which days, ISO dates, both inclusive. */
export type Period = { readonly from: string; readonly to: string };

/** Which report of what a planner looks at. The address holds all of it. */
export type PlanView = {
  readonly report: ReportName;
  readonly period: Period;
  /** Of `comparison` alone: the days before. */
  readonly before: Period;
  /** Empty for all lines. */
  readonly route_id: string;
  /** `workdays`: Monday to Friday; empty for all. */
  readonly days: "" | "workdays" | "weekend";
  readonly hourly: boolean;
};

const ISO_DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/** @param today the town's, as an ISO date: without a period it is the seven days before, and the seven before those. */
export function parsePlan(path: string, search: string, today: string): PlanView {
  const params = new URLSearchParams(search);
  const day = (name: string, other: string) => {
    const text = params.get(name) ?? "";
    return ISO_DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : other;
  };
  const period = { from: day("from", plusDays(today, -WEEK_DAYS)), to: day("to", plusDays(today, -1)) };
  const length_days = (Date.parse(period.to) - Date.parse(period.from)) / DAY_MS + 1;
  const before = {
    from: day("before_from", plusDays(period.from, -length_days)),
    to: day("before_to", plusDays(period.from, -1)),
  };
  const days = params.get("days");
  return {
    report: REPORT_NAMES.find((name) => `/${name}` === path) ?? "on-time",
    ...{ period, before, route_id: params.get("route_id") ?? "" },
    days: days === "workdays" || days === "weekend" ? days : "",
    hourly: params.get("hourly") === "true",
  };
}

/** Whole, so that the link leads to the same days next week too. */
export function formatPlan({ report, period, before, route_id, days, hourly }: PlanView): {
  readonly path: string;
  readonly search: string;
} {
  const params = new URLSearchParams({ ...period });
  if (report === "comparison") {
    params.set("before_from", before.from);
    params.set("before_to", before.to);
  }
  if (route_id) params.set("route_id", route_id);
  if (days) params.set("days", days);
  if (hourly) params.set("hourly", "true");
  return { path: `/${report}`, search: `?${params}` };
}

const WEEKDAYS: Readonly<Record<PlanView["days"], readonly number[]>> = {
  "": [],
  workdays: [1, 2, 3, 4, 5],
  weekend: [6, 7],
};

/** The question to the API. */
export function reportPath(
  { report, period, before, route_id, days, hourly }: PlanView,
  format: "json" | "csv" | "parquet",
): string {
  const params = new URLSearchParams({ ...period, format });
  if (route_id) params.set("route_id", route_id);
  for (const weekday of WEEKDAYS[days]) params.append("weekday", String(weekday));
  if (hourly) params.set("hourly", "true");
  if (report === "comparison") {
    params.set("before_from", before.from);
    params.set("before_to", before.to);
  }
  return `/v1/review/${report}?${params}`;
}

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
