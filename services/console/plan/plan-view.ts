import { REPORT_NAMES, type ReportName } from "./reports.ts";

/** What is drawn, before the reports. */
export const PAGES = ["network", "line", "replay", ...REPORT_NAMES] as const;
export type PageName = (typeof PAGES)[number];

/** Of which days, ISO dates, both inclusive. */
export type Period = { readonly from: string; readonly to: string };

/** Whole hours of the town's clocks, from the beginning of the one to the end of the other. */
export type Hours = { readonly from: number; readonly to: number };

/** What the map of the network is coloured by. */
export const MAP_MEASURES = ["delay", "gained", "speed"] as const;
export type MapMeasure = (typeof MAP_MEASURES)[number];

/** What a planner looks at. The address holds all of it. */
export type PlanView = {
  readonly page: PageName;
  readonly period: Period;
  /** Of `comparison` alone: the days before. */
  readonly before: Period;
  /** Empty for all lines. */
  readonly route_id: string;
  readonly direction: "" | "0" | "1";
  /** `workdays`: Monday to Friday; empty for all. */
  readonly days: "" | "workdays" | "weekend";
  /** Undefined for the whole day. */
  readonly hours: Hours | undefined;
  readonly hourly: boolean;
  readonly measure: MapMeasure;
  /** Of `line` and `replay`: the one day. */
  readonly date: string;
  /** Minutes of that service day: where a replay stands, and which stretch of the day a line shows. */
  readonly at_min: number | undefined;
  readonly until_min: number | undefined;
  /** The segment or the trip that is looked at; empty for none. */
  readonly chosen: string;
};

/** Pages about one service day. */
const ONE_DAY_PAGES: ReadonlySet<string> = new Set(["line", "replay"]);

const ISO_DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
/** Service days go on after midnight. */
const DAY_MIN_MAX = 48 * 60;

/** @param today the town's, as an ISO date: without a period it is the seven days before, and the seven before those. */
export function parsePlan(path: string, search: string, today: string): PlanView {
  const params = new URLSearchParams(search);
  const day = (name: string, other: string) => {
    const text = params.get(name) ?? "";
    return ISO_DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : other;
  };
  const period = { from: day("from", plusDays(today, -WEEK_DAYS)), to: day("to", plusDays(today, -1)) };
  const days = params.get("days");
  const direction = params.get("direction");
  return {
    page: PAGES.find((name) => `/${name}` === path) ?? "network",
    ...{ period, before: beforeOf(period, day), route_id: params.get("route_id") ?? "" },
    direction: direction === "0" || direction === "1" ? direction : "",
    days: days === "workdays" || days === "weekend" ? days : "",
    hours: hoursOf(params.get("hours") ?? ""),
    hourly: params.get("hourly") === "true",
    measure: MAP_MEASURES.find((measure) => measure === params.get("measure")) ?? "delay",
    date: day("date", period.to),
    at_min: wholeOf(params.get("at"), DAY_MIN_MAX),
    until_min: wholeOf(params.get("until"), DAY_MIN_MAX),
    chosen: params.get("chosen") ?? "",
  };
}

/** The days before: as many as those of the period, unless others are named. */
function beforeOf({ from, to }: Period, day: (name: string, other: string) => string): Period {
  const length_days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return {
    from: day("before_from", plusDays(from, -length_days)),
    to: day("before_to", plusDays(from, -1)),
  };
}

function wholeOf(text: string | null, max: number): number | undefined {
  const value = text ? Number(text) : Number.NaN;
  return Number.isInteger(value) && value >= 0 && value <= max ? value : undefined;
}

function hoursOf(text: string): Hours | undefined {
  const [, first, last] = /^(\d\d?)-(\d\d?)$/.exec(text) ?? [];
  const [from, to] = [wholeOf(first ?? null, 23), wholeOf(last ?? null, 23)];
  return from !== undefined && to !== undefined && from <= to ? { from, to } : undefined;
}

/** Whole, so that the link leads to the same days next week too. */
export function formatPlan(plan: PlanView): { readonly path: string; readonly search: string } {
  const { page, period, before, route_id, direction, days, hours, hourly, measure, at_min, until_min } = plan;
  const isCompared = page === "comparison";
  const isOneDay = ONE_DAY_PAGES.has(page);
  const said: Readonly<Record<string, string | undefined>> = {
    ...period,
    ...(isCompared && { before_from: before.from, before_to: before.to }),
    ...{ route_id, direction, days },
    hours: hours && `${hours.from}-${hours.to}`,
    hourly: hourly ? "true" : "",
    measure: page === "network" && measure !== "delay" ? measure : "",
    ...(isOneDay && { date: plan.date, at: at_min?.toString(), until: until_min?.toString() }),
    chosen: isReport(page) ? "" : plan.chosen,
  };
  const params = Object.entries(said).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return { path: `/${page}`, search: `?${new URLSearchParams(params)}` };
}

/** The same days a month before; where that month is shorter its last day. */
export function monthBefore(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 2, Math.min(date, last))).toISOString().slice(0, 10);
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

export function isReport(page: PageName): page is ReportName {
  return REPORT_NAMES.some((name) => name === page);
}
