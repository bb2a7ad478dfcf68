import { EARTH_RADIUS_M, type LatLon } from "@yardline/domain/geo";

/** A point of a plane in metres, east and north of its origin. */
export type Point = { readonly x_m: number; readonly y_m: number };

/**
 * A flat map around one place (equirectangular). 50 km away from its origin lengths are off by less than 1 %,
 * and what is compared (a fix and the street beside it) is off by the same.
 */
export type Plane = {
  project(place: LatLon): Point;
};

export function planeAround({ latitude, longitude }: LatLon): Plane {
  const north_m = (Math.PI / 180) * EARTH_RADIUS_M;
  const east_m = north_m * Math.cos((latitude * Math.PI) / 180);
  return {
    project: (place) => ({
      x_m: (place.longitude - longitude) * east_m,
      y_m: (place.latitude - latitude) * north_m,
    }),
  };
}

/** The line that a trip drives, with the distance along it at each corner. */
export type Path = {
  readonly corners: readonly LatLon[];
  readonly x_m: Float64Array;
  readonly y_m: Float64Array;
  readonly at_m: Float64Array;
  readonly length_m: number;
  /** Bounds of each `STRETCH` segments, so that a point far from them need not look at each: west, south, east, north. */
  readonly bounds_m: Float64Array;
};

/** Segments of a path that share one bounding box. */
const STRETCH = 8;

/** A place on a path: how far along, and how far the point lies beside it. */
export type OnPath = { readonly at_m: number; readonly off_m: number };

/** @param corners at least two, else the path has no length and everything is at its start. */
export function pathThrough(corners: readonly LatLon[], plane: Plane): Path {
  const points = corners.map((corner) => plane.project(corner));
  const x_m = Float64Array.from(points, (point) => point.x_m);
  const y_m = Float64Array.from(points, (point) => point.y_m);
  const at_m = new Float64Array(points.length);
  for (let i = 1; i < points.length; i += 1) {
    at_m[i] = num(at_m, i - 1) + length(num(x_m, i) - num(x_m, i - 1), num(y_m, i) - num(y_m, i - 1));
  }
  return { corners, x_m, y_m, at_m, length_m: at_m.at(-1) ?? 0, bounds_m: boundsOf(x_m, y_m) };
}

function boundsOf(x_m: Float64Array, y_m: Float64Array): Float64Array {
  const stretches = Math.ceil(Math.max(0, x_m.length - 1) / STRETCH);
  const bounds_m = new Float64Array(4 * stretches);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const [from, to] = [stretch * STRETCH, (stretch + 1) * STRETCH + 1];
    const [xs, ys] = [x_m.subarray(from, to), y_m.subarray(from, to)];
    bounds_m.set([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], 4 * stretch);
  }
  return bounds_m;
}

/** How far a path must lead away and come back for the return to count as another pass. */
const RIDGE_M = 15;

/**
 * Every place where the path comes by within a distance, in order along it: the valleys of its distance to the point.
 * A street driven out and back gives two, a loop's end two.
 */
export function listPasses(path: Path, point: Point, within_m: number): readonly OnPath[] {
  const { x_m, y_m } = path;
  const passes: OnPath[] = [];
  const valley = { i: -1, off_m: Number.POSITIVE_INFINITY };
  let ridge_m = 0;
  const close = () => {
    if (valley.off_m <= within_m)
      passes.push({ at_m: alongAt_m(path, valley.i, point), off_m: valley.off_m });
  };
  for (let i = 0; i < x_m.length - 1; i += 1) {
    if (i % STRETCH === 0) {
      const away_m = distanceTo(path.bounds_m, i / STRETCH, point);
      if (away_m > within_m + RIDGE_M) {
        ridge_m = Math.max(ridge_m, away_m);
        i += STRETCH - 1;
        continue;
      }
    }
    const off_m = offSegment_m(path, i, point);
    const isNew = Math.min(ridge_m - valley.off_m, ridge_m - off_m) > RIDGE_M;
    if (isNew) close();
    if (isNew || off_m < valley.off_m) {
      valley.i = i;
      valley.off_m = off_m;
      ridge_m = off_m;
    }
    ridge_m = Math.max(ridge_m, length(point.x_m - num(x_m, i + 1), point.y_m - num(y_m, i + 1)));
  }
  close();
  return passes;
}

function distanceTo(bounds_m: Float64Array, stretch: number, { x_m, y_m }: Point): number {
  const at = 4 * stretch;
  const x = Math.max(num(bounds_m, at) - x_m, 0, x_m - num(bounds_m, at + 2));
  const y = Math.max(num(bounds_m, at + 1) - y_m, 0, y_m - num(bounds_m, at + 3));
  return length(x, y);
}

/** Where on a segment a point lies, as a share of its length. */
function shareOn({ x_m, y_m }: Path, i: number, point: Point): number {
  const [ax, ay] = [num(x_m, i), num(y_m, i)];
  const [dx, dy] = [num(x_m, i + 1) - ax, num(y_m, i + 1) - ay];
  const square = dx * dx + dy * dy;
  return square > 0 ? Math.min(1, Math.max(0, ((point.x_m - ax) * dx + (point.y_m - ay) * dy) / square)) : 0;
}

function offSegment_m(path: Path, i: number, point: Point): number {
  const share = shareOn(path, i, point);
  const [ax, ay] = [num(path.x_m, i), num(path.y_m, i)];
  const x = ax + share * (num(path.x_m, i + 1) - ax);
  const y = ay + share * (num(path.y_m, i + 1) - ay);
  return length(point.x_m - x, point.y_m - y);
}

function alongAt_m(path: Path, i: number, point: Point): number {
  const start_m = num(path.at_m, i);
  return start_m + shareOn(path, i, point) * (num(path.at_m, i + 1) - start_m);
}

/** `Math.hypot` guards against overflow, which metres do not need, and is many times slower. */
function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

/** Typed arrays answer `number | undefined` under strict indexing; every index here is inside. */
function num(values: Float64Array, i: number): number {
  return values[i] ?? 0;
}
