import type { EpochMs } from "@yardline/domain/time";
import type { Run, Timetable } from "@yardline/timetable/timetable";

/**
 * What people ordered, as far as it says what vehicles may drive. Orders begin and end, so that each answer is one about an
 * instant: a fix that comes late is judged by what was in force at its time.
 */
export type Ordered = {
  /** The runs that a vehicle was given, those under way around an instant. */
  listAssigned(vehicle_id: string, at_ms: EpochMs): readonly Run[];
  /** Every run that people added to the timetable's. */
  listAdded(at_ms: EpochMs): readonly Run[];
  isCancelled(timetable: Timetable, run: Run, at_ms: EpochMs): boolean;
  /** Whether vehicles of a run leave their line around a place of it. */
  isDetoured(timetable: Timetable, run: Run, at_m: number, at_ms: EpochMs): boolean;
};

export const NOTHING_ORDERED: Ordered = {
  listAssigned: () => [],
  listAdded: () => [],
  isCancelled: () => false,
  isDetoured: () => false,
};
