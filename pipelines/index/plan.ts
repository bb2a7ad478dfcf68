import { AppError } from "@yardline/domain/errors";
import { distance_m } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import { queryWordsOf } from "./analyse.ts";
import type { Condition, GeoBox } from "./condition.ts";
import {
  BUCKETS_MAX,
  type Cut,
  type EventQuery,
  HOURS_DAYS_MAX,
  type Hours,
  PAGE_MAX,
  type Slice,
} from "./event-index.ts";

/** Past the last instant that an occurrence can name. */
const END_MS = 2 ** 43;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Deeper than any question that a person types. */
const CONDITION_DEPTH_MAX = 20;
/** Most conditions in one question. */
const CONDITIONS_MAX = 500;

/** Most short beginnings of codes in one question: each stands for a good part of all words, in every file. */
const BROAD_WORDS_MAX = 20;
const BROAD_CHARS_MAX = 2;

const LENGTH_MS = {
  minute: MINUTE_MS,
  "ten-minutes": 10 * MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
} as const satisfies Readonly<Record<Slice, number>>;
const ROUNDED = {
  minute: { smallestUnit: "minute" },
  "ten-minutes": { smallestUnit: "minute", roundingIncrement: 10 },
  hour: { smallestUnit: "hour" },
  day: { smallestUnit: "day" },
} as const;
/** What is said of too many of them. */
const TOO_MANY = {
  minute: "minutes; give a shorter time, or count by ten minutes",
  "ten-minutes": "times ten minutes; give a shorter time, or count by hour",
  hour: "hours; give a shorter time, or count by day",
  day: "days; give a shorter time",
} as const;

/** Anchors that a question asks for: from inclusive, to exclusive. */
export type Span = { readonly from_ms: EpochMs; readonly to_ms: EpochMs };
/** Every anchor that there can be. */
export const EVER: Span = { from_ms: 0, to_ms: END_MS };

/**
 * Checks a question and gives the spans of time to look through, oldest first, none touching another.
 * @throws AppError `INDEX_QUERY` saying what is wrong.
 */
export function spansOf({ from_ms = 0, to_ms = END_MS, hours, where }: EventQuery): readonly Span[] {
  // Written so that NaN is refused too.
  if (!(from_ms < to_ms)) throw wrong("The time range must begin before it ends.");
  if (where) checkConditions(where);
  const clamp = (at_ms: number) => Math.min(END_MS, Math.max(0, Math.ceil(at_ms)));
  const whole = { from_ms: clamp(from_ms), to_ms: clamp(to_ms) };
  if (!hours) return [whole];
  checkHours(hours, whole);
  return offsetsWithin(whole, hours.timezone).flatMap(({ span, offset_ms }) =>
    windowsWithin(span, offset_ms, hours),
  );
}

/**
 * When the slices of a histogram begin, oldest first, whether anything happened in them or not; the first may begin before
 * the question does. A day when clocks are changed has 23 or 25 hours, and an hour that comes twice is two.
 * @throws AppError `INDEX_QUERY` without both bounds of time, beyond `BUCKETS_MAX`, or where the question itself is wrong.
 */
export function beginsOf(query: EventQuery, { every, timezone }: Cut): readonly EpochMs[] {
  spansOf(query);
  checkTimezone(timezone);
  const { from_ms, to_ms } = query;
  if (from_ms === undefined || to_ms === undefined) {
    throw wrong("A histogram needs both ends of its time: from and to.");
  }
  const step_ms = LENGTH_MS[every];
  // The clocks may add an hour to a day, so the exact number is known only afterwards.
  if ((to_ms - from_ms) / step_ms > BUCKETS_MAX + 1) throw tooMany(every);
  const span = { from_ms: Math.ceil(from_ms), to_ms: Math.ceil(to_ms) };
  // The local clock moves to a new slice only where it jumps, or at a whole one.
  const moments = offsetsWithin(span, timezone).flatMap(({ span: part, offset_ms }) => {
    const first = Math.floor((part.from_ms + offset_ms) / step_ms) + 1;
    const last = Math.ceil((part.to_ms + offset_ms) / step_ms) - 1;
    const whole = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
    return [part.from_ms, ...whole.map((number) => number * step_ms - offset_ms)];
  });
  const begins = [...new Set(moments.map((at_ms) => beginOf(at_ms, every, timezone)))];
  if (begins.length > BUCKETS_MAX) throw tooMany(every);
  return begins;
}

/** When the local slice of time that an instant is in begins. */
export function beginOf(at_ms: EpochMs, every: Slice, timezone: string): EpochMs {
  const local = Temporal.Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(timezone);
  return local.round({ ...ROUNDED[every], roundingMode: "floor" }).epochMilliseconds;
}

