import { distance_m, EARTH_RADIUS_M, type LatLon } from "@yardline/domain/geo";
import type { GeoBox } from "./condition.ts";

/** Sizes of the squares, in degrees, that a place lies in, finest first: some 500 m, 4 km and 70 km north to south. */
const CELL_DEGREES = [0.005, 0.04, 0.64] as const;
/** Most squares that one question is made of; a larger area takes a coarser size or none. */
const CELLS_MAX = 64;
/** Degrees and metres by which a square lies inside at least; the tenth of a millimetre and the millimetre. */
const MARGIN = 1e-9;
const MARGIN_M = 1e-3;
const DEGREES = 180 / Math.PI;

/** The squares of each size that a place lies in. */
export function cellsOf({ latitude, longitude }: LatLon): string[] {
  return CELL_DEGREES.map((size, level) => nameOf(level, row(latitude, size), column(longitude, size)));
}

/** Squares that together cover an area, and those of them that lie within it whole. */
export type Cover = { readonly touched: readonly string[]; readonly within: readonly string[] };

/** Covers a box with squares of the finest size that needs few enough; undefined where none does. */
export function coverOf(box: GeoBox): Cover | undefined {
  return coverWith(box, (corners) => corners.every((corner) => isInside(box, corner)));
}

/** The same for a circle. */
export function coverOfCircle(center: LatLon, radius_m: number): Cover | undefined {
  const box = boxAround(center, radius_m);
  const isNear = (corner: LatLon) => distance_m(center, corner) <= radius_m - MARGIN_M;
  return box && coverWith(box, (corners) => corners.every(isNear));
}

function coverWith(
  { west, south, east, north }: GeoBox,
  isWithin: (corners: readonly LatLon[]) => boolean,
): Cover | undefined {
  for (const [level, size] of CELL_DEGREES.entries()) {
    const rows = range(row(south, size), row(north, size));
    const columns = range(column(west, size), column(east, size));
    if (!rows || !columns || rows.length * columns.length > CELLS_MAX) continue;
    const cells = rows.flatMap((each) => columns.map((other) => [each, other] as const));
    const within = cells.filter(([each, other]) => isWithin(cornersOf(each, other, size)));
    const named = (some: typeof cells) => some.map((cell) => nameOf(level, ...cell));
    return { touched: named(cells), within: named(within) };
  }
  return undefined;
}

function cornersOf(rowOf: number, columnOf: number, size: number): LatLon[] {
  const [south, west] = [rowOf * size - 90, columnOf * size - 180];
  return [south, south + size].flatMap((latitude) =>
    [west, west + size].map((longitude) => ({ latitude, longitude })),
  );
}

/** With a hair's breadth to spare, because a place at the very edge of a square may have been rounded into it. */
function isInside({ west, south, east, north }: GeoBox, { latitude, longitude }: LatLon): boolean {
  return (
    latitude >= south + MARGIN &&
    latitude <= north - MARGIN &&
    longitude >= west + MARGIN &&
    longitude <= east - MARGIN
  );
}

/** The box around a circle, or undefined where it reaches a pole or the antimeridian. */
function boxAround({ latitude, longitude }: LatLon, radius_m: number): GeoBox | undefined {
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
