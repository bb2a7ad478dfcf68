import type { EpochMs } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import { delayOf_ms } from "@yardline/prediction/drive";
import type { OnLine } from "@yardline/privacy/public-positions";
import { arrivalOf, type PatternCall, type Run, type Timetable } from "@yardline/timetable/timetable";
import { runKey, type Sightings } from "./sightings.ts";

/** A run that nobody reports on may be so late before it counts as one that should have come. */
export const OVERDUE_MS = 60_000;
/** It stays listed for so long after it was expected. */
export const LISTED_MS = 10 * 60_000;
/** Latest run that is looked for: expected so long after its time, and listed for a while. */
export const LATE_MAX_MS = 60 * 60_000;
/** A vehicle seen this near before a stop has called there. */
const CALLED_M = 50;

/** What is known beside the drivers: who was seen on which run, and what each vehicle that is heard of drives now. */
export type Seen = {
  readonly sightings: Sightings;
  /** By vehicle, the run that it is on now, by `runKey`. */
  readonly drives: ReadonlyMap<string, string>;
  /** Whether everybody may know where a vehicle is, as it is; without a vehicle, where those of a line are. */
  readonly isOpen: (line: OnLine, vehicle_id?: string) => boolean;
};

export type Overdue = Pick<Arrival, "overdue" | "vehicle_id" | "signal_at_ms">;

/**
 * What to say of a call that should have been made and of which nobody reports now. `missed`: its vehicle drives another run, or
 * nobody was seen on this one while its line reports as a rule; `unknown`: it may have come unseen.
 * @returns undefined for a call that is not to be listed: not due for long, made, or too long ago. Also where vehicles are not shown
 * as they are: which of their calls they made would tell.
 */
export function overdueOf(
  timetable: Timetable,
  run: Run,
  { pattern, stop }: PatternCall,
  { sightings, drives, isOpen }: Seen,
  now_ms: EpochMs,
): Overdue | undefined {
  const seen = sightings.find(timetable, run);
  const line = { feed: timetable.feed, route_id: pattern.route.route_id };
  if (!isOpen(line, seen?.vehicle_id)) return undefined;
  const delay_ms = seen ? Math.min(LATE_MAX_MS - LISTED_MS, Math.max(0, delayOf_ms(seen.placement))) : 0;
  const late_ms = now_ms - arrivalOf(run, stop) - delay_ms;
  if (late_ms > LISTED_MS) return undefined;
  if (!seen) {
    const reported = sightings.isReported(timetable, pattern.route, now_ms);
    return { overdue: reported ? "missed" : "unknown" };
  }
  const { placement, far_m, vehicle_id } = seen;
  // In another version of the timetable the stop may lie elsewhere on its line.
  if (far_m >= (placement.run.trip.pattern.stop_at_m[stop] ?? 0) - CALLED_M) return undefined;
  const drives_now = drives.get(vehicle_id);
  const left = drives_now !== undefined && drives_now !== runKey(timetable, run);
  return { overdue: left ? "missed" : "unknown", vehicle_id, signal_at_ms: placement.at_ms };
}
