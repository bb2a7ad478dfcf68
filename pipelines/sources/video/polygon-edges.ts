import type { Polygon } from "@yardline/domain/camera";

/** Where an edge of a polygon stands at two heights. */
export type Edge = { readonly x_top: number; readonly x_bottom: number };

/**
 * The edges that cross the height halfway between `top` and `bottom`, and where they are at both; no corner may lie between
 * them. A corner at that very height belongs to the edge below it, so that crossings come in pairs.
 */
export function edgesAcross(polygon: Polygon, top: number, bottom: number): Edge[] {
  const middle = (top + bottom) / 2;
  return polygon.flatMap(([x1, y1], i) => {
    const [x2, y2] = polygon[(i + 1) % polygon.length] ?? [x1, y1];
    if (y1 <= middle === y2 <= middle) return [];
    const at = (y: number) => x1 + ((x2 - x1) * (y - y1)) / (y2 - y1);
    return [{ x_top: at(top), x_bottom: at(bottom) }];
  });
}
