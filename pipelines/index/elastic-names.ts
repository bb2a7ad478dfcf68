import { nameOf, type Period, periodAt } from "./period.ts";
import type { Span } from "./plan.ts";

/** More names than that make too long a request line (4 KB); then patterns are asked, and the server passes over most of them. */
const NAMES_MAX = 60;

/** The index of a period, as in `yardline-events-365d-2026.11.16`. */
export function indexOf(prefix: string, period: Period): string {
  return `${prefix}-${nameOf(period)}`;
}

/** The indices of every class. A prefix that begins like another place's never matches its indices. */
export function patternsOf(prefix: string, classes: readonly number[]): string[] {
  return classes.map((days) => `${prefix}-${days}d-*`);
}

/**
 * What to ask for events of a time: the indices that may hold any. Each is a pattern of one name, because a pattern may match
 * nothing and still finds an index that is closed, which must be said and not passed over.
 */
export function indicesIn(prefix: string, classes: readonly number[], { from_ms, to_ms }: Span): string[] {
  const names: string[] = [];
  for (const kept_days of classes) {
    for (let at_ms = from_ms; at_ms < to_ms; ) {
      const period = periodAt(kept_days, at_ms);
      names.push(`${indexOf(prefix, period)}*`);
      if (names.length > NAMES_MAX) return patternsOf(prefix, classes);
      at_ms = period.to_ms;
    }
  }
  return names;
}
