import { isoOf } from "@yardline/domain/time";
import { queryWordsOf } from "../analyse.ts";
import type { Condition } from "../condition.ts";
import type { EventQuery } from "../event-index.ts";
import { printBounds, printNumber } from "./amounts.ts";
import { beginOfDay, dateAt, type Now, resolveTime, type Span } from "./calendar.ts";
import { readTime } from "./time.ts";
import { findConnective, findPhraseWord } from "./words.ts";

/**
 * A question in the words that give it again when they are parsed: names of fields in English, time in absolute terms.
 * @param now days and hours are printed in its zone, which must be that of the question's `hours`.
 */
export function printQuery({ where, order, ...times }: EventQuery, now: Now): string {
  const parts = [
    ...(where ? [where.op === "all" ? printRow(where.of) : print(where)] : []),
    ...printTimes(times, now),
    ...(order === "oldest" ? ["sort:old"] : []),
  ];
  return parts.join(" ");
}

/** A condition that stands by itself, or between parentheses. */
function print(condition: Condition): string {
  switch (condition.op) {
    case "all":
      return printRow(condition.of);
    case "any":
      return condition.of.map(printSide).join(" or ");
    case "not":
      return `-${printTerm(condition.of)}`;
    case "is":
      return `${condition.field}:${condition.values.map(printValue).join(",")}`;
    case "words":
      return printWords(condition.text);
    case "measure":
      return `${condition.measure === "delay_s" ? "delay" : "duration"}:${printBounds(condition)}`;
    case "box": {
      const { west, south, east, north } = condition.box;
      return `within:${[west, south, east, north].map(printNumber).join(",")}`;
    }
    case "circle": {
      const { center, radius_m } = condition;
      return `near:${printNumber(center.latitude)},${printNumber(center.longitude)},${printNumber(radius_m)}m`;
    }
  }
}

/** As one term, which a minus may stand before. */
function printTerm(condition: Condition): string {
  if (condition.op === "words" && condition.text.includes(" ")) return quoted(condition.text);
  return isSimple(condition) && condition.op !== "not" ? print(condition) : `(${print(condition)})`;
}

/** Whether it needs no parentheses beside others. */
function isSimple({ op }: Condition): boolean {
  return op !== "all" && op !== "any";
}

function printSide(condition: Condition): string {
  return condition.op === "any" ? `(${print(condition)})` : print(condition);
}

/** Side by side; what would become one with something before it stands in parentheses. */
function printRow(conditions: readonly Condition[]): string {
  const seen = new Set<string>();
  const printed = conditions.map((condition) => {
    const key = condition.op === "is" ? condition.field : condition.op === "words" ? "words" : undefined;
    const isApart = !isSimple(condition) || (key !== undefined && seen.has(key));
    if (key !== undefined) seen.add(key);
    return isApart ? `(${print(condition)})` : print(condition);
  });
  return printed.join(" ");
}

/** A value as it stands after a colon. */
export function printValue(value: string): string {
  return /^[^\s,()"«»“”„\\]+$/u.test(value) ? value : quoted(value);
}

/** Words as they are, unless one of them would be read as something else. */
function printWords(text: string): string {
  const words = text.split(" ");
  return words.every(isPlain) ? text : quoted(text);
}

function isPlain(word: string): boolean {
  const isWord = /^[\p{L}\p{N}][\p{L}\p{N}'’ʼ_./-]*$/u.test(word) && queryWordsOf(word).length > 0;
  const now = { now_ms: 0, timezone: "UTC" };
  return isWord && !findConnective(word) && !findPhraseWord(word) && !readTime([word], now);
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

type Times = Pick<EventQuery, "from_ms" | "to_ms" | "hours">;

/** A time as it stands in a query: its span, then its hours of the day; nothing where it is open at both ends. */
export function printTimes(times: Times, now: Now): string[] {
  const { from_ms, to_ms, hours } = times;
  if (from_ms === undefined && to_ms === undefined) return [];
  const clocks = hours ? [`${clockOf(hours.from_min)}..${clockOf(hours.to_min)}`] : [];
  return [printDays(times, now) ?? printInstants(times, now), ...clocks];
}

/** Whole days, where they mean the same. */
function printDays({ from_ms, to_ms, hours }: Times, now: Now): string | undefined {
  const first = from_ms === undefined ? undefined : dateAt(from_ms, now.timezone);
  const last = to_ms === undefined ? undefined : dateAt(to_ms, now.timezone).subtract({ days: 1 });
  const span: Span = { kind: "days", ...(first && { first }), ...(last && { last }) };
  const meant = resolveTime(span, hours, now);
  if (typeof meant === "string" || !isSame(meant, { from_ms, to_ms, hours })) return undefined;
  return first && last && first.equals(last) ? `${first}` : `${first ?? ""}..${last ?? ""}`;
}

function isSame(a: Partial<Times>, b: { [Key in keyof Times]: Times[Key] | undefined }): boolean {
  return (
    a.from_ms === b.from_ms && a.to_ms === b.to_ms && (a.hours === undefined) === (b.hours === undefined)
  );
}

function printInstants({ from_ms, to_ms }: Times, { timezone }: Now): string {
  return [from_ms, to_ms]
    .map((at_ms) => (at_ms === undefined ? "" : printInstant(at_ms, timezone)))
    .join("..");
}

/** To the minute in local time, where that says it exactly; else in UTC. */
function printInstant(at_ms: number, timezone: string): string {
  const date = dateAt(at_ms, timezone);
  const local = Temporal.Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(timezone).toPlainDateTime();
  const text = local.toString({ smallestUnit: "minute" });
  const isExact = Temporal.PlainDateTime.from(text).toZonedDateTime(timezone).epochMilliseconds === at_ms;
  return isExact && beginOfDay(date, timezone) <= at_ms ? text : isoOf(at_ms);
}

function clockOf(minute: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
