import type { Box } from "@yardline/domain/box";
import type { EpochMs } from "@yardline/domain/time";
import type { Luma } from "./luma.ts";
import type { SceneMemory } from "./scene-memory.ts";

/**
 * A part of the picture that has looked otherwise than the empty scene for a while and does not change. Who walks past in front of
 * it does not end it.
 */
export type Standing = {
  /** Names it among all of this camera: when and where it began to stand. */
  readonly id: string;
  readonly box: Box;
  /** Share of the picture, in [0, 1]. */
  readonly area: number;
  /**
   * `appeared`: it has an outline of its own; `vanished`: the scene had an outline there and what is behind goes on now; `lit`: the
   * scene's own texture in another light; `unclear`: neither.
   */
  readonly what: "appeared" | "vanished" | "lit" | "unclear";
  /** Capture time of the first picture that shows a good part of it as it stands now. */
  readonly since_ms: EpochMs;
  /** From here on nearly all of it was in view and unchanged. */
  readonly whole_ms: EpochMs;
  /** Since when the scene was believed to look as it did before. */
  readonly scene_ms: EpochMs;
  /** When it will count as part of the scene, should it stay. */
  readonly settles_ms: EpochMs;
};

type Region = { readonly standing: Standing; readonly cells: readonly number[] };

/** A cell stands when it has not changed for so long. */
const STEADY_MS = 2_000;
/** The smallest thing, in cells; and so many are followed at once, the largest first. */
const CELLS_MIN = 6;
export const STANDING_MAX = 32;
/** What is thinner, or so many times longer than it is wide, is the seam of something that was put back not quite where it stood. */
const SIDE_MIN = 2;
const SIDES_MAX = 5;
/** Of a thing that is gone so much looks like the scene again. */
const GONE_SHARE = 0.6;
/** A good part of it, and nearly all of it. */
const [GOOD_PART, NEARLY_ALL] = [0.25, 0.85];
/** An outline is the stronger one from here on. */
const OUTLINE_TIMES = 1.6;
/** Slopes within it that agree so well with the scene's are the scene's own; weaker ones than this (mean square) do not count. */
const TEXTURE_LIKE_MIN = 0.7;
const TEXTURE_MIN = 12;

/** Follows the standing parts of one camera's pictures. */
export class StandingParts {
  #regions: readonly Region[] = [];

  /** The cells of what stands. */
  cells(): ReadonlySet<number> {
    return new Set(this.#regions.flatMap(({ cells }) => cells));
  }

  /** Takes the picture that the memory has just taken. */
  take(now: Luma, memory: SceneMemory, at_ms: EpochMs): readonly Standing[] {
    const found = groupsOf(memory, at_ms).slice(0, STANDING_MAX);
    const taken = new Set<Region>();
    const regions = found.map((cells) => {
      const within = new Set(cells);
      const before = this.#regions.find((each) => !taken.has(each) && overlaps(each.cells, within));
      if (before) taken.add(before);
      return regionOf(cells, before?.standing, now, memory);
    });
    // Hidden behind somebody: it changes, but not into the scene. What has grown into another one is no thing of its own any more.
    const all = new Set(found.flat());
    const hidden = this.#regions.filter(
      (each) => !taken.has(each) && !overlaps(each.cells, all) && !isGone(each.cells, memory),
    );
    this.#regions = [...regions, ...hidden].slice(0, STANDING_MAX);
    return this.#regions.map(({ standing }) => standing);
  }
}

function overlaps(before: readonly number[], now: ReadonlySet<number>): boolean {
  const shared = before.filter((cell) => now.has(cell)).length;
  return 2 * shared >= Math.min(before.length, now.size);
}

function isGone(cells: readonly number[], { unlike }: SceneMemory): boolean {
  const like = cells.filter((cell) => unlike[cell] === 0).length;
  return like >= GONE_SHARE * cells.length;
}

/** Touching cells (diagonally too) that stand, the largest groups first. */
function groupsOf(memory: SceneMemory, at_ms: EpochMs): number[][] {
  const { unlike, steady_ms, columns } = memory;
  const waiting = new Set<number>();
  for (let cell = 0; cell < unlike.length; cell++) {
    if (unlike[cell] === 1 && at_ms - (steady_ms[cell] ?? 0) >= STEADY_MS) waiting.add(cell);
  }
  const groups: number[][] = [];
  for (const start of [...waiting]) if (waiting.has(start)) groups.push(groupAt(start, waiting, memory));
  return groups
    .filter((group) => group.length >= CELLS_MIN && !isSeam(group, columns))
    .sort((a, b) => b.length - a.length);
}

