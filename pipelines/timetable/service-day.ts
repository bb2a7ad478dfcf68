import type { EpochMs } from "@yardline/domain/time";

/** A service day, YYYYMMDD. */
export type ServiceDate = string;

const DAY_MS = 86_400_000;
const NOON = new Temporal.PlainTime(12);

/**
 * The instant from which a service day's times count: noon minus twelve hours, so that 08:00:00 is eight in the morning
 * also on the days when the clocks change. @see https://gtfs.org/documentation/schedule/reference/#field-types (Time)
 */
export function originOf(date: ServiceDate, timezone: string): EpochMs {
  return plain(date).toZonedDateTime({ timeZone: timezone, plainTime: NOON }).epochMilliseconds - DAY_MS / 2;
}

/** The calendar day at an instant in a zone. */
export function dateAt(at_ms: EpochMs, timezone: string): ServiceDate {
  return text(Temporal.Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(timezone).toPlainDate());
}

/** The day so many days later (or earlier, when negative). */
export function dayAfter(date: ServiceDate, days: number): ServiceDate {
  return text(plain(date).add({ days }));
}

/** 0 is Monday, 6 Sunday, as the columns of calendar.txt stand. */
export function weekdayOf(date: ServiceDate): number {
  return plain(date).dayOfWeek - 1;
}

export function isServiceDate(value: string): boolean {
  if (!/^\d{8}$/.test(value)) return false;
  try {
    return text(plain(value)) === value;
  } catch {
    return false;
  }
}

/** Seconds of a GTFS time `H:MM:SS`, which may pass 24:00:00; undefined where it is none. */
export function secondsOf(time: string): number | undefined {
  const match = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(time);
  return match ? Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]) : undefined;
}

/** `HH:MM:SS` of seconds since a service day's origin. */
export function timeText(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}

function plain(date: ServiceDate): Temporal.PlainDate {
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6, 8)].map(Number);
  return Temporal.PlainDate.from(
    { year: year ?? 0, month: month ?? 0, day: day ?? 0 },
    { overflow: "reject" },
  );
}

function text({ year, month, day }: Temporal.PlainDate): ServiceDate {
  return `${String(year).padStart(4, "0")}${String(month).padStart(2, "0")}${String(day).padStart(2, "0")}`;
}
