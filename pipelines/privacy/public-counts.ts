/** Fewer than this are never told: so few may be one family. */
export const PUBLIC_COUNT_MIN = 5;
/** An hour is told so long after its end, when nearly all that is late has come. */
export const SETTLES_MS = 3_600_000;
const HOUR_MS = 3_600_000;

/** Cameras that are counted together; no camera is in two. */
export type PublicArea = { readonly id: string; readonly name: string; readonly cameras: readonly string[] };

/** One cell: an area and a whole hour. `count` is absent where it is too small to be told. */
export type PublicCell = { readonly area: string; readonly count?: number };

/**
 * What may be told of one hour. Cells do not overlap and there are no sums, so that no two of them differ by a third that is not told.
 * @param counts by camera.
 */
export function publicCells(
  areas: readonly PublicArea[],
  counts: ReadonlyMap<string, number>,
): readonly PublicCell[] {
  return areas.map(({ id, cameras }) => {
    const count = cameras.reduce((sum, camera) => sum + (counts.get(camera) ?? 0), 0);
    return count < PUBLIC_COUNT_MIN ? { area: id } : { area: id, count };
  });
}

/** The whole hours of a UTC day that may be told at a time, by their beginnings. */
export function toldHours(day_ms: number, now_ms: number): readonly number[] {
  const hours = Array.from({ length: 24 }, (_, hour) => day_ms + hour * HOUR_MS);
  return hours.filter((from_ms) => from_ms + HOUR_MS + SETTLES_MS <= now_ms);
}

/** Cameras that are in more than one area: they would let sums be taken apart. */
export function overlapping(areas: readonly PublicArea[]): readonly string[] {
  const all = areas.flatMap(({ cameras }) => [...new Set(cameras)]);
  return [...new Set(all.filter((camera, at) => all.indexOf(camera) !== at))];
}
