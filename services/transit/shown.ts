import type { Arrival } from "@yardline/domain/trip-run";
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

/**
 * The arrivals of the feeds: those of trips that are driven now, by vehicles that are shown in the town and on their line. What a
 * vehicle drives next is on the boards; its own trip updates begin when it does (rule W003). One that is on its trip although it is
 * shown beside its line, on a detour or because its place is coarsened, has its trip told without it.
 */
export function toldArrivals(
  arrivals: readonly Arrival[],
  heard: readonly Heard[],
  { isInTown, isOnLine }: Shown,
  isDetoured: (heard: Heard) => boolean,
): readonly Arrival[] {
  const shown = new Map(heard.map((each) => [each.position.vehicle_id, each]));
  // Looked at once for all the calls that a vehicle has ahead.
  const told = new Map<Heard, "whole" | "bare" | "nothing">();
  const tellOf = (vehicle: Heard) => {
    const known = told.get(vehicle);
    if (known) return known;
    const isThere = isInTown(vehicle) && isOnLine(vehicle);
    const tell = isThere ? "whole" : vehicle.coarsened || isDetoured(vehicle) ? "bare" : "nothing";
    told.set(vehicle, tell);
    return tell;
  };
  return arrivals.flatMap((arrival) => {
    const vehicle = shown.get(arrival.vehicle_id ?? "");
    if (!vehicle || arrival.next_run) return [];
    const tell = tellOf(vehicle);
    if (tell === "whole") return [arrival];
    const { vehicle_id: _, ...bare } = arrival;
    return tell === "bare" ? [bare] : [];
  });
}
