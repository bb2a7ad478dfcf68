/** In fractions of the picture, from its top-left. */
export type Corner = readonly [x: number, y: number];
export type ShapeKind = "zone" | "line" | "mask";
export type Shape = { readonly kind: ShapeKind; readonly id: string; readonly points: readonly Corner[] };

/** What is drawn, and what was before: everything can be taken back. */
export type Drawing = {
  readonly shapes: readonly Shape[];
  readonly past: readonly (readonly Shape[])[];
};

/** So many steps back are kept. */
const PAST_MAX = 100;
export const POINTS_MIN: Readonly<Record<ShapeKind, number>> = { zone: 3, line: 2, mask: 3 };
const POINTS_MAX: Readonly<Record<ShapeKind, number>> = { zone: 64, line: 32, mask: 64 };

export const drawingOf = (shapes: readonly Shape[]): Drawing => ({ shapes, past: [] });

export function undo({ shapes, past }: Drawing): Drawing {
  return { shapes: past.at(-1) ?? shapes, past: past.slice(0, -1) };
}

/** A shape of its own name in the middle of the picture, to be pulled to where it belongs. */
export function addShape(drawing: Drawing, kind: ShapeKind): Drawing {
  const points: readonly Corner[] =
    kind === "line"
      ? [
          [0.3, 0.5],
          [0.7, 0.5],
        ]
      : [
          [0.35, 0.35],
          [0.65, 0.35],
          [0.65, 0.65],
          [0.35, 0.65],
        ];
  return step(drawing, [...drawing.shapes, { kind, id: freeName(drawing.shapes, kind), points }]);
}

export function removeShape(drawing: Drawing, at: number): Drawing {
  return at in drawing.shapes
    ? step(
        drawing,
        drawing.shapes.filter((_, n) => n !== at),
      )
    : drawing;
}

export function renameShape(drawing: Drawing, at: number, id: string): Drawing {
  return changed(drawing, at, (shape) => ({ ...shape, id }));
}

/** A point on the edge that is nearest to it. */
export function addPoint(drawing: Drawing, at: number, point: Corner): Drawing {
  return changed(drawing, at, (shape) => {
    if (shape.points.length >= POINTS_MAX[shape.kind]) return shape;
    return { ...shape, points: shape.points.toSpliced(edgeNear(shape, point) + 1, 0, within(point)) };
  });
}

/** @param isOneStep whether it goes on from the step before, as while a point is pulled. */
export function movePoint(
  drawing: Drawing,
  { shape: at, point: n }: Place,
  to: Corner,
  isOneStep = false,
): Drawing {
  const moved = changed(drawing, at, (shape) =>
    n in shape.points ? { ...shape, points: shape.points.with(n, within(to)) } : shape,
  );
  return isOneStep && moved !== drawing ? { shapes: moved.shapes, past: drawing.past } : moved;
}

/** A shape keeps as many points as it needs to be one. */
export function removePoint(drawing: Drawing, { shape: at, point: n }: Place): Drawing {
  return changed(drawing, at, (shape) =>
    shape.points.length > POINTS_MIN[shape.kind] && n in shape.points
      ? { ...shape, points: shape.points.toSpliced(n, 1) }
      : shape,
  );
}

/** Which point of which shape. */
export type Place = { readonly shape: number; readonly point: number };

function changed(drawing: Drawing, at: number, change: (shape: Shape) => Shape): Drawing {
  const shape = drawing.shapes[at];
  if (!shape) return drawing;
  const next = change(shape);
  return next === shape ? drawing : step(drawing, drawing.shapes.with(at, next));
}

function step({ shapes, past }: Drawing, next: readonly Shape[]): Drawing {
  return { shapes: next, past: [...past, shapes].slice(-PAST_MAX) };
}

/** Inside the picture, as fine as anybody can point. */
function within([x, y]: Corner): Corner {
  const one = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
  return [one(x), one(y)];
}

function freeName(shapes: readonly Shape[], kind: ShapeKind): string {
  const taken = new Set(shapes.map(({ id }) => id));
  let number = 1;
  while (taken.has(`${kind}-${number}`)) number += 1;
  return `${kind}-${number}`;
}

/** Behind which point the edge begins that is nearest. */
function edgeNear({ kind, points }: Shape, point: Corner): number {
  const last = kind === "line" ? points.length - 1 : points.length;
  let best = { n: points.length - 1, far: Number.POSITIVE_INFINITY };
  for (let n = 0; n < last; n++) {
    const far = distance(point, points[n], points[(n + 1) % points.length]);
    if (far < best.far) best = { n, far };
  }
  return best.n;
}

function distance([x, y]: Corner, [ax, ay]: Corner = [0, 0], [bx, by]: Corner = [0, 0]): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = length === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}
