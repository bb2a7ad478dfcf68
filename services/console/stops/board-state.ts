import type { Arrival, Sentences, StopArrivals, StopTimetable } from "../api/types.ts";

/** What a board rests on: the last answer, an older one, the kept timetable, or nothing. */
export type BoardState =
  | { readonly kind: "fresh" | "old"; readonly arrivals: readonly Arrival[] }
  | { readonly kind: "kept"; readonly arrivals: readonly Arrival[] }
  | { readonly kind: "none" };

const MINUTE_MS = 60_000;
/** An answer that is older, while the next ones fail, is said to be old. */
const FRESH_MS = MINUTE_MS;
/** One that is older says nothing any more: whatever it expected has come or not. */
const OLD_MS_MAX = 5 * MINUTE_MS;
/** How far ahead a kept timetable is shown, as boards do. */
const AHEAD_MS = 90 * MINUTE_MS;
/** Behind the clock: it may be a little late, and nobody here would know. */
const BEHIND_MS = 2 * MINUTE_MS;
const KEPT_SHOWN_MAX = 30;
/** Buses of a whole town that say nothing for so long are not to be relied upon. */
const SILENT_MS = 5 * MINUTE_MS;

/**
 * What to show. A phone that slept for a night holds yesterday's answer: then the timetable is shown until the new one is there.
 * @param age_ms of the last answer, by this device's clock; Infinity where there is none.
 * @param reason of a row of the kept timetable.
 */
export function boardState(
  answer: StopArrivals | undefined,
  age_ms: number,
  kept: StopTimetable | undefined,
  now_ms: number,
  reason: Sentences,
): BoardState {
  if (answer && age_ms >= 0 && age_ms < OLD_MS_MAX) {
    return { kind: age_ms < FRESH_MS ? "fresh" : "old", arrivals: answer.arrivals };
  }
  // Beyond its end a timetable knows nothing, and an empty board would say that nothing comes.
  if (!kept || now_ms >= Date.parse(kept.until) || now_ms < Date.parse(kept.from)) return { kind: "none" };
  return { kind: "kept", arrivals: plannedRows(kept, now_ms, reason) };
}

function plannedRows({ lines }: StopTimetable, now_ms: number, reason: Sentences): Arrival[] {
  return lines
    .flatMap(({ scheduled_at, ...line }) => scheduled_at.map((at) => ({ ...line, at })))
    .filter(({ at }) => Date.parse(at) >= now_ms - BEHIND_MS && Date.parse(at) < now_ms + AHEAD_MS)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .slice(0, KEPT_SHOWN_MAX)
    .map(({ at, ...line }, place) => ({
      ...line,
      ...{ trip_id: `kept-${line.route_id}-${at}`, service_date: "", stop_sequence: place },
      ...{ scheduled_at: at, predicted_at: at, delay_s: 0, basis: "timetable" as const, reason },
    }));
}

/** Since when no bus of the town is heard of, although some should come here; undefined while all is well or nothing can be said. */
export function silentSince({ arrivals, heard_at }: StopArrivals, now_ms: number): string | undefined {
  if (heard_at === undefined || arrivals.length === 0 || arrivals.some(({ basis }) => basis === "live"))
    return;
  return now_ms - Date.parse(heard_at) > SILENT_MS ? heard_at : undefined;
}

/** Whether nothing stops here because the stop is closed. */
export function isClosed(arrivals: readonly Arrival[]): boolean {
  return arrivals.length > 0 && arrivals.every(({ skipped }) => skipped === "stop-closed");
}
