import type { EpochMs } from "@yardline/domain/time";
import type { Run, Timetable } from "@yardline/timetable/timetable";
import type { Finding } from "./transit-rule.ts";

/** How a departure follows the one before it at the same stop, of the same line, direction and service day. */
export type Headway = {
  readonly ahead: { readonly run: Run; readonly vehicle_id: string };
  readonly headway_s: number;
  /** What the timetable has there before this run; absent before the first run of the day. */
  readonly planned_headway_s?: number;
  /** Planned departures between the two, which no vehicle made there in between. */
  readonly skipped: number;
};

/** A vehicle's call at one stop of a run; a call without a departure goes on, was the last, or was lost from sight. */
export type Call = {
  readonly stop: number;
  readonly vehicle_id: string;
  readonly arrived_ms: EpochMs;
  readonly departed_ms?: EpochMs;
  /** Absent before the first departure of the day. */
  readonly headway?: Headway;
};

/** A run of the timetable with everything that was seen of it. */
export type Course = {
  readonly timetable: Timetable;
  readonly run: Run;
  /** By stop; those of several vehicles where several drove it. */
  readonly calls: readonly Call[];
};

/** What else a rule may ask about the fleet. */
export type FleetView = {
  readonly now_ms: EpochMs;
  /** Whether some vehicle reported all the while, so that not seeing one means something. */
  isHeard(from_ms: EpochMs, to_ms: EpochMs): boolean;
  /** Whether any vehicle was seen on a line: else its vehicles may have no trackers. */
  isSeen(timetable: Timetable, route_id: string): boolean;
  /** Whether people cancelled a run before it was over. */
  isCancelled(timetable: Timetable, run: Run): boolean;
};

type Found = Omit<Finding, "raises" | "key" | "timetable" | "run" | "at_ms"> &
  Partial<Pick<Finding, "at_ms">>;

type Definition = {
  readonly raises: string;
  /** Pure: what stands of one run, whatever was known of it before. Without `at_ms` the last call showed it. */
  find(course: Course, view: FleetView): readonly Found[];
};

/**
 * A rule about a run among all the others: what it finds follows from the set of stop visits, the timetable and the time, never
 * from the order in which visits became known. One file of this folder each, its test beside it, one line in `fleet-rules.ts`.
 */
export type FleetRule = {
  readonly raises: string;
  find(course: Course, view: FleetView): readonly Finding[];
};

export function defineFleetRule({ raises, find }: Definition): FleetRule {
  return {
    raises,
    find(course, view) {
      const { timetable, run, calls } = course;
      const at_ms = calls.reduce((last, call) => Math.max(last, call.departed_ms ?? call.arrived_ms), 0);
      return find(course, view).map((found) => {
        const key = JSON.stringify([raises, found.stop, found.vehicle_id ?? ""]);
        return { raises, key, timetable, run, at_ms, ...found };
      });
    },
  };
}
