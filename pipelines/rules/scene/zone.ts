import type { Box } from "@yardline/domain/box";
import type { Polygon } from "@yardline/domain/camera";

/** Whether an object stands in a zone: its foot is inside. */
export function standsIn(zone: Polygon, box: Box): boolean {
  const [x, y] = footOf(box);
  return isInside(zone, x, y);
}

/** The middle of a box's lower edge: where the object touches the ground. */
export function footOf({ left, right, bottom }: Box): readonly [x: number, y: number] {
  return [(left + right) / 2, bottom];
}

/** Even-odd rule: a ray to the right crosses the outline an odd number of times. */
function isInside(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  let [beforeX, beforeY] = polygon.at(-1) ?? [0, 0];
  for (const [cornerX, cornerY] of polygon) {
    const crosses = cornerY > y !== beforeY > y;
    if (crosses && x < ((beforeX - cornerX) * (y - cornerY)) / (beforeY - cornerY) + cornerX)
      inside = !inside;
    [beforeX, beforeY] = [cornerX, cornerY];
  }
  return inside;
}
