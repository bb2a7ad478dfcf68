import { EARTH_RADIUS_M, type LatLon } from "@yardline/domain/geo";
import type { GeoBox } from "./event-index.ts";

/** Sizes of the squares, in degrees, that a place lies in, finest first: some 500 m, 4 km and 70 km north to south. */
const CELL_DEGREES = [0.005, 0.04, 0.64] as const;
/** Most squares that one question is made of; a larger area takes a coarser size or none. */
const CELLS_MAX = 64;
const DEGREES = 180 / Math.PI;

/** The squares of each size that a place lies in. */
export function cellsOf({ latitude, longitude }: LatLon): string[] {
  return CELL_DEGREES.map((size, level) => nameOf(level, row(latitude, size), column(longitude, size)));
}

/** Squares that together cover a box, of the finest size that needs few enough; undefined where none does. */
export function coverOf({ west, south, east, north }: GeoBox): string[] | undefined {
  for (const [level, size] of CELL_DEGREES.entries()) {
    const rows = range(row(south, size), row(north, size));
    const columns = range(column(west, size), column(east, size));
    if (rows && columns && rows.length * columns.length <= CELLS_MAX) {
      return rows.flatMap((each) => columns.map((other) => nameOf(level, each, other)));
    }
  }
  return undefined;
}

/** The box around a circle, or undefined where it reaches a pole or the antimeridian. */
export function boxAround({ latitude, longitude }: LatLon, radius_m: number): GeoBox | undefined {
  const angle = radius_m / EARTH_RADIUS_M;
  const height = angle * DEGREES;
  const south = latitude - height;
  const north = latitude + height;
  if (south <= -90 || north >= 90) return undefined;
  // Where a meridian touches the circle; the hair's breadth is for rounding.
  const width = Math.asin(Math.min(1, Math.sin(angle) / Math.cos(latitude / DEGREES))) * DEGREES + 1e-9;
  const [west, east] = [longitude - width, longitude + width];
  return west < -180 || east >= 180 ? undefined : { west, south: south - 1e-9, east, north: north + 1e-9 };
}

const row = (latitude: number, size: number): number => Math.floor((latitude + 90) / size);
const column = (longitude: number, size: number): number => Math.floor((longitude + 180) / size);
const nameOf = (level: number, ...cell: readonly [number, number]): string => `${level}x${cell.join("x")}`;

function range(from: number, to: number): number[] | undefined {
  const length = to - from + 1;
  return length <= CELLS_MAX ? Array.from({ length }, (_, at) => from + at) : undefined;
}
