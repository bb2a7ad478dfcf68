import { aroundOf, boundsOf, type Grid } from "./cell-regions.ts";
import type { Luma } from "./luma.ts";

/** How fast the picture of the empty scene follows, in levels a second of media time: bounded, so that a passer-by leaves little trace. */
const FOLLOW_PER_S = 4;
/** The wont of a cell rises fast and forgets slowly: it settles where about one look in ten exceeds it. */
const WONT_UP_PER_S = 9;
const WONT_DOWN_PER_S = 1;
/** A longer step is taken as this one: after a gap nothing is learnt in one leap. */
const DT_MAX_S = 1;
/** Levels that differ by noise and compression alone, and how far beyond its wont a cell must go. */
const NOISE = 6;
const BEYOND_WONT = 1.5;
/** Of how much a cell differs from its neighbours, this share is its wont until it is known better: leaves bring a neighbour here. */
const FIRST_WONT_SHARE = 0.6;
const FIRST_WONT_MAX = 6;
/** Of cells that moved with nothing there, this share is learnt at once. */
const HABIT_SHARE = 0.8;
/** How far around a region that swayed its surroundings are taken for the same bush, in cells, and how far leaves move. */
const SWAY_REACH_CELLS = 16;
const SWAY_CELLS = 2;
const SWAY_WONT_MAX = 24;
/** Every how many cells the common change of light is measured. */
const LIGHT_STRIDE = 5;
const LEVELS = 256;

/**
 * What a camera's empty scene looks like: for each cell its usual brightness and its wont (how far it strays by itself: noise,
 * leaves, water, screens). There is no time of calibration: the first picture is the first belief, and everything is bounded
 * steps from there (sigma-delta estimation, after Manzanera and Richefeu 2007), in media time.
 */
export class Background {
  readonly columns: number;
  readonly rows: number;
  readonly #usual: Float32Array;
  readonly #wont: Float32Array;
  /** How far the present picture is from the usual one, the common change of light taken out. */
  readonly off: Float32Array;

  constructor(first: Luma) {
    this.columns = first.columns;
    this.rows = first.rows;
    this.#usual = first.cells.slice();
    this.#wont = firstWont(first);
    this.off = new Float32Array(first.cells.length);
  }

  /** Compares a picture with the belief, then lets the belief follow it. @returns the cells that stand out, ascending. */
  take(luma: Luma, dt_s: number): number[] {
    const [usual, wont, off, now] = [this.#usual, this.#wont, this.off, luma.cells];
    const step_s = Math.min(dt_s, DT_MAX_S);
    const light = this.#lightChange(now);
    const [follow, up, down] = [FOLLOW_PER_S * step_s, WONT_UP_PER_S * step_s, WONT_DOWN_PER_S * step_s];
    const standing: number[] = [];
    for (let cell = 0; cell < now.length; cell++) {
      const base = (usual[cell] ?? 0) + light;
      const difference = (now[cell] ?? 0) - base;
      const away = Math.abs(difference);
      const used = wont[cell] ?? 0;
      off[cell] = difference;
      usual[cell] = base + Math.max(-follow, Math.min(follow, difference));
      if (away > NOISE + BEYOND_WONT * used) standing.push(cell);
      else wont[cell] = away > used ? Math.min(away, used + up) : Math.max(away, used - down);
    }
    return standing;
  }

  /** Whether a cell differs from another picture by more than noise and wont. */
  differs(cell: number, now: Luma, before: Luma): boolean {
    const away = Math.abs((now.cells[cell] ?? 0) - (before.cells[cell] ?? 0));
    return away > NOISE + BEYOND_WONT * (this.#wont[cell] ?? 0);
  }

  /** These cells moved and somebody looked and nothing was there: that is how they are. Their neighbours sway with them. */
  getUsedTo(cells: Iterable<number>): void {
    for (const cell of cells) {
      const away = Math.abs(this.off[cell] ?? 0);
      for (const near of aroundOf(cell, this)) {
        const used = this.#wont[near] ?? 0;
        if (away > used) this.#wont[near] = used + HABIT_SHARE * (away - used);
      }
    }
  }

  /**
   * All that moved in this region was nothing. A bush sways as a whole, if not in the same second: what is as rich in contrast around
   * it may show what its neighbours show. On a plain wall or on the ground nothing is learnt by this.
   */
  expectSway(region: readonly number[]): void {
    const { left, top, right, bottom } = boundsOf(region, this);
    const reach = Math.max(SWAY_REACH_CELLS, right - left, bottom - top);
    const [from, to] = [Math.max(0, left - reach), Math.min(this.columns, right + reach)];
    for (let row = Math.max(0, top - reach); row < Math.min(this.rows, bottom + reach); row++) {
      for (let cell = row * this.columns + from; cell < row * this.columns + to; cell++) {
        const contrast = contrastAround(this, cell, this.#usual, SWAY_CELLS);
        this.#wont[cell] = Math.max(this.#wont[cell] ?? 0, Math.min(SWAY_WONT_MAX, contrast));
      }
    }
  }

  /** The light went on or off, or the camera was turned: believe the present picture, keep the wonts. */
  startAgain(luma: Luma): void {
    this.#usual.set(luma.cells);
  }

  /** The median difference: what all cells share is light, not motion. */
  #lightChange(now: Float32Array): number {
    const counts = new Uint16Array(2 * LEVELS);
    let total = 0;
    for (let cell = 0; cell < now.length; cell += LIGHT_STRIDE) {
      const bin = Math.round((now[cell] ?? 0) - (this.#usual[cell] ?? 0)) + LEVELS;
      counts[bin] = (counts[bin] ?? 0) + 1;
      total += 1;
    }
    let [bin, passed] = [0, counts[0] ?? 0];
    while (passed * 2 < total) {
      bin += 1;
      passed += counts[bin] ?? 0;
    }
    return bin - LEVELS;
  }
}

/** Nothing has moved yet, and still something is known: what sways shows each cell what its neighbours show. */
function firstWont(luma: Luma): Float32Array {
  const wont = new Float32Array(luma.cells.length);
  for (let cell = 0; cell < wont.length; cell++) {
    wont[cell] = Math.min(FIRST_WONT_MAX, FIRST_WONT_SHARE * contrastAround(luma, cell, luma.cells, 1));
  }
  return wont;
}

/** How far apart the brightest and the darkest of the cells around one are. */
function contrastAround(grid: Grid, cell: number, cells: Float32Array, reach: number): number {
  let [low, high] = [LEVELS, 0];
  for (const near of aroundOf(cell, grid, reach)) {
    low = Math.min(low, cells[near] ?? 0);
    high = Math.max(high, cells[near] ?? 0);
  }
  return high - low;
}
