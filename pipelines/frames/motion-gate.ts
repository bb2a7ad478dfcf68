import type { Box } from "@yardline/domain/box";
import type { EpochMs } from "@yardline/domain/time";
import { Background } from "./background.ts";
import type { Luma } from "./luma.ts";

/** Who is being followed: nobody, known ones, or also somebody of whom it is not sure yet that they are there at all. */
export type Following = "nobody" | "somebody" | "unsure";

export type GateSettings = {
  /** The longest time without a look, by who is followed. */
  readonly wait_max_ms: Readonly<Record<Following, number>>;
  /** The smallest thing that counts as moving, in cells. */
  readonly moved_cells_min: number;
};

export const GATE_DEFAULTS: GateSettings = {
  wait_max_ms: { nobody: 20_000, somebody: 2_000, unsure: 0 },
  moved_cells_min: 4,
};

/** Whether the detector should look at a picture, and why. `still`: it would only say again what it said at its last look. */
export type Verdict = {
  readonly look: boolean;
  readonly why: "first" | "light" | "moved" | "sure" | "still";
  /** Where something came, moved or went since the last look. */
  readonly moved: readonly Box[];
};

/** The cells that stand out from the empty scene, row by row from the upper left. */
export type Standing = { readonly columns: number; readonly rows: number; readonly cells: readonly number[] };

/** One picture as the gate saw it: which cells stood out from the empty scene, and which of them were new. */
type Seen = {
  readonly luma: Luma;
  readonly at_ms: EpochMs;
  readonly standing: readonly number[];
  readonly moved: readonly number[];
};

/** From this share of cells standing out it is the light, or the camera itself, that changed. */
const LIGHT_SHARE_MIN = 0.4;

/**
 * Decides which pictures of one camera are worth the detector's time. Looks at the first one, at every one in which something is
 * new, and otherwise once in a while, so that who stands still stays seen. The detector's answers teach it: what moves with
 * nothing there (leaves, shadows, screens) it gets used to. Knows media time only, so the same pictures give the same verdicts.
 */
export class MotionGate {
  readonly #settings: GateSettings;
  #background: Background | undefined;
  #now: Seen | undefined;
  /** As it was at the last look. */
  #looked: Seen | undefined;

  constructor(settings: GateSettings = GATE_DEFAULTS) {
    this.#settings = settings;
  }

  judge(luma: Luma, at_ms: EpochMs, following: Following): Verdict {
    const background = this.#background;
    if (!background || background.columns !== luma.columns || background.rows !== luma.rows) {
      this.#background = new Background(luma);
      this.#looked = undefined;
      this.#now = { luma, at_ms, standing: [], moved: [] };
      return { look: true, why: "first", moved: [] };
    }
    const dt_s = Math.max(0, at_ms - (this.#now?.at_ms ?? at_ms)) / 1000;
    const standing = background.take(luma, dt_s);
    if (standing.length > LIGHT_SHARE_MIN * luma.cells.length) {
      background.startAgain(luma);
      this.#now = { luma, at_ms, standing, moved: [] };
      return { look: true, why: "light", moved: [WHOLE] };
    }
    const last = this.#looked;
    const regions = regionsOf(
      freshOf(standing, luma, last, background),
      background,
      this.#settings.moved_cells_min,
    );
    this.#now = { luma, at_ms, standing, moved: regions.flat() };
    const moved = regions.map((cells) => boxOf(cells, background));
    if (moved.length > 0) return { look: true, why: "moved", moved };
    if (!last || at_ms - last.at_ms >= this.#settings.wait_max_ms[following])
      return { look: true, why: "sure", moved };
    return { look: false, why: "still", moved };
  }

  /** What stood out in the picture last judged: for who wants to see why. */
  get standing(): Standing {
    const now = this.#now;
    return { columns: now?.luma.columns ?? 1, rows: now?.luma.rows ?? 1, cells: now?.standing ?? [] };
  }

  /** The picture last judged was looked at. @param seen all that the detector saw in it, however faintly. */
  learn(seen: readonly Box[]): void {
    const [background, now] = [this.#background, this.#now];
    if (!background || !now) return;
    this.#looked = now;
    const empty = now.moved.filter((cell) => !seen.some((box) => covers(box, cell, background)));
    background.getUsedTo(empty);
  }
}

/** The cells that stand out now, or did at the last look, and have changed since: what neither came nor went is no news. */
function freshOf(
  standing: readonly number[],
  luma: Luma,
  last: Seen | undefined,
  background: Background,
): readonly number[] {
  if (!last) return standing;
  const either = last.standing.length === 0 ? standing : new Set([...standing, ...last.standing]);
  return [...either].filter((cell) => background.differs(cell, luma, last.luma));
}

const WHOLE: Box = { left: 0, top: 0, right: 1, bottom: 1 };

/** Groups of touching cells (diagonally too), those of at least `cells_min`. */
function regionsOf(cells: readonly number[], background: Background, cells_min: number): number[][] {
  const waiting = new Set(cells);
  const regions: number[][] = [];
  for (const start of cells) {
    if (!waiting.delete(start)) continue;
    const region = [start];
    for (let next = 0; next < region.length; next++) {
      for (const near of background.aroundOf(region[next] ?? start)) {
        if (waiting.delete(near)) region.push(near);
      }
    }
    if (region.length >= cells_min) regions.push(region);
  }
  return regions;
}

function boxOf(cells: readonly number[], { columns, rows }: Background): Box {
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

/** What an object stirs around it: its shadow, its reflection. A share of its own size. */
const MARGIN = 0.15;

function covers(box: Box, cell: number, { columns, rows }: Background): boolean {
  const [x, y] = [((cell % columns) + 0.5) / columns, (Math.floor(cell / columns) + 0.5) / rows];
  const [across, down] = [(box.right - box.left) * MARGIN, (box.bottom - box.top) * MARGIN];
  return x >= box.left - across && x <= box.right + across && y >= box.top - down && y <= box.bottom + down;
}
