import type { EpochMs } from "@yardline/domain/time";
import { atMinute, beginOfDay, DAY_MIN, type DayHours, type Now, type Span, todayOf } from "./calendar.ts";
import { findDayWord, findPhraseWord, findUnit } from "./words.ts";

type TimeProblem = "time-wrong" | "time-alone" | "time-backwards";

/** What some words say about time, and how many words that are. */
export type TimeReading = {
  readonly words: number;
  readonly span?: Span;
  readonly hours?: DayHours | "all-day";
  readonly problem?: TimeProblem;
};

const YEAR_MIN = 1970;
/** Before the last instant that an occurrence can name. */
const YEAR_MAX = 2247;

const ISO_DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const DOTTED_DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z)?$/i;
const CLOCK = /^(\d{1,2}):(\d{2})$/;
const CLOCKS = /^(\d{1,2}:\d{2})(?:\.\.|[-–—])(\d{1,2}:\d{2})$/;
const RANGE = /^(.*?)(?:\.\.|[–—])(.*)$/;
const AMOUNT = /^(\d{1,4})(\p{L}+)?$/u;

/** Reads the words from the first on, as far as they speak of time; undefined where the first one does not. */
export function readTime(words: readonly string[], now: Now): TimeReading | undefined {
  const [first = "", second = "", ...rest] = words;
  const phrase = findPhraseWord(first);
  if (phrase === "during") {
    const last = findPhraseWord(second) === "last" ? readLast(rest, now) : undefined;
    return last && { ...last, words: last.words + 2 };
  }
  if (phrase === "last") {
    const last = readLast([second, ...rest], now);
    return last && { ...last, words: last.words + 1 };
  }
  if (phrase === "since") {
    const since = readSince(second, now);
    return since && { ...since, words: 2 };
  }
  const one = readClocks(first) ?? readRange(first, now) ?? readOne(first, now);
  return one && { ...one, words: 1 };
}

type Reading = Omit<TimeReading, "words">;

function readClocks(word: string): Reading | undefined {
  const [, from = "", to = ""] = CLOCKS.exec(word) ?? [];
  if (from === "") return undefined;
  const [from_min, to_min] = [minuteOf(from), minuteOf(to)];
  if (from_min === undefined || to_min === undefined || from_min === to_min || from_min === DAY_MIN) {
    return { problem: "time-wrong" };
  }
  if (to_min - from_min === DAY_MIN) return { hours: "all-day" };
  return { hours: { from_min, to_min: to_min % DAY_MIN } };
}

function minuteOf(clock: string): number | undefined {
  const [, hour, minute] = CLOCK.exec(clock) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return minutes <= DAY_MIN && Number(minute) < 60 ? minutes : undefined;
}

type Moment = Temporal.PlainDate | EpochMs | "wrong";

/** A day, an instant, or what only looks like one. */
function momentOf(word: string, now: Now): Moment | undefined {
  const named = findDayWord(word);
  if (named) return todayOf(now).subtract({ days: named === "today" ? 0 : 1 });
  const [, day, clock, utc] = INSTANT.exec(word) ?? [];
  if (day !== undefined) return instantOf(`${day}T${clock}`, utc ? "UTC" : now.timezone);
  const [, year, month, date] = ISO_DAY.exec(word) ?? [];
  if (year !== undefined) return dateOf(year, month, date);
  const [, dotted, dottedMonth, dottedYear] = DOTTED_DAY.exec(word) ?? [];
  return dotted === undefined ? undefined : dateOf(dottedYear, dottedMonth, dotted);
}

function dateOf(...parts: readonly (string | undefined)[]): Moment {
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  if (year < YEAR_MIN || year > YEAR_MAX) return "wrong";
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" });
  } catch {
    return "wrong";
  }
}

function instantOf(local: string, timezone: string): Moment {
  try {
    const { epochMilliseconds, year } = Temporal.PlainDateTime.from(local).toZonedDateTime(timezone);
    return year < YEAR_MIN || year > YEAR_MAX ? "wrong" : epochMilliseconds;
  } catch {
    return "wrong";
  }
}

function readOne(word: string, now: Now): Reading | undefined {
  if (CLOCK.test(word)) return { problem: minuteOf(word) === undefined ? "time-wrong" : "time-alone" };
  const moment = momentOf(word, now);
  if (moment === undefined) return undefined;
  if (typeof moment === "number") return { problem: "time-alone" };
  return moment === "wrong"
    ? { problem: "time-wrong" }
    : { span: { kind: "days", first: moment, last: moment } };
}

function readRange(word: string, now: Now): Reading | undefined {
  const [, left = "", right = ""] = RANGE.exec(word) ?? [];
  const [from, to] = [momentOf(left, now), momentOf(right, now)];
  if (from === undefined && to === undefined) return undefined;
  const isOdd = (text: string, moment: Moment | undefined) =>
    moment === "wrong" || (text !== "" && moment === undefined);
  if (isOdd(left, from) || isOdd(right, to)) return { problem: "time-wrong" };
  return { span: spanBetween(from, to, now) };
}

/** Days as long as both ends are days; a day beside an instant is from its beginning, or to its end. */
function spanBetween(from: Moment | undefined, to: Moment | undefined, { timezone }: Now): Span {
  if (typeof from !== "number" && typeof to !== "number") {
    return { kind: "days", ...(isDate(from) && { first: from }), ...(isDate(to) && { last: to }) };
  }
  const from_ms = isDate(from) ? beginOfDay(from, timezone) : from;
  const to_ms = isDate(to) ? beginOfDay(to.add({ days: 1 }), timezone) : to;
  return {
    kind: "instants",
    ...(typeof from_ms === "number" && { from_ms }),
    ...(typeof to_ms === "number" && { to_ms }),
  };
}

function isDate(moment: Moment | undefined): moment is Temporal.PlainDate {
  return moment instanceof Temporal.PlainDate;
}

/** `since 18:00` is the last time that it was 18:00. */
function readSince(word: string, now: Now): Reading | undefined {
  const minute = CLOCK.test(word) ? minuteOf(word) : undefined;
  if (minute !== undefined) {
    const today_ms = atMinute(todayOf(now), minute, now.timezone);
    const yesterday = todayOf(now).subtract({ days: 1 });
    return {
      span: {
        kind: "instants",
        from_ms: today_ms <= now.now_ms ? today_ms : atMinute(yesterday, minute, now.timezone),
      },
    };
  }
  const moment = momentOf(word, now);
  if (moment === undefined) return CLOCK.test(word) ? { problem: "time-wrong" } : undefined;
  if (moment === "wrong") return { problem: "time-wrong" };
  return { span: spanBetween(moment, undefined, now) };
}

/** `30 days`, `24h`, `week`: so long until now, and open for what comes. */
function readLast(
  [first = "", second = ""]: readonly string[],
  { now_ms, timezone }: Now,
): TimeReading | undefined {
  const [, number, joined] = AMOUNT.exec(first) ?? [];
  const unit = findUnit(number === undefined ? first : (joined ?? second));
  if (!unit) return undefined;
  const words = number !== undefined && joined === undefined ? 2 : 1;
  const count = number === undefined ? 1 : Number(number);
  if (count === 0) return { words, problem: "time-wrong" };
  const now = Temporal.Instant.fromEpochMilliseconds(now_ms).toZonedDateTimeISO(timezone);
  return {
    words,
    span: { kind: "instants", from_ms: Math.max(0, now.subtract({ [unit]: count }).epochMilliseconds) },
  };
}
