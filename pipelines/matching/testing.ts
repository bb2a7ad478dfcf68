import { duePlace_m } from "@yardline/timetable/along";
import { groundAt } from "@yardline/timetable/testing";
import { endOf, type Run, startOf, type Timetable } from "@yardline/timetable/timetable";
import type { Fix } from "./fix.ts";

export function runOf(timetable: Timetable, trip_id: string, date: string): Run {
  const trip = timetable.trips.get(trip_id);
  const run = trip && timetable.listRunsOf(trip, date)[0];
  if (!run) throw new Error(`There is no run of ${trip_id}.`);
  return run;
}

export type Drive = {
  readonly every_s?: number;
  readonly late_s?: number;
  /** Metres that each fix may lie off in latitude, by turns north and south. */
  readonly noise_m?: number;
  /** The trip that the source names. */
  readonly trip_id?: string;
};

/** The fixes of a vehicle that drives a run by its timetable, so much late, from its start to its end. */
export function drive(
  run: Run,
  { every_s = 5, late_s = 0, noise_m = 0, trip_id }: Drive = {},
): readonly Fix[] {
  const fixes: Fix[] = [];
  const late_ms = late_s * 1000;
  for (let at_ms = startOf(run) + late_ms; at_ms <= endOf(run) + late_ms; at_ms += every_s * 1000) {
    const place = groundAt(run.trip.pattern, duePlace_m(run, at_ms - late_ms));
    const off = ((fixes.length % 2 ? 1 : -1) * noise_m) / 111_195;
    fixes.push({
      at_ms,
      latitude: Number((place.latitude + off).toFixed(6)),
      longitude: Number(place.longitude.toFixed(6)),
      ...(trip_id !== undefined && { trip_id }),
    });
  }
  return fixes;
}

/** A vehicle that stays where it is. */
export function stay(
  place: { latitude: number; longitude: number },
  from_ms: number,
  to_ms: number,
): readonly Fix[] {
  const count = Math.floor((to_ms - from_ms) / 5_000) + 1;
  return Array.from({ length: count }, (_, i) => ({ ...place, at_ms: from_ms + i * 5_000 }));
}
