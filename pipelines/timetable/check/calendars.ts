import { dayAfter, type ServiceDate, timeText, weekdayOf } from "../service-day.ts";
import type { CheckRule, Feed } from "./feed.ts";
import type { Findings } from "./findings.ts";
import type { RawRow } from "./raw-table.ts";

const WEEKLY = "calendar.txt";
const SINGLE = "calendar_dates.txt";
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
/** Longest span of one service that is looked through, in days; ten years. */
const SPAN_DAYS_MAX = 3_660;
/** Days without any service that are not a holiday any more; the canonical validator's. */
const GAP_DAYS = 13;
/** How far ahead service is expected to be known. */
const [WEEK_DAYS, MONTH_DAYS] = [7, 30] as const;

/** On which days each service runs. */
export function listServiceDates(feed: Feed): ReadonlyMap<string, ReadonlySet<ServiceDate>> {
  const dates = new Map<string, Set<ServiceDate>>();
  const of = (service: string) => {
    const known = dates.get(service) ?? new Set();
    dates.set(service, known);
    return known;
  };
  for (const row of feed.rows(WEEKLY)) {
    const own = of(row.text("service_id"));
    for (const day of weeklyDays(row)) own.add(day);
  }
  for (const row of feed.rows(SINGLE)) {
    const day = row.date("date");
    if (day === undefined) continue;
    if (row.text("exception_type") === "1") of(row.text("service_id")).add(day);
    else of(row.text("service_id")).delete(day);
  }
  return dates;
}

function* weeklyDays(row: RawRow): Iterable<ServiceDate> {
  const [start, end] = [row.date("start_date"), row.date("end_date")];
  if (start === undefined || end === undefined) return;
  const open = DAYS.map((day) => row.text(day) === "1");
  let day = start;
  let weekday = weekdayOf(start);
  for (let i = 0; i < SPAN_DAYS_MAX && day <= end; i += 1) {
    if (open[weekday]) yield day;
    day = dayAfter(day, 1);
    weekday = (weekday + 1) % 7;
  }
}

export const checkCalendars: CheckRule = (feed, findings, today) => {
  const dates = listServiceDates(feed);
  const exceptions = new Set(feed.rows(SINGLE).map((row) => row.text("service_id")));
  for (const row of feed.rows(WEEKLY)) {
    checkOrder(WEEKLY, row, findings);
    const isEmpty = DAYS.every((day) => row.text(day) !== "1");
    if (isEmpty && !exceptions.has(row.text("service_id")))
      findings.warning(
        "service_has_no_active_day_of_the_week",
        WEEKLY,
        row.line,
        `${row.text("service_id")} never runs`,
      );
  }
  const all = [...new Set([...dates.values()].flatMap((days) => [...days]))].sort();
  checkSpan(all, today, findings);
  checkWeekAhead(feed, dates, today, findings);
  const [info] = feed.rows("feed_info.txt");
  if (info) checkFeedDates(info, all, today, findings);
};

function checkOrder(file: string, row: RawRow, findings: Findings): void {
  const [start, end] = [row.date("start_date"), row.date("end_date")];
  if (start !== undefined && end !== undefined && end < start)
    findings.error("start_and_end_range_out_of_order", file, row.line, `the end ${end} is before ${start}`);
}

/** @param all every day with service, in order. */
function checkSpan(all: readonly ServiceDate[], today: ServiceDate, findings: Findings): void {
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return;
  if (last < today) findings.warning("expired_calendar", WEEKLY, 0, `the last day with service was ${last}`);
  if (first > today) findings.info("future_calendar", WEEKLY, 0, `the first day with service is ${first}`);
  for (const [i, day] of all.entries()) {
    const next = all[i + 1];
    if (next !== undefined && next > dayAfter(day, GAP_DAYS))
      findings.info("big_gap_in_service", WEEKLY, 0, `no service between ${day} and ${next}`);
  }
}

/** Whether the days to come have as many trips as usual, else the feed is about to run out. */
function checkWeekAhead(
  feed: Feed,
  dates: ReadonlyMap<string, ReadonlySet<ServiceDate>>,
  today: ServiceDate,
  findings: Findings,
): void {
  const perDay = new Map<ServiceDate, number>();
  for (const [service, trips] of feed.grouped("trips.txt", "service_id")) {
    for (const day of dates.get(service) ?? []) perDay.set(day, (perDay.get(day) ?? 0) + trips.length);
  }
  const most = Math.max(0, ...perDay.values());
  const busy = [...perDay].filter(([, trips]) => trips >= 0.75 * most).map(([day]) => day);
  const [first, last] = [busy.toSorted()[0], busy.toSorted().at(-1)];
  if (first === undefined || last === undefined) return;
  if (first > today || last < dayAfter(today, WEEK_DAYS))
    findings.warning(
      "trip_coverage_not_active_for_next7_days",
      WEEKLY,
      0,
      `most trips run from ${first} to ${last}, which does not hold the week from ${today}`,
    );
}

function checkFeedDates(
  info: RawRow,
  all: readonly ServiceDate[],
  today: ServiceDate,
  findings: Findings,
): void {
  const file = "feed_info.txt";
  const [start, end] = [info.date("feed_start_date"), info.date("feed_end_date")];
  if (start !== undefined && end !== undefined && end < start)
    findings.error("start_and_end_range_out_of_order", file, info.line, `the end ${end} is before ${start}`);
  if (start !== undefined && start > today)
    findings.info("future_feed", file, info.line, `the feed begins on ${start}`);
  if (end !== undefined) {
    const text = `the feed ends on ${end}`;
    if (end <= dayAfter(today, WEEK_DAYS))
      findings.warning("feed_expiration_date7_days", file, info.line, text);
    else if (end <= dayAfter(today, MONTH_DAYS))
      findings.warning("feed_expiration_date30_days", file, info.line, text);
  }
  const [first, last] = [all[0], all.at(-1)];
  const outside =
    (start !== undefined && first !== undefined && first < start) ||
    (end !== undefined && last !== undefined && last > end);
  if (outside)
    findings.info(
      "service_window_outside_feed_period",
      file,
      info.line,
      `service runs from ${first} to ${last}`,
    );
}

const HEADWAYS = "frequencies.txt";

/** frequencies.txt: spans in their order that do not overlap. */
export const checkFrequencies: CheckRule = (feed, findings) => {
  for (const rows of feed.grouped(HEADWAYS, "trip_id").values()) {
    const spans = rows
      .flatMap((row) => {
        const [from_s, to_s] = [row.seconds("start_time"), row.seconds("end_time")];
        return from_s === undefined || to_s === undefined ? [] : [{ row, from_s, to_s }];
      })
      .sort((a, b) => a.from_s - b.from_s);
    for (const [i, { row, from_s, to_s }] of spans.entries()) {
      if (to_s === from_s)
        findings.error("start_and_end_range_equal", HEADWAYS, row.line, "the span lasts no time");
      if (to_s < from_s)
        findings.error(
          "start_and_end_range_out_of_order",
          HEADWAYS,
          row.line,
          "the span ends before it begins",
        );
      const before = spans[i - 1];
      if (before && from_s < before.to_s)
        findings.error(
          "overlapping_frequency",
          HEADWAYS,
          row.line,
          `it begins ${timeText(from_s)}, before the span of line ${before.row.line} ends ${timeText(before.to_s)}`,
        );
    }
  }
};
