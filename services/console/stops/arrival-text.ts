import type { Arrival } from "../api/types.ts";

/** How an arrival is said: numbers only, the words are the messages'. */
export type ArrivalText = {
  /** As answered, but no longer called live when its signal has aged while the page had no connection. */
  readonly basis: Arrival["basis"];
  readonly when:
    | { readonly kind: "overdue" }
    | { readonly kind: "now" }
    | { readonly kind: "minutes"; readonly minutes: number }
    | { readonly kind: "clock" };
  /** Whole minutes from now that the real arrival should lie between; absent where nothing is known of it. */
  readonly between?: { readonly from: number; readonly to: number };
  /** Against the timetable; absent where only the timetable is known. */
  readonly delay?: DelayText;
};

const MINUTE_MS = 60_000;
/** A signal older than this is a lost one, whatever the last answer called it. */
const SIGNAL_MS_MAX = 3 * MINUTE_MS;
/** Later ones are said by the clock: nobody counts to seventy. */
const MINUTES_SAID_MAX = 60;
/** An expected time so far in the past is called overdue. */
const OVERDUE_MS = MINUTE_MS;

/**
 * Minutes are rounded so that nobody misses a bus by believing them: the expected time and the early end of the interval
 * down, its late end up. The interval is never narrower than what was predicted.
 */
export function arrivalText(arrival: Arrival, now_ms: number): ArrivalText {
  const ahead_ms = Date.parse(arrival.predicted_at) - now_ms;
  const { low, high } = arrival;
  const comes = !arrival.cancelled && !arrival.skipped;
  const silent_ms = now_ms - Date.parse(arrival.signal_at ?? "");
  return {
    basis: arrival.basis === "live" && silent_ms > SIGNAL_MS_MAX ? "lost" : arrival.basis,
    // Of what does not come nobody should count the minutes.
    when: comes ? whenText(ahead_ms) : { kind: "clock" },
    ...(comes &&
      low !== undefined &&
      high !== undefined &&
      Date.parse(high) > now_ms && {
        between: {
          from: Math.max(0, Math.floor((Date.parse(low) - now_ms) / MINUTE_MS)),
          to: Math.ceil((Date.parse(high) - now_ms) / MINUTE_MS),
        },
      }),
    ...(comes && arrival.basis !== "timetable" && { delay: delayText(arrival.delay_s) }),
  };
}

/** Whether somebody who stands there may say by now that it did not come. */
export function mayBeMissing({ overdue, cancelled, skipped }: Arrival, { when }: ArrivalText): boolean {
  return !cancelled && !skipped && (overdue !== undefined || when.kind === "overdue");
}

function whenText(ahead_ms: number): ArrivalText["when"] {
  if (ahead_ms < -OVERDUE_MS) return { kind: "overdue" };
  if (ahead_ms < MINUTE_MS) return { kind: "now" };
  const minutes = Math.floor(ahead_ms / MINUTE_MS);
  return minutes >= MINUTES_SAID_MAX ? { kind: "clock" } : { kind: "minutes", minutes };
}

/** The values of the message `delay`. */
export type DelayText = { readonly direction: "late" | "early" | "none"; readonly minutes: number };

/** To the nearest minute; less than half a minute either way is on time. */
export function delayText(delay_s: number): DelayText {
  const minutes = Math.round(Math.abs(delay_s) / 60);
  return { direction: minutes === 0 ? "none" : delay_s > 0 ? "late" : "early", minutes };
}
