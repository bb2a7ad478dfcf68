import type { MessageKey } from "../messages/translate.ts";

/** Times that are offered, each in words that the language of queries reads. */
export const TIME_PHRASES = [
  "search.time.hour",
  "search.time.today",
  "search.time.yesterday",
  "search.time.day",
  "search.time.week",
  "search.time.month",
] as const satisfies readonly MessageKey[];
