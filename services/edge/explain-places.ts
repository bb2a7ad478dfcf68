import type { Polygon } from "@yardline/domain/camera";
import { type Canvas, COLOURS } from "@yardline/frames/canvas";
import type { ScenePlan } from "@yardline/rules/scene/scene-plan";
import type { Line, Where } from "@yardline/rules/scene/scene-rule";

type Point = readonly [x: number, y: number];
type Place = Pick<Where, "zone" | "polygon" | "line"> & {
  /** Its rule tells in from out. */
  readonly sided: boolean;
};

/** Length of an arrow, in heights of the picture, and of its head in arrows. */
const ARROW_HEIGHTS = 0.07;
const HEAD_SHARE = 0.35;

/** The zones and lines that rules use, each once. */
export function placesOf({ rules }: ScenePlan): readonly Place[] {
  const places = rules
    .map(({ rule, where }) => ({ ...where, sided: rule.kind === "line-crossing" }))
    .filter(({ polygon, line }) => polygon ?? line)
    // Where two rules use one line, the one that tells sides is drawn last, and stays.
    .sort((a, b) => Number(a.sided) - Number(b.sided));
  return [
    ...new Map(places.map((place) => [`${place.line ? "line" : "zone"} ${place.zone}`, place])).values(),
  ];
}

/** @param aspect width of the picture over its height. */
export function paintPlace(canvas: Canvas, { zone, polygon, line, sided }: Place, aspect: number): void {
  if (line) {
    paintWay(canvas, line, aspect);
    if (sided) paintSide(canvas, line, aspect);
    write(canvas, zone, line.points[0] ?? [0, 0]);
  } else if (polygon) paintZone(canvas, polygon, zone);
}

function paintZone(canvas: Canvas, polygon: Polygon, name: string): void {
  for (const [at, corner] of polygon.entries())
    canvas.segment(polygon.at(at - 1) ?? corner, corner, COLOURS.magenta);
  write(canvas, name, polygon[0] ?? [0, 0]);
}

/** An arrow at its end shows which way it is walked. */
function paintWay(canvas: Canvas, { points }: Line, aspect: number): void {
  const last: Point = points.at(-1) ?? [0, 0];
  const before = points.at(-2) ?? last;
  for (const [at, to] of points.entries()) canvas.segment(points[at - 1] ?? to, to, COLOURS.magenta);
  paintHead(canvas, last, directionOf(before, last, aspect), aspect);
}

/** An arrow from its middle shows which way `in` is. */
function paintSide(canvas: Canvas, { points, into }: Line, aspect: number): void {
  const middle = Math.floor((points.length - 1) / 2);
  const [from, to]: readonly [Point, Point] = [points[middle] ?? [0, 0], points[middle + 1] ?? [0, 0]];
  const [dx, dy] = directionOf(from, to, aspect);
  // In a picture whose y goes down, the right of who walks along x is further down.
  const inwards: Point = into === "right" ? [-dy, dx] : [dy, -dx];
  const foot: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const tip: Point = [foot[0] + (inwards[0] * ARROW_HEIGHTS) / aspect, foot[1] + inwards[1] * ARROW_HEIGHTS];
  canvas.segment(foot, tip, COLOURS.magenta);
  paintHead(canvas, tip, inwards, aspect);
  write(canvas, "in", tip);
}

/** Of length one, in heights of the picture. */
function directionOf([x1, y1]: Point, [x2, y2]: Point, aspect: number): Point {
  const [across, down] = [(x2 - x1) * aspect, y2 - y1];
  const length = Math.hypot(across, down) || 1;
  return [across / length, down / length];
}

function paintHead(canvas: Canvas, tip: Point, [dx, dy]: Point, aspect: number): void {
  const size = ARROW_HEIGHTS * HEAD_SHARE;
  for (const side of [1, -1]) {
    const end: Point = [tip[0] + ((-dx - side * dy) * size) / aspect, tip[1] + (-dy + side * dx) * size];
    canvas.segment(tip, end, COLOURS.magenta);
  }
}

function write(canvas: Canvas, text: string, [x, y]: Point): void {
  const { left, top } = canvas.areaOf({ left: x, top: y, right: x, bottom: y });
  canvas.text(text, { left: left + 2 * canvas.unit_px, top: top + 2 * canvas.unit_px }, COLOURS.magenta);
}
