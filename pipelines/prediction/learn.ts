import { isSameRun } from "@yardline/matching/follow";
import type { Placement } from "@yardline/matching/placement";
import { departureOf } from "@yardline/timetable/timetable";
import { delayAfter_ms, delayOf_ms, isWaiting, legsAhead } from "./drive.ts";
import type { Paces } from "./paces.ts";

/** A span is at least so long and leads so far on: less is the noise of fixes. What a vehicle stands counts to the span that ends it. */
const SPAN_MIN_MS = 30_000;
const SPAN_MIN_M = 50;
/** A longer span is a breakdown or a break, and says nothing of the street. */
const SPAN_MAX_MS = 15 * 60_000;

/**
 * Lets the paces learn from where a vehicle is now, and was when they learnt from it before: a pure function of both but for `paces`.
 * @param since what this gave for the vehicle's fix before.
 * @returns where the span begins that its next fix may end.
 */
export function learnFrom(
  paces: Paces,
  since: Placement | undefined,
  now: Placement | undefined,
): Placement | undefined {
  if (!now || !since || !isSameRun(since.run, now.run)) return now?.on_path ? now : undefined;
  if (!now.on_path) return since;
  if (isWaiting(now)) return now;
  const left_ms = isWaiting(since) ? Math.max(since.at_ms, departureOf(since.run, 0)) : since.at_ms;
  const took_ms = now.at_ms - left_ms;
  if (took_ms > SPAN_MAX_MS) return now;
  if (took_ms < SPAN_MIN_MS || now.at_m - since.at_m < SPAN_MIN_M) return since;
  const extra = paces.extrasOn(now, now.at_ms);
  const legs = [...legsAhead(since, now.at_m)];
  const expected_ms = legs.reduce(
    (delay_ms, leg) => delayAfter_ms(delay_ms, leg, extra(leg)),
    delayOf_ms(since),
  );
  const { timetable, run, at_ms } = now;
  paces.learn({ timetable, run, legs, took_ms, late_ms: delayOf_ms(now) - expected_ms, at_ms });
  return now;
}
