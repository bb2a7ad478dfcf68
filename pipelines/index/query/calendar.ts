import type { EpochMs } from "@yardline/domain/time";
import { type EventQuery, HOURS_DAYS_MAX } from "../event-index.ts";

/** When a question is asked: what "today" and "since 18:00" mean. */
export type Now = {
  readonly now_ms: EpochMs;
  /** IANA name; days and hours are local ones. */
  readonly timezone: string;
};

/** Whole days, both included, or instants, the last one excluded; an end that is not given is open. */
export type Span = Days | Instants;
type Days = {
  readonly kind: "days";
  readonly first?: Temporal.PlainDate;
  readonly last?: Temporal.PlainDate;
};
type Instants = { readonly kind: "instants"; readonly from_ms?: EpochMs; readonly to_ms?: EpochMs };

/** Hours of the day in minutes after midnight, as in `EventQuery`. */
export type DayHours = { readonly from_min: number; readonly to_min: number };

/** Days that hours are asked of when no days are named: today and those before. */
export const DAYS_USUAL = 30;
export const DAY_MIN = 24 * 60;
const DAY_MS = 86_400_000;

type Times = Pick<EventQuery, "from_ms" | "to_ms" | "hours">;

/**
 * What days and hours together mean. Hours over midnight belong to the day on which they begin: `yesterday 22:00..06:00` is the
 * night that began yesterday, and a week of them has seven nights. Hours without days are those of the last `DAYS_USUAL` days.
 */
export function resolveTime(
  span: Span | undefined,
  hours: DayHours | undefined,
  now: Now,
): Times | "time-backwards" | "time-unbounded" {
  if (!hours) return span ? ordered(boundsOf(span, now.timezone)) : {};
  const today = todayOf(now);
  const days = span ?? { kind: "days", first: today.subtract({ days: DAYS_USUAL - 1 }), last: today };
  const times = days.kind === "days" ? hoursOfDays(days, hours, now) : hoursWithin(days, hours, now);
  if (times === undefined) return "time-unbounded";
  const { from_ms = 0, to_ms = from_ms } = times;
  return to_ms - from_ms > HOURS_DAYS_MAX * DAY_MS ? "time-unbounded" : ordered(times);
}

function ordered(times: Times): Times | "time-backwards" {
  const { from_ms = Number.NEGATIVE_INFINITY, to_ms = Number.POSITIVE_INFINITY } = times;
  return from_ms < to_ms ? times : "time-backwards";
}

function boundsOf(span: Span, timezone: string): Times {
  if (span.kind === "instants") {
    const { kind: _, ...bounds } = span;
    return bounds;
  }
  const { first, last } = span;
  return {
    ...(first && { from_ms: beginOfDay(first, timezone) }),
    ...(last && { to_ms: beginOfDay(last.add({ days: 1 }), timezone) }),
  };
}

function hoursOfDays({ first, last }: Days, { from_min, to_min }: DayHours, now: Now): Times | undefined {
  if (!first) return undefined;
  const { timezone } = now;
  const end = last ?? todayOf(now);
  const isOvernight = from_min >= to_min;
  const isOneDay = first.equals(end);
  const morning = isOvernight ? end.add({ days: 1 }) : end;
  if (isOvernight || isOneDay) {
    const from_ms = atMinute(first, from_min, timezone);
    const to_ms = atMinute(morning, to_min, timezone);
    return { from_ms, to_ms, ...(!isOneDay && { hours: { from_min, to_min, timezone } }) };
  }
  const whole = { from_ms: beginOfDay(first, timezone), to_ms: beginOfDay(end.add({ days: 1 }), timezone) };
  return { ...whole, hours: { from_min, to_min, timezone } };
}

function hoursWithin({ from_ms, to_ms }: Instants, hours: DayHours, now: Now): Times | undefined {
  if (from_ms === undefined) return undefined;
  const { timezone } = now;
  const end_ms = to_ms ?? beginOfDay(todayOf(now).add({ days: 1 }), timezone);
  return { from_ms, to_ms: end_ms, hours: { ...hours, timezone } };
}

export function todayOf({ now_ms, timezone }: Now): Temporal.PlainDate {
  return dateAt(now_ms, timezone);
}

export function dateAt(at_ms: EpochMs, timezone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(timezone).toPlainDate();
}

export function beginOfDay(date: Temporal.PlainDate, timezone: string): EpochMs {
  return date.toZonedDateTime(timezone).epochMilliseconds;
}

export function atMinute(date: Temporal.PlainDate, minute: number, timezone: string): EpochMs {
  const plainTime = { hour: Math.floor(minute / 60) % 24, minute: minute % 60 };
  const day = minute < DAY_MIN ? date : date.add({ days: 1 });
  return day.toZonedDateTime({ timeZone: timezone, plainTime }).epochMilliseconds;
}
