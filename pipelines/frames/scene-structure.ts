import type { Luma } from "./luma.ts";

/** How a picture's edges lie against those of the scene, taken block by block. */
export type Likeness = {
  /** Share of the blocks with edges whose edges are gone or others, in [0, 1]; undefined where the scene has too few edges to say. */
  readonly lost: number | undefined;
  /** Energy of the picture's edges against the scene's: 1 as ever, 0 a flat picture. */
  readonly energy: number;
};

/** The picture in blocks: small enough that a passer-by covers few, large enough that each holds some edges. */
const [BLOCKS_ACROSS, BLOCKS_DOWN] = [8, 6];
/** Every other row tells enough, at half the cost. */
const ROW_STEP = 2;
/** A block whose slopes are weaker than this (mean square, levels²) has nothing to know it by. */
const SLOPE_MIN = 8;
const BLOCKS_MIN = 6;
/** Edges that agree less than this are other edges. */
const LIKE_MIN = 0.3;

/** Sums over one block; `n` is the picture, `s` the scene; slopes are differences to the next cell. */
type Sums = {
  cells: number;
  dot: number;
  nn: number;
  ss: number;
  /** The same of steepness alone, whichever way it goes up. */
  steepN: number;
  steepS: number;
  steepNN: number;
  steepSS: number;
  steepNS: number;
};

/**
 * Compares edges, not brightness, so that neither a cloud nor a lamp makes a scene another one. Where light falls from elsewhere
 * (infrared at night) an edge may go up the other way: there its place and steepness still agree, and either agreement will do.
 */
export function likenessOf(now: Luma, scene: Float32Array): Likeness {
  let [known, lost, nn, ss] = [0, 0, 0, 0];
  for (let block = 0; block < BLOCKS_ACROSS * BLOCKS_DOWN; block++) {
    const sums = sumsOf(now, scene, block % BLOCKS_ACROSS, Math.floor(block / BLOCKS_ACROSS));
    nn += sums.nn;
    ss += sums.ss;
    if (sums.ss < SLOPE_MIN * sums.cells) continue;
    known += 1;
    if (Math.max(cosineOf(sums), steepnessOf(sums)) < LIKE_MIN) lost += 1;
  }
  return { lost: known < BLOCKS_MIN ? undefined : lost / known, energy: ss > 0 ? nn / ss : 1 };
}

function sumsOf(
  { columns, rows, cells: now }: Luma,
  scene: Float32Array,
  across: number,
  down: number,
): Sums {
  // The last row and column have no next cell.
  const edge = (at: number, of: number, all: number) => Math.floor((at * (all - 1)) / of);
  const [left, right] = [edge(across, BLOCKS_ACROSS, columns), edge(across + 1, BLOCKS_ACROSS, columns)];
  const [top, bottom] = [edge(down, BLOCKS_DOWN, rows), edge(down + 1, BLOCKS_DOWN, rows)];
  let [cells, dot, nn, ss, steepN, steepS, steepNN, steepSS, steepNS] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let y = top; y < bottom; y += ROW_STEP) {
    cells += right - left;
    for (let cell = y * columns + left; cell < y * columns + right; cell++) {
      const n = now[cell] ?? 0;
      const s = scene[cell] ?? 0;
      const nx = (now[cell + 1] ?? 0) - n;
      const ny = (now[cell + columns] ?? 0) - n;
      const sx = (scene[cell + 1] ?? 0) - s;
      const sy = (scene[cell + columns] ?? 0) - s;
      dot += nx * sx + ny * sy;
      nn += nx * nx + ny * ny;
      ss += sx * sx + sy * sy;
      const stepN = Math.abs(nx) + Math.abs(ny);
      const stepS = Math.abs(sx) + Math.abs(sy);
      steepN += stepN;
      steepS += stepS;
      steepNN += stepN * stepN;
      steepSS += stepS * stepS;
      steepNS += stepN * stepS;
    }
  }
  return { cells, dot, nn, ss, steepN, steepS, steepNN, steepSS, steepNS };
}

function cosineOf({ dot, nn, ss }: Sums): number {
  return nn > 0 && ss > 0 ? dot / Math.sqrt(nn * ss) : 0;
}

/** Correlation of the steepnesses. */
function steepnessOf({ cells, steepN, steepS, steepNN, steepSS, steepNS }: Sums): number {
  const spread = (steepNN - (steepN * steepN) / cells) * (steepSS - (steepS * steepS) / cells);
  return spread > 0 ? (steepNS - (steepN * steepS) / cells) / Math.sqrt(spread) : 0;
}
