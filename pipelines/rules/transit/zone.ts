import { stopsPassed } from "@yardline/timetable/along";
import type { Pattern } from "@yardline/timetable/timetable";

/** A vehicle is at a stop from so far before it to so far behind it along the line. */
const ZONE_M = 25;

/** Where a stop's zone begins along the line: half-way from the stop before at most. */
export function zoneStart_m({ stop_at_m }: Pattern, stop: number): number {
  const at_m = stop_at_m[stop] ?? 0;
  return at_m - Math.min(ZONE_M, (at_m - (stop_at_m[stop - 1] ?? Number.NEGATIVE_INFINITY)) / 2);
}

/** Where it ends: half-way to the next stop at most. */
export function zoneEnd_m({ stop_at_m }: Pattern, stop: number): number {
  const at_m = stop_at_m[stop] ?? 0;
  return at_m + Math.min(ZONE_M, ((stop_at_m[stop + 1] ?? Number.POSITIVE_INFINITY) - at_m) / 2);
}

/** The stop in whose zone a place along the line lies. */
export function stopAt(pattern: Pattern, at_m: number): number | undefined {
  const ahead = nextStop(pattern, at_m);
  return [ahead, ahead - 1].find(
    (stop) =>
      stop >= 0 &&
      stop < pattern.stops.length &&
      at_m >= zoneStart_m(pattern, stop) &&
      at_m < zoneEnd_m(pattern, stop),
  );
}

/** The next stop ahead; the last one at the end of the line. */
export function nextStop(pattern: Pattern, at_m: number): number {
  return Math.min(pattern.stops.length - 1, stopsPassed(pattern, at_m));
}
