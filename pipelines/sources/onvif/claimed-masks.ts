import type { Polygon } from "@yardline/domain/camera";
import type { OnvifMask } from "./media.ts";

/** The picture is compared in a grid of so many cells each way, far finer than any mask is drawn. */
const GRID = 128;
/** Cameras move corners to their own raster: so much of a claimed area may stick out. */
const UNCOVERED_SHARE_MAX = 0.03;
/** What shows nothing. A mosaic lets guess what lies under it. */
const COVERS = new Set(["color", "blurred", ""]);

/** One area that the settings claim, and how the camera's own masks stand to it. */
export type ClaimedMask = {
  /** Its place in the settings, from 0. */
  readonly at: number;
  /** Share of it under masks that are on and show nothing. */
  readonly covered: number;
  readonly agrees: boolean;
};

/**
 * Compares what the settings say that a camera covers with the masks that it has, of any of its sources. They agree where every claimed area
 * is covered; more than that may be.
 */
export function compareMasks(
  claimed: readonly Polygon[],
  masks: readonly OnvifMask[],
): readonly ClaimedMask[] {
  const covers = masks.filter(({ enabled, type }) => enabled && COVERS.has(type.toLowerCase()));
  return claimed.map((polygon, at) => {
    const cells = cellsIn(polygon);
    const under = cells.filter((cell) => covers.some((mask) => contains(mask.polygon, cell)));
    const covered = cells.length === 0 ? 0 : under.length / cells.length;
    return { at, covered, agrees: covered >= 1 - UNCOVERED_SHARE_MAX };
  });
}

type Point = readonly [x: number, y: number];

function cellsIn(polygon: Polygon): readonly Point[] {
  const middles = Array.from({ length: GRID }, (_, at) => (at + 0.5) / GRID);
  return middles.flatMap((y) => middles.map((x): Point => [x, y])).filter((cell) => contains(polygon, cell));
}

/** Even-odd rule: a ray to the right crosses the outline an odd number of times. */
function contains(polygon: Polygon, [x, y]: Point): boolean {
  let inside = false;
  for (const [at, [x1, y1]] of polygon.entries()) {
    const [x2, y2] = polygon[(at + 1) % polygon.length] ?? [x1, y1];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