/** Takes out of those that wait one and all that it touches. */
function groupAt(start: number, waiting: Set<number>, memory: SceneMemory): number[] {
  waiting.delete(start);
  const group = [start];
  for (let next = 0; next < group.length; next++) {
    for (const near of around(group[next] ?? start, memory)) if (waiting.delete(near)) group.push(near);
  }
  return group;
}

/** A cell and its up to eight neighbours. */
function around(cell: number, { columns, rows }: SceneMemory): readonly number[] {
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  const found: number[] = [];
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++)
      found.push(y * columns + x);
  }
  return found;
}

function isSeam(cells: readonly number[], columns: number): boolean {
  const across = spanOf(cells.map((cell) => cell % columns));
  const down = spanOf(cells.map((cell) => Math.floor(cell / columns)));
  const [short, long] = [Math.min(across, down), Math.max(across, down)];
  return short < SIDE_MIN || long > SIDES_MAX * short;
}

function spanOf(places: readonly number[]): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const place of places) {
    low = Math.min(low, place);
    high = Math.max(high, place);
  }
  return high - low + 1;
}

function regionOf(
  cells: readonly number[],
  before: Standing | undefined,
  now: Luma,
  memory: SceneMemory,
): Region {
  const steady_ms = cells.map((cell) => memory.steady_ms[cell] ?? 0).sort((a, b) => a - b);
  const since_ms = before?.since_ms ?? steady_ms[Math.floor(GOOD_PART * cells.length)] ?? 0;
  const whole_ms = before?.whole_ms ?? steady_ms[Math.floor(NEARLY_ALL * cells.length)] ?? 0;
  const settling = cells.map((cell) => memory.settlesAt(cell)).sort((a, b) => a - b);
  const standing: Standing = {
    id: before?.id ?? `${since_ms}-${cells[0]}`,
    box: boxOf(cells, now),
    area: cells.length / now.cells.length,
    what: whatOf(cells, now, memory),
    since_ms,
    whole_ms,
    scene_ms:
      before?.scene_ms ?? cells.reduce((last, cell) => Math.max(last, memory.believed_ms[cell] ?? 0), 0),
    settles_ms: settling[Math.floor((1 - GONE_SHARE) * cells.length)] ?? 0,
  };
  return { standing, cells };
}

/** What a difference is: by its texture against the scene's, then by who has the outline. */
function whatOf(
  cells: readonly number[],
  { columns, cells: now }: Luma,
  { usual }: SceneMemory,
): Standing["what"] {
  const within = new Set(cells);
  let [ownOutline, sceneOutline, dot, nn, ss, pairs] = [0, 0, 0, 0, 0, 0];
  const steps = [1, -1, columns, -columns];
  for (const cell of cells) {
    for (const step of steps) {
      const near = cell + step;
      // Beyond the upper and the lower edge there is nothing, so no step.
      const n = (now[near] ?? now[cell] ?? 0) - (now[cell] ?? 0);
      const s = (usual[near] ?? usual[cell] ?? 0) - (usual[cell] ?? 0);
      if (within.has(near)) {
        dot += n * s;
        nn += n * n;
        ss += s * s;
        pairs += 1;
      } else {
        ownOutline += Math.abs(n);
        sceneOutline += Math.abs(s);
      }
    }
  }
  const textured = Math.min(nn, ss) > TEXTURE_MIN * pairs;
  if (textured && dot > TEXTURE_LIKE_MIN * Math.sqrt(nn * ss)) return "lit";
  if (ownOutline > OUTLINE_TIMES * sceneOutline) return "appeared";
  return sceneOutline > OUTLINE_TIMES * ownOutline ? "vanished" : "unclear";
}

function boxOf(cells: readonly number[], { columns, rows }: Luma): Box {
  let [left, top, right, bottom] = [columns, rows, 0, 0];
  for (const cell of cells) {
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
  }
  return { left: left / columns, top: top / rows, right: right / columns, bottom: bottom / rows };
}
