import type { Luma } from "./luma.ts";

/** How far the picture has slid against the scene, in fractions of its width and height; right and down are positive. */
export type Shift = { readonly across: number; readonly down: number };

/** The search goes to a quarter of the picture each way, at first on cells of 4 × 4. */
const REACH = 0.25;
const COARSE = 4;
/** Then on cells of 2 × 2, so far around the coarse answer: finer ones no longer agree when the shift is half a cell. */
const FINE = 2;
const FINE_REACH = 2;
/** A shift explains the picture when its edges agree so well then, and so much better than unshifted. */
const LIKE_MIN = 0.45;
const BETTER_MIN = 0.2;

/**
 * Searches the shift at which the picture's edges lie on those of the scene, coarse to fine: under 1 ms, so ask only when the
 * scene is not where it was. Undefined when there is none, or it does not matter: less than two cells.
 */
export function shiftOf(now: Luma, scene: Float32Array): Shift | undefined {
  const before: Luma = { ...now, cells: scene };
  const [rough, roughBefore] = [shrunk(now, COARSE), shrunk(before, COARSE)];
  const reach = [Math.floor(REACH * rough.columns), Math.floor(REACH * rough.rows)] as const;
  const { x, y } = bestOf(rough, roughBefore, { x: 0, y: 0 }, reach);
  const [fine, fineBefore] = [shrunk(now, FINE), shrunk(before, FINE)];
  const around = { x: (x * COARSE) / FINE, y: (y * COARSE) / FINE };
  const best = bestOf(fine, fineBefore, around, [FINE_REACH, FINE_REACH]);
  const better = best.agreement - agreementOf(fine, fineBefore, 0, 0);
  if (best.agreement < LIKE_MIN || better < BETTER_MIN) return undefined;
  return { across: best.x / fine.columns, down: best.y / fine.rows };
}

type Found = { readonly x: number; readonly y: number; readonly agreement: number };

function bestOf(
  now: Luma,
  before: Luma,
  around: { readonly x: number; readonly y: number },
  [reachX, reachY]: readonly [number, number],
): Found {
  let best: Found = { ...around, agreement: -1 };
  for (let y = around.y - reachY; y <= around.y + reachY; y++) {
    for (let x = around.x - reachX; x <= around.x + reachX; x++) {
      const agreement = agreementOf(now, before, x, y);
      if (agreement > best.agreement) best = { x, y, agreement };
    }
  }
  return best;
}

/** Cosine of the slopes of both pictures where they overlap, `now` slid back by (x, y) cells. */
function agreementOf(
  { columns, rows, cells: now }: Luma,
  { cells: before }: Luma,
  x: number,
  y: number,
): number {
  let [dot, nn, ss] = [0, 0, 0];
  for (let row = Math.max(0, y); row < Math.min(rows, rows + y) - 1; row++) {
    const last = Math.min(columns, columns + x) - 1;
    for (let column = Math.max(0, x); column < last; column++) {
      const [here, there] = [row * columns + column, (row - y) * columns + column - x];
      const [n, s] = [now[here] ?? 0, before[there] ?? 0];
      const [nx, ny] = [(now[here + 1] ?? 0) - n, (now[here + columns] ?? 0) - n];
      const [sx, sy] = [(before[there + 1] ?? 0) - s, (before[there + columns] ?? 0) - s];
      dot += nx * sx + ny * sy;
      nn += nx * nx + ny * ny;
      ss += sx * sx + sy * sy;
    }
  }
  return nn > 0 && ss > 0 ? dot / Math.sqrt(nn * ss) : 0;
}

/** The mean of squares of `side` cells. */
function shrunk({ columns, rows, cells }: Luma, side: number): Luma {
  const [across, down] = [Math.floor(columns / side), Math.floor(rows / side)];
  const small = new Float32Array(across * down);
  for (let row = 0; row < down * side; row++) {
    for (let column = 0; column < across * side; column++) {
      const to = Math.floor(row / side) * across + Math.floor(column / side);
      small[to] = (small[to] ?? 0) + (cells[row * columns + column] ?? 0) / side ** 2;
    }
  }
  return { columns: across, rows: down, cells: small };
}