/** @throws AppError `INDEX_QUERY` */
export function checkPage(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_MAX) {
    throw wrong(`A page holds 1 to ${PAGE_MAX} events, not ${limit}.`);
  }
}

/** The parts of a span in which the clocks of a zone stood still against UTC: exact also on the days when they are changed. */
function offsetsWithin({ from_ms, to_ms }: Span, timezone: string): { span: Span; offset_ms: number }[] {
  const parts: { span: Span; offset_ms: number }[] = [];
  for (let at_ms = from_ms; at_ms < to_ms; ) {
    const local = Temporal.Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(timezone);
    const change_ms = local.getTimeZoneTransition("next")?.epochMilliseconds ?? to_ms;
    const end_ms = Math.min(change_ms, to_ms);
    parts.push({ span: { from_ms: at_ms, to_ms: end_ms }, offset_ms: local.offsetNanoseconds / 1e6 });
    at_ms = end_ms;
  }
  return parts;
}

function windowsWithin(span: Span, offset_ms: number, { from_min, to_min }: Hours): Span[] {
  const length_ms = ((to_min - from_min) * MINUTE_MS + DAY_MS) % DAY_MS || DAY_MS;
  const first = Math.floor((span.from_ms + offset_ms) / DAY_MS) - 1;
  const last = Math.floor((span.to_ms + offset_ms) / DAY_MS);
  const days = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return days.flatMap((day) => {
    const begin_ms = day * DAY_MS + from_min * MINUTE_MS - offset_ms;
    const from_ms = Math.max(span.from_ms, begin_ms);
    const to_ms = Math.min(span.to_ms, begin_ms + length_ms);
    return from_ms < to_ms ? [{ from_ms, to_ms }] : [];
  });
}

function checkHours({ from_min, to_min, timezone }: Hours, { from_ms, to_ms }: Span): void {
  const isMinute = (minute: number) => Number.isInteger(minute) && minute >= 0 && minute < 24 * 60;
  if (!isMinute(from_min) || !isMinute(to_min) || from_min === to_min) {
    throw wrong("Hours go from one minute of the day to another, each 0 to 1439.");
  }
  checkTimezone(timezone);
  if (to_ms - from_ms > HOURS_DAYS_MAX * DAY_MS) {
    throw wrong(
      `Hours of the day can be asked of at most ${HOURS_DAYS_MAX} days at once; give a shorter time.`,
    );
  }
}

function checkTimezone(timezone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
  } catch (cause) {
    throw new AppError("INDEX_QUERY", "The time zone is none; name it as Europe/Kyiv.", { cause });
  }
}

function checkConditions(where: Condition): void {
  let [count, broad] = [0, 0];
  const check = (condition: Condition, depth: number): void => {
    if (++count > CONDITIONS_MAX) throw wrong(`A question holds at most ${CONDITIONS_MAX} conditions.`);
    if (depth > CONDITION_DEPTH_MAX) throw wrong("The question is nested too deep.");
    if (condition.op === "not") {
      check(condition.of, depth + 1);
      return;
    }
    if (condition.op === "all" || condition.op === "any") {
      for (const each of condition.of) check(each, depth + 1);
      return;
    }
    if (condition.op === "words") broad += countBroad(condition.text);
    checkOne(condition);
  };
  check(where, 0);
  if (broad > BROAD_WORDS_MAX) {
    throw wrong(`A question holds at most ${BROAD_WORDS_MAX} numbers of a digit or two; leave some out.`);
  }
}

function countBroad(text: string): number {
  return queryWordsOf(text).filter(({ word, prefix }) => prefix && word.length <= BROAD_CHARS_MAX).length;
}

function checkOne(condition: Exclude<Condition, { op: "all" | "any" | "not" }>): void {
  if (condition.op === "box" && !isBox(condition.box)) {
    throw wrong("The box must go from west to east and from south to north, in degrees.");
  }
  if (condition.op === "circle") {
    const { center, radius_m } = condition;
    if (!(radius_m > 0 && distance_m(center, center) === 0)) {
      throw wrong("The circle needs a centre in degrees and a radius above 0 m.");
    }
  }
  if (condition.op === "measure") {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = condition;
    if (!(min <= max)) throw wrong(`The bounds of ${condition.measure} contradict each other.`);
  }
}

function isBox({ west, south, east, north }: GeoBox): boolean {
  return south <= north && west <= east && south >= -90 && north <= 90 && west >= -180 && east <= 180;
}

function tooMany(every: Slice): AppError {
  return wrong(`A histogram has at most ${BUCKETS_MAX} ${TOO_MANY[every]}.`);
}

function wrong(problem: string): AppError {
  return new AppError("INDEX_QUERY", problem);
}
