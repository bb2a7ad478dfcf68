import { areaOfTimetables, isServed } from "@yardline/publishing/realtime-check/area";
import { OFF_MAX_M } from "@yardline/publishing/realtime-check/vehicles";
import { listPasses } from "@yardline/timetable/path";
import type { Timetable } from "@yardline/timetable/timetable";
import type { Heard } from "./fleet.ts";

/** Coordinates of the feeds are rounded to some decimetres. */
const ROUNDED_M = 5;

export type Shown = {
  readonly isInTown: (heard: Heard) => boolean;
  readonly isOnLine: (heard: Heard) => boolean;
};

/**
 * What the feeds may say of a vehicle by where it is: nothing of one that is out of the town, and no trip of one that is far beside
 * the line it drives, since nobody can say when it will be back (rules E028 and E029 of the canonical validator).
 */
export function openShown(timetables: readonly Timetable[]): Shown {
  const [first] = timetables;
  const area = areaOfTimetables(timetables);
  return {
    isInTown: ({ position }) => first !== undefined && isServed(area, first.plane.project(position)),
    isOnLine({ position, placement }) {
      if (!placement) return false;
      const { pattern } = placement.run.trip;
      if (!pattern.drawn) return true;
      const point = placement.timetable.plane.project(position);
      return listPasses(pattern.path, point, OFF_MAX_M - ROUNDED_M).length > 0;
    },
  };
}
