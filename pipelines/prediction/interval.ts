import type { EpochMs } from "@yardline/domain/time";

/**
 * How far before and after the predicted instant the real arrival was, one time out of ten each, by how far ahead it was
 * predicted. Measured on Capital Metro's reports of 2015-06-07 and 2015-03-07 (one every two minutes, some 700 k predictions each);
 * the two days differ by less than 10 s up to 15 minutes ahead. Later arrivals are the longer tail: traffic delays, nothing hurries.
 */
const SPREAD = [
  { ahead_s: 0, before_s: 5, after_s: 55 },
  { ahead_s: 30, before_s: 12, after_s: 66 },
  { ahead_s: 120, before_s: 43, after_s: 102 },
  { ahead_s: 270, before_s: 82, after_s: 141 },
  { ahead_s: 480, before_s: 115, after_s: 180 },
  { ahead_s: 750, before_s: 140, after_s: 216 },
  { ahead_s: 1050, before_s: 157, after_s: 251 },
  { ahead_s: 1500, before_s: 172, after_s: 296 },
  { ahead_s: 2700, before_s: 215, after_s: 415 },
] as const;

/** An interval around a predicted arrival that holds the real one four times out of five. */
export function intervalOf(predicted_at_ms: EpochMs, seen_at_ms: EpochMs) {
  const ahead_s = Math.max(0, (predicted_at_ms - seen_at_ms) / 1000);
  const found = SPREAD.findIndex((row) => row.ahead_s >= ahead_s);
  // Beyond the last row the last slope goes on.
  const to = found < 0 ? SPREAD.length - 1 : Math.max(1, found);
  const [a, b] = [SPREAD[to - 1], SPREAD[to]];
  if (!a || !b) return { low_ms: predicted_at_ms, high_ms: predicted_at_ms };
  const share = (ahead_s - a.ahead_s) / (b.ahead_s - a.ahead_s);
  const between = (from: number, end: number) => Math.round(1000 * (from + share * (end - from)));
  return {
    low_ms: predicted_at_ms - between(a.before_s, b.before_s),
    high_ms: predicted_at_ms + between(a.after_s, b.after_s),
  };
}
