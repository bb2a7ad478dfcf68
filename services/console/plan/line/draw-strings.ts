import { classOf } from "../network/segment-scale.ts";
import type { Diagram, DrivenPoint, Point, TripString } from "./string-line.ts";
import { clockText } from "./string-line.ts";

/** Which stretch of the day is shown, seconds of the service day. */
export type Stretch = { readonly from_s: number; readonly to_s: number };

/** A drawing's size and margins, CSS pixels. */
export type Frame = { readonly width_px: number; readonly height_px: number; readonly left_px: number };

const TOP_PX = 12;
const BOTTOM_PX = 28;
const RIGHT_PX = 24;
/** Names of stops, and times, are written where they have so much room. */
const NAME_PX_MIN = 15;
const TIME_PX_MIN = 56;
const NAME_CHARS_MAX = 20;
const TIME_STEPS_S = [300, 600, 900, 1800, 3600, 7200, 10_800];

/** Where a moment of the line lies in the drawing. */
export function placeIn(frame: Frame, { length_m }: Diagram, { from_s, to_s }: Stretch) {
  const [wide_px, high_px] = [
    frame.width_px - frame.left_px - RIGHT_PX,
    frame.height_px - TOP_PX - BOTTOM_PX,
  ];
  return ({ s, m }: Point): [number, number] => [
    frame.left_px + ((s - from_s) / Math.max(1, to_s - from_s)) * wide_px,
    TOP_PX + (m / Math.max(1, length_m)) * high_px,
  ];
}

/** Which time of the day lies at a place of the drawing. */
export function timeAt({ width_px, left_px }: Frame, { from_s, to_s }: Stretch, x_px: number): number {
  return from_s + ((x_px - left_px) / Math.max(1, width_px - left_px - RIGHT_PX)) * (to_s - from_s);
}

type Drawing = {
  readonly frame: Frame;
  readonly diagram: Diagram;
  readonly stretch: Stretch;
  /** Ids of the strings that stand out. */
  readonly marked: readonly string[];
  stopName(stop_id: string): string;
  /** A colour of `tokens.css`, by its name there. */
  token(name: string): string;
  readonly font: string;
};

/** Draws the whole diagram anew. */
export function drawStrings(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { frame, diagram, stretch, marked, token } = drawing;
  const { width_px, height_px, left_px } = frame;
  context.clearRect(0, 0, width_px, height_px);
  context.fillStyle = token("--surface");
  context.fillRect(0, 0, width_px, height_px);
  drawGrid(context, drawing);
  context.save();
  context.beginPath();
  context.rect(left_px, 0, width_px - left_px - RIGHT_PX, height_px - BOTTOM_PX + 4);
  context.clip();
  const place = placeIn(frame, diagram, stretch);
  const shown = diagram.strings.filter((string) => isWithin(string, stretch));
  for (const string of shown) drawPlanned(context, string, place, token);
  for (const string of shown) drawDrives(context, string, place, token, 2);
  for (const string of shown.filter(({ id }) => marked.includes(id))) {
    strokeThrough(context, string.planned.map(place), token("--ink"), 2, [5, 4]);
    for (const { points } of string.drives)
      strokeThrough(context, points.map(place), token("--surface"), 9, []);
    for (const { points } of string.drives) strokeThrough(context, points.map(place), token("--ink"), 7, []);
    drawDrives(context, string, place, token, 4);
  }
  context.restore();
}

/** Whether something of a trip lies in the stretch. */
export function isWithin({ planned, drives }: TripString, { from_s, to_s }: Stretch): boolean {
  return [planned, ...drives.map(({ points }) => points)].some((points) => {
    const [first, last] = [points[0], points.at(-1)];
    return first !== undefined && last !== undefined && first.s <= to_s && last.s >= from_s;
  });
}

function drawGrid(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { frame, diagram, stretch, token, font, stopName } = drawing;
  const place = placeIn(frame, diagram, stretch);
  const right_px = frame.width_px - RIGHT_PX;
  const bottom_px = frame.height_px - BOTTOM_PX;
  Object.assign(context, {
    strokeStyle: token("--edge"),
    lineWidth: 1,
    font: `12px ${font}`,
    textBaseline: "middle",
  });
  context.textAlign = "right";
  let named_px = Number.NEGATIVE_INFINITY;
  for (const [index, { stop_id, at_m }] of diagram.stops.entries()) {
    const [, y] = place({ s: stretch.from_s, m: at_m });
    line(context, frame.left_px, y, right_px, y);
    const isLast = index === diagram.stops.length - 1;
    if (y - named_px < NAME_PX_MIN && !isLast) continue;
    if (isLast && y - named_px < NAME_PX_MIN) continue;
    named_px = y;
    context.fillStyle = token("--ink-2");
    context.fillText(short(stopName(stop_id)), frame.left_px - 8, y, frame.left_px - 12);
  }
  context.textAlign = "center";
  const px_per_s = (right_px - frame.left_px) / Math.max(1, stretch.to_s - stretch.from_s);
  const step_s = TIME_STEPS_S.find((step) => step * px_per_s >= TIME_PX_MIN) ?? 14_400;
  for (let s = Math.ceil(stretch.from_s / step_s) * step_s; s <= stretch.to_s; s += step_s) {
    const [x] = place({ s, m: 0 });
    line(context, x, TOP_PX, x, bottom_px);
    context.fillStyle = token("--ink-2");
    context.fillText(clockText(s), x, bottom_px + 15);
  }
}

type Place = (point: Point) => readonly [number, number];

/** Dotted where it was cancelled, thick where nobody was seen driving it. */
function drawPlanned(
  context: CanvasRenderingContext2D,
  { planned, cancelled, drives }: TripString,
  place: Place,
  token: (name: string) => string,
): void {
  const points = planned.map(place);
  if (cancelled) strokeThrough(context, points, token("--ink-2"), 1.5, [1, 5]);
  else if (drives.length === 0) strokeThrough(context, points, token("--series-4"), 2.5, [9, 5]);
  else strokeThrough(context, points, token("--series-3"), 1, [4, 4]);
}

function drawDrives(
  context: CanvasRenderingContext2D,
  { drives }: TripString,
  place: Place,
  token: (name: string) => string,
  width_px: number,
): void {
  for (const { points } of drives) {
    for (const [index, point] of points.entries()) {
      const before: DrivenPoint | undefined = points[index - 1];
      const which = classOf("delay", point.late_s);
      const wide_px = width_px + (which > 3 ? 1 : 0);
      if (before) strokeThrough(context, [before, point].map(place), token(`--scale-${which}`), wide_px, []);
    }
  }
}

function strokeThrough(
  context: CanvasRenderingContext2D,
  points: readonly (readonly [number, number])[],
  colour: string,
  width_px: number,
  dash: number[],
): void {
  Object.assign(context, { strokeStyle: colour, lineWidth: width_px, lineJoin: "round" });
  context.setLineDash(dash);
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.stroke();
  context.setLineDash([]);
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

function short(name: string): string {
  return name.length > NAME_CHARS_MAX ? `${name.slice(0, NAME_CHARS_MAX - 1)}…` : name;
}
