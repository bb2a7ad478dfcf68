import type { EpochMs } from "@yardline/domain/time";
import { CATALOGUE, findEntryOf } from "./catalogue.ts";
import type { YardlineEvent } from "./event.ts";

const HOUR_MS = 3_600_000;

/** A stretch of one source's time whose personal fields are held as evidence, [from_ms, to_ms). */
export type Held = { readonly source: string; readonly from_ms: EpochMs; readonly to_ms: EpochMs };

const lives = CATALOGUE.flatMap(({ retention: { personal, personal_h } }) =>
  personal.length > 0 ? personal_h : [],
);
/** No personal field of any kind lives shorter or longer. */
export const PERSONAL_MS_MIN = Math.min(...lives) * HOUR_MS;
export const PERSONAL_MS_MAX = Math.max(...lives) * HOUR_MS;

/** Kinds that have personal fields. */
export const PERSONAL_TYPES: readonly string[] = CATALOGUE.flatMap(({ type, retention }) =>
  retention.personal.length > 0 ? type : [],
);

/** The last instant that an event tells of. */
function endOf({ data, time }: YardlineEvent): EpochMs {
  const until = data["until"];
  const until_ms = typeof until === "string" ? Date.parse(until) : Number.NaN;
  return Number.isNaN(until_ms) ? Date.parse(time) : until_ms;
}

/** When the personal fields of an event have to go; undefined where it has none, or none any more. */
export function personalUntil(event: YardlineEvent): EpochMs | undefined {
  const { personal = [], personal_h = 0 } = findEntryOf(event)?.retention ?? {};
  return personal.some((field) => field in event.data) ? endOf(event) + personal_h * HOUR_MS : undefined;
}

/**
 * An event as it may be kept at a time: its personal fields go when its kind allows them no longer, unless they are held; type, time and
 * place stay. Nothing else of it changes, neither what it is found by nor its revision.
 * @returns the very same event where nothing has to go.
 */
export function fadedAt(event: YardlineEvent, now_ms: EpochMs, held: readonly Held[] = []): YardlineEvent {
  const until_ms = personalUntil(event);
  if (until_ms === undefined || now_ms < until_ms || isHeld(event, held)) return event;
  const personal = findEntryOf(event)?.retention.personal ?? [];
  const left = Object.entries(event.data).filter(([field]) => !personal.includes(field));
  return { ...event, data: Object.fromEntries(left) };
}

function isHeld(event: YardlineEvent, held: readonly Held[]): boolean {
  const { source, time } = event;
  const [from_ms, to_ms] = [Date.parse(time), endOf(event)];
  return held.some((hold) => hold.source === source && from_ms < hold.to_ms && hold.from_ms <= to_ms);
}
