import type { LatLon } from "@yardline/domain/geo";
import { type Plane, type Point, planeAround } from "@yardline/timetable/path";
import type { Timetable } from "@yardline/timetable/timetable";

/** How far outside the served area a vehicle may be; the canonical validator's mile. */
const AREA_SLACK_M = 1_609;

export type Area = {
  readonly west_m: number;
  readonly south_m: number;
  readonly east_m: number;
  readonly north_m: number;
};

/** The smallest box around places, in a plane. */
export function areaAround(places: readonly LatLon[], plane: Plane): Area {
  const area = {
    west_m: Number.POSITIVE_INFINITY,
    south_m: Number.POSITIVE_INFINITY,
    east_m: Number.NEGATIVE_INFINITY,
    north_m: Number.NEGATIVE_INFINITY,
  };
  for (const place of places) {
    const { x_m, y_m } = plane.project(place);
    area.west_m = Math.min(area.west_m, x_m);
    area.east_m = Math.max(area.east_m, x_m);
    area.south_m = Math.min(area.south_m, y_m);
    area.north_m = Math.max(area.north_m, y_m);
  }
  return area;
}

/** Around all stops and lines, in the plane of the first timetable. */
export function areaOfTimetables(timetables: readonly Timetable[]): Area {
  const places = timetables.flatMap(({ stops, patterns }) => [
    ...stops.values(),
    ...patterns.flatMap(({ path }) => path.corners),
  ]);
  return areaAround(places, timetables[0]?.plane ?? planeAround({ latitude: 0, longitude: 0 }));
}

/** Whether a place is served, or not far from what is. */
export function isServed({ west_m, south_m, east_m, north_m }: Area, { x_m, y_m }: Point): boolean {
  return (
    x_m >= west_m - AREA_SLACK_M &&
    x_m <= east_m + AREA_SLACK_M &&
    y_m >= south_m - AREA_SLACK_M &&
    y_m <= north_m + AREA_SLACK_M
  );
}
