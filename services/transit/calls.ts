import type { EpochMs } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import type { InForce } from "@yardline/operations/in-force";
import { arrivalOf, type Run, type Timetable, tripRunOf } from "@yardline/timetable/timetable";

/** A call as the timetable has it, and whether orders have it passed by. */
export function plannedCall(timetable: Timetable, run: Run, stop: number, orders: InForce): Arrival {
  const call = callsOn(timetable, run)(stop);
  const skipped = skippedOf(orders, timetable, run, stop, call.scheduled_at_ms);
  return { ...call, ...skipped, predicted_at_ms: call.scheduled_at_ms, basis: "timetable" };
}

/** Why a call is not made at an instant. */
export function skippedOf(
  orders: InForce,
  timetable: Timetable,
  run: Run,
  stop: number,
  at_ms: EpochMs,
): Pick<Arrival, "skipped"> {
  const skipped = orders.findSkip(timetable, run, stop, at_ms);
  return skipped === undefined ? {} : { skipped };
}

/** What is known of a run's calls from the timetable; each answer is a new object. */
export function callsOn({ feed }: Timetable, run: Run) {
  const { pattern, trip_headsign } = run.trip;
  const headsign = trip_headsign ?? pattern.stops.at(-1)?.stop_name;
  const common = { run: tripRunOf(feed, run), ...(headsign !== undefined && { headsign }) };
  return (stop: number) => ({
    ...common,
    stop_id: pattern.stops[stop]?.stop_id ?? "",
    stop_sequence: pattern.stop_sequences[stop] ?? 0,
    scheduled_at_ms: arrivalOf(run, stop),
  });
}
