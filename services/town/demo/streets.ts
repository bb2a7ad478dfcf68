import type { LatLon } from "@yardline/domain/geo";

/** Metres east and north of the town's main square. */
export type Point = readonly [x_m: number, y_m: number];

/** A way through the town: its points, and how far along it each one lies. */
export type Way = { readonly points: readonly Point[]; readonly along_m: readonly number[] };

/** The main square: fields in the middle of Ukraine, where no such town is. */
const SQUARE: LatLon = { latitude: 48.905, longitude: 31.115 };
const METRES_A_DEGREE = 111_195;
const LONGITUDE_SHRINK = Math.cos((SQUARE.latitude * Math.PI) / 180);

const BLOCK_EAST_M = 300;
const BLOCK_NORTH_M = 260;
/** The streets are not quite north to south, and not quite straight: old towns never are. */
const TURN = (11 * Math.PI) / 180;
const STEPS_A_BLOCK = 4;

export function latLonOf([x_m, y_m]: Point): LatLon {
  return {
    latitude: SQUARE.latitude + y_m / METRES_A_DEGREE,
    longitude: SQUARE.longitude + x_m / (METRES_A_DEGREE * LONGITUDE_SHRINK),
  };
}

/** The crossing of a street (counted from the square to the east) and an avenue (to the north). */
export function crossing(east: number, north: number): Point {
  const x = east * BLOCK_EAST_M;
  const y = north * BLOCK_NORTH_M;
  const bent: Point = [x + 60 * Math.sin(y / 500), y + 50 * Math.sin(x / 700)];
  return [
    bent[0] * Math.cos(TURN) - bent[1] * Math.sin(TURN),
    bent[0] * Math.sin(TURN) + bent[1] * Math.cos(TURN),
  ];
}

/** From crossing to crossing, following each bend of the streets between them. */
export function alongStreets(
  crossings: readonly (readonly [east: number, north: number])[],
): readonly Point[] {
  return crossings.flatMap(([east, north], index): Point[] => {
    const [from_east, from_north] = crossings[index - 1] ?? [east, north];
    const steps = Math.max(
      1,
      STEPS_A_BLOCK * Math.max(Math.abs(east - from_east), Math.abs(north - from_north)),
    );
    return Array.from({ length: steps }, (_, step) => {
      const share = (step + 1) / steps;
      return crossing(from_east + share * (east - from_east), from_north + share * (north - from_north));
    });
  });
}

/** A country road past a few points, in wide curves. */
export function alongRoad(points: readonly Point[]): readonly Point[] {
  return cornersCut(cornersCut(cornersCut(points)));
}

/** A way along points, with corners rounded as a bus takes them. */
export function wayAlong(points: readonly Point[]): Way {
  const rounded = cornersCut(cornersCut(points));
  const along_m: number[] = [];
  for (const [index, point] of rounded.entries()) {
    const before = rounded[index - 1];
    along_m.push(before ? (along_m.at(-1) ?? 0) + apart_m(before, point) : 0);
  }
  return { points: rounded, along_m };
}

export function reversed(way: Way): Way {
  const length_m = lengthOf_m(way);
  return { points: way.points.toReversed(), along_m: way.along_m.map((m) => length_m - m).toReversed() };
}

export function lengthOf_m(way: Way): number {
  return way.along_m.at(-1) ?? 0;
}

/** Where one is after so many metres, and which way one looks: degrees clockwise from north. */
export function placeAt(way: Way, along_m: number): { readonly point: Point; readonly course_deg: number } {
  const next = nextPoint(way, along_m);
  const [from, to] = [way.points[next - 1] ?? [0, 0], way.points[next] ?? [0, 0]];
  const [from_m, to_m] = [way.along_m[next - 1] ?? 0, way.along_m[next] ?? 0];
  const share = to_m > from_m ? Math.min(1, Math.max(0, (along_m - from_m) / (to_m - from_m))) : 0;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return {
    point: [from[0] + share * dx, from[1] + share * dy],
    course_deg: ((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360,
  };
}

/** Index of the first point at or beyond `along_m`, from 1 to the last. */
function nextPoint({ along_m }: Way, m: number): number {
  let [low, high] = [1, along_m.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((along_m[middle] ?? 0) >= m) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How far along the way its nearest point to `place` lies, looking only beyond `from_m`. */
export function nearest_m(way: Way, place: Point, from_m: number): number {
  let best = { m: from_m, away: Number.POSITIVE_INFINITY };
  for (let m = from_m; m <= lengthOf_m(way); m += 2) {
    const away = apart_m(placeAt(way, m).point, place);
    if (away < best.away) best = { m, away };
  }
  return best.m;
}

export function apart_m(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** Chaikin's rounding: each corner is replaced by two points a quarter of the way to its neighbours; both ends stay. */
function cornersCut(points: readonly Point[]): Point[] {
  const cut = points.slice(1).flatMap((to, index): Point[] => {
    const from = points[index] ?? to;
    return [
      [0.75 * from[0] + 0.25 * to[0], 0.75 * from[1] + 0.25 * to[1]],
      [0.25 * from[0] + 0.75 * to[0], 0.25 * from[1] + 0.75 * to[1]],
    ];
  });
  return [...points.slice(0, 1), ...cut.slice(1, -1), ...points.slice(-1)];
}
