import type { Line } from "./scene-rule.ts";

export type Point = readonly [x: number, y: number];

/** A stretch of a line between two of its points. */
type Stretch = readonly [from: Point, to: Point];

/**
 * Which side of a line a point is on, by the stretch that is nearest to it, and how far from it in fractions of the picture. Sides
 * are those of one who walks along the points in their order; the picture's y goes down.
 */
export function sideOf(line: Line, point: Point): { readonly inside: boolean; readonly away: number } {
  const nearest = stretchesOf(line)
    .map((stretch) => ({ stretch, away: distanceTo(stretch, point) }))
    .reduce((best, each) => (each.away < best.away ? each : best));
  const right = turn(nearest.stretch, point) > 0;
  return { inside: right === (line.into === "right"), away: nearest.away };
}

/** Whether the straight way between two points goes through the line. */
export function cuts(line: Line, from: Point, to: Point): boolean {
  return stretchesOf(line).some((stretch) => {
    const [a, b] = [turn(stretch, from) > 0, turn(stretch, to) > 0];
    const [c, d] = [turn([from, to], stretch[0]) > 0, turn([from, to], stretch[1]) > 0];
    return a !== b && c !== d;
  });
}

function stretchesOf({ points }: Line): readonly Stretch[] {
  return points.slice(1).map((to, index) => [points[index] ?? to, to] as const);
}

/** Twice the area of the triangle: positive where the point is to the right of the stretch. */
function turn([[x1, y1], [x2, y2]]: Stretch, [x, y]: Point): number {
  return (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
}

function distanceTo([[x1, y1], [x2, y2]]: Stretch, [x, y]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : ((x - x1) * dx + (y - y1) * dy) / length2;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
}
