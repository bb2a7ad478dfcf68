import type { EpochMs } from "@yardline/domain/time";
import { CATALOGUE, findEventType } from "@yardline/events/catalogue";
import type { YardlineEvent } from "@yardline/events/event";
import { anchorOf } from "@yardline/events/identity";
import type { Span } from "./plan.ts";

/**
 * Events are kept in *periods*, so that they go by whole ones: those of kinds that live equally long (a *class*), and of one day
 * or week by their anchors in UTC. An occurrence and its type name the period, and neither ever changes.
 */
export type Period = Span & { readonly kept_days: number };

/** Of kinds that this release does not know: as long as the longest-lived of today's, so that none goes before it can be read. */
const UNKNOWN_KEPT_DAYS = 365;
/** Classes that live longer have a period a week, the others a period a day. */
const DAILY_KEPT_DAYS_MAX = 30;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** A Monday, four days after the epoch. */
const FIRST_MONDAY_MS = 4 * DAY_MS;
const NAME = /^(\d{1,5})d-(\d{4})\.(\d{2})\.(\d{2})$/;

/** Every class there is, in days. */
export const CLASSES: readonly number[] = [
  ...new Set([UNKNOWN_KEPT_DAYS, ...CATALOGUE.map(({ type }) => keptDaysOf(type))]),
];

/** How many days events of a type are kept. */
export function keptDaysOf(type: string): number {
  return findEventType(type)?.retention.skeleton_days ?? UNKNOWN_KEPT_DAYS;
}

export function periodOf({ type, occurrence }: Pick<YardlineEvent, "type" | "occurrence">): Period {
  return periodAt(keptDaysOf(type), anchorOf(occurrence));
}

/** The period of a class that holds an instant. */
export function periodAt(kept_days: number, at_ms: EpochMs): Period {
  const [first_ms, length_ms] = kept_days <= DAILY_KEPT_DAYS_MAX ? [0, DAY_MS] : [FIRST_MONDAY_MS, WEEK_MS];
  const from_ms = first_ms + Math.floor((at_ms - first_ms) / length_ms) * length_ms;
  return { kept_days, from_ms, to_ms: from_ms + length_ms };
}

/** As in `365d-2026.11.16`: how long it is kept, and the UTC day on which it begins. */
export function nameOf({ kept_days, from_ms }: Period): string {
  return `${kept_days}d-${new Date(from_ms).toISOString().slice(0, 10).replaceAll("-", ".")}`;
}

/** The period of a name, or undefined where it names none. */
export function findPeriod(name: string): Period | undefined {
  const [, kept_days, year, month, day] = NAME.exec(name) ?? [];
  const period = periodAt(Number(kept_days), Date.parse(`${year}-${month}-${day}`));
  return Number.isNaN(period.from_ms) || nameOf(period) !== name ? undefined : period;
}

/** Whether everything that the period may hold has lived as long as it may. */
export function isOutlived({ kept_days, to_ms }: Period, now_ms: EpochMs): boolean {
  return to_ms + kept_days * DAY_MS <= now_ms;
}
