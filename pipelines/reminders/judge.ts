import type { EpochMs } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import type { Reminder } from "./reminder.ts";

/** What is told, and of which call as it is expected now. */
export type Told = { readonly what: "comes" | "cancelled" | "passes-by"; readonly arrival: Arrival };

const MINUTE_MS = 60_000;

/**
 * Whether it is time to tell somebody, and what. A bus that comes earlier than planned is told of earlier; one that will not come, as soon as
 * that is known.
 * @param board what is expected at the stop now, as `listArrivals` gives it.
 */
export function judge(
  { call, lead_min }: Pick<Reminder, "call" | "lead_min">,
  board: readonly Arrival[],
  now_ms: EpochMs,
): Told | undefined {
  const scheduled_ms = Date.parse(call.scheduled_at);
  const arrival = board.find(
    ({ run, stop_sequence, scheduled_at_ms }) =>
      run.trip_id === call.trip_id &&
      run.service_date === call.service_date &&
      stop_sequence === call.stop_sequence &&
      scheduled_at_ms === scheduled_ms,
  );
  if (!arrival) return undefined;
  if (arrival.cancelled) return { what: "cancelled", arrival };
  if (arrival.skipped) return { what: "passes-by", arrival };
  return arrival.predicted_at_ms - now_ms <= lead_min * MINUTE_MS ? { what: "comes", arrival } : undefined;
}
