import { parseQuery } from "@yardline/index/query";
import { printQuery, printTimes } from "@yardline/index/query/print";
import type { QueryProblem } from "@yardline/index/query/problems";

/** When a question is asked, and in which zone its days are. */
export type Now = { readonly now_ms: number; readonly timezone: string };

/** From inclusive, to exclusive. */
export type Period = { readonly from_ms: number; readonly to_ms: number };

/** One question with both ends of its time, so that a list, a count and a timeline asked one after another are about the same. */
export type Question = Period & {
  /** What is asked besides the time, in the language itself; empty for everything. */
  readonly q: string;
  readonly order: "newest" | "oldest";
  /** Whether the text names a beginning; else the whole of what is kept is meant. */
  readonly isBounded: boolean;
  /** Whether it ends with the moment in which it was asked: then more may come. */
  readonly isOpen: boolean;
};

export type Asked =
  | { readonly ok: true; readonly question: Question; readonly understood: string }
  | { readonly ok: false; readonly problems: readonly QueryProblem[] };

/** Time is counted by the day over at most so many, which is what the API's histogram takes. */
const DAYS_MAX = 999;
const DAY_MS = 86_400_000;

/** Reads what was typed. What has no end ends now: what comes later is told of, and asked for when the person wants it. */
export function askedAs(text: string, now: Now): Asked {
  const parsed = parseQuery(text, now);
  if (!parsed.ok) return parsed;
  const { from_ms, to_ms = now.now_ms, hours, where, order = "newest" } = parsed.query;
  const end_ms = Math.max(Math.min(to_ms, now.now_ms), (from_ms ?? 0) + 1);
  const begin_ms = Math.max(from_ms ?? 0, end_ms - DAYS_MAX * DAY_MS);
  const rest = { ...(where && { where }), order };
  const question = {
    q: printQuery(hours ? { ...rest, hours, from_ms: begin_ms, to_ms: end_ms } : rest, now),
    order,
    from_ms: begin_ms,
    to_ms: end_ms,
    isBounded: from_ms !== undefined,
    isOpen: to_ms >= now.now_ms,
  };
  return { ok: true, question, understood: printQuery(parsed.query, now) };
}

/** A period in the words that mean it, to the minute or second of the town. */
export function periodText({ from_ms, to_ms }: Period, now: Now): string {
  return printTimes({ from_ms, to_ms }, now).join(" ");
}

/** The API's parameters of a question, or of a part of its time. `?` is not included. */
export function paramsOf({ q }: Question, { from_ms, to_ms }: Period): URLSearchParams {
  return new URLSearchParams({
    ...(q && { q }),
    from: new Date(from_ms).toISOString(),
    to: new Date(to_ms).toISOString(),
  });
}
