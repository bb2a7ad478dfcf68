import type { EpochMs } from "@yardline/domain/time";
import type { Luma } from "./luma.ts";

/** Levels that differ by noise and compression alone, and how far beyond its wont a cell must stray to be unlike the scene. */
const LIKE_LEVELS = 10;
const BEYOND_WONT = 1.5;
/** A cell that stays within so many levels has not changed. */
const STEADY_LEVELS = 8;
const STEADY_FOLLOWS = 0.1;
/** How fast a cell that is like the scene takes it along, levels a second: shadows creep, and nothing that comes is so slow. */
const FOLLOW_PER_S = 1;
/** The wont rises while a cell changes again and again, and forgets slowly. */
const WONT_UP_PER_S = 3;
const WONT_DOWN_PER_S = 0.05;
/** What was believed for a while gives way to what has stood so many times as long; the while counts up to a limit. */
const GIVES_WAY_TIMES = 4;
const AGREED_MIN_S = 1.5;
const AGREED_MAX_S = 150;
/** After a gap nothing is learnt in one leap. */
const DT_MAX_S = 2;
/** The light is measured on every so many cells; those that stray further than this from it are things, not light. */
const LIGHT_STRIDE = 5;
const LIGHT_LEVELS = 24;
/** A gain nearer to one is none; others are light as long as they lie within these. */
const GAIN_DEADBAND = 0.05;
const [GAIN_MIN, GAIN_MAX] = [0.2, 5];
/** A change of light from one picture to the next that may have made whatever looks otherwise with it. */
const [JUMP_GAIN, JUMP_LEVELS] = [0.15, 12];
const LEVELS = 256;

/** How all cells together became brighter or darker since the last picture: `level × gain + offset`. */
type Light = { readonly gain: number; readonly offset: number };

/**
 * What a camera's scene looks like when nothing is in it, cell by cell. It starts with the first picture and corrects itself: what was
 * seen for one second gives way to what stands there for six, what was seen for minutes holds for ten minutes. Media time only.
 */
export class SceneMemory {
  readonly columns: number;
  readonly rows: number;
  /** Brightness of the empty scene in the present light. */
  readonly usual: Float32Array;
  /** 1 where the last picture is unlike it. */
  readonly unlike: Uint8Array;
  /** Since when each cell that is unlike the scene has not changed. */
  readonly steady_ms: Float64Array;
  /** Since when the scene has been believed to look so. */
  readonly believed_ms: Float64Array;
  readonly #steady: Float32Array;
  readonly #wont: Float32Array;
  readonly #agreed_s: Float32Array;
  #at_ms: EpochMs;

  constructor({ columns, rows, cells }: Luma, at_ms: EpochMs) {
    this.columns = columns;
    this.rows = rows;
    this.usual = cells.slice();
    this.unlike = new Uint8Array(cells.length);
    this.steady_ms = new Float64Array(cells.length).fill(at_ms);
    this.believed_ms = new Float64Array(cells.length).fill(at_ms);
    this.#steady = cells.slice();
    this.#wont = new Float32Array(cells.length);
    this.#agreed_s = new Float32Array(cells.length);
    this.#at_ms = at_ms;
  }

  /**
   * Compares a picture of the scene with the belief and learns from it.
   * @returns the share of cells unlike it, in [0, 1].
   */
  take({ cells: now }: Luma, at_ms: EpochMs): number {
    const dt_s = Math.min(DT_MAX_S, Math.max(0, (at_ms - this.#at_ms) / 1000));
    this.#at_ms = at_ms;
    const { usual, unlike } = this;
    const [steady, wont, agreed_s] = [this.#steady, this.#wont, this.#agreed_s];
    const { gain, offset } = this.#lightChange(now);
    const jumped = Math.abs(gain - 1) >= JUMP_GAIN || Math.abs(offset) >= JUMP_LEVELS;
    const [follow, up, down] = [FOLLOW_PER_S * dt_s, WONT_UP_PER_S * dt_s, WONT_DOWN_PER_S * dt_s];
    let away = 0;
    for (let cell = 0; cell < now.length; cell++) {
      const level = now[cell] ?? 0;
      const base = (usual[cell] ?? 0) * gain + offset;
      const difference = level - base;
      const used = wont[cell] ?? 0;
      const held = (steady[cell] ?? 0) * gain + offset;
      const moved = Math.abs(level - held) > STEADY_LEVELS;
      steady[cell] = moved ? level : held + STEADY_FOLLOWS * (level - held);
      if (Math.abs(difference) > LIKE_LEVELS + BEYOND_WONT * used) {
        usual[cell] = base;
        if (moved) wont[cell] = Math.min(Math.abs(difference), used + up);
        away += this.#isForeign(cell, level, at_ms, jumped, moved);
      } else {
        usual[cell] = base + Math.max(-follow, Math.min(follow, difference));
        unlike[cell] = 0;
        agreed_s[cell] = Math.min(AGREED_MAX_S, (agreed_s[cell] ?? 0) + dt_s);
        wont[cell] = Math.max(0, used - down);
      }
    }
    return away / now.length;
  }

  /** A cell unlike the scene: foreign (1), unless it has stood so long that it is the scene now (0). */
  #isForeign(cell: number, level: number, at_ms: EpochMs, jumped: boolean, moved: boolean): 0 | 1 {
    const isNew = this.unlike[cell] === 0;
    if (moved || isNew) this.steady_ms[cell] = at_ms;
    // It came with the light: should it stay, it is light and soon believed; should it go, it was a passer-by.
    if (jumped && isNew) this.#agreed_s[cell] = 0;
    if (at_ms >= this.settlesAt(cell)) {
      this.#believe(cell, level, at_ms);
      return 0;
    }
    this.unlike[cell] = 1;
    return 1;
  }

  /** When a cell that is unlike the scene will be believed to be the scene, should it stay. */
  settlesAt(cell: number): EpochMs {
    const agreed_s = Math.max(AGREED_MIN_S, this.#agreed_s[cell] ?? 0);
    return (this.steady_ms[cell] ?? 0) + 1000 * GIVES_WAY_TIMES * agreed_s;
  }

  /** The light falls otherwise on everything: believe the present picture, but for what stands there and is still foreign. */
  relight({ cells: now }: Luma, foreign: ReadonlySet<number>, at_ms: EpochMs): void {
    for (let cell = 0; cell < now.length; cell++) {
      if (foreign.has(cell)) continue;
      this.usual[cell] = now[cell] ?? 0;
      this.unlike[cell] = 0;
      this.steady_ms[cell] = at_ms;
    }
  }

  #believe(cell: number, level: number, at_ms: EpochMs): void {
    this.usual[cell] = level;
    this.unlike[cell] = 0;
    this.believed_ms[cell] = at_ms;
    this.#agreed_s[cell] = 0;
  }

  /** The common change of light: the median difference, and a gain where that explains the cells like the scene clearly better. */
  #lightChange(now: Float32Array): Light {
    const first = { gain: 1, offset: this.#medianChange(now) };
    // Twice, so that what strays from the first answer does not count in the second.
    const second = this.#fitted(now, first, Number.POSITIVE_INFINITY);
    const third = this.#fitted(now, second, LIGHT_LEVELS);
    return Math.abs(third.gain - 1) > GAIN_DEADBAND ? third : first;
  }

  /** Least squares over the cells that were like the scene and stray by no more than `levels_max` from the light so far. */
  #fitted(now: Float32Array, { gain, offset }: Light, levels_max: number): Light {
    const { usual, unlike } = this;
    let [count, x, y, xx, xy] = [0, 0, 0, 0, 0];
    for (let cell = 0; cell < now.length; cell += LIGHT_STRIDE) {
      const before = usual[cell] ?? 0;
      const level = now[cell] ?? 0;
      if (unlike[cell] === 1 || Math.abs(level - before * gain - offset) > levels_max) continue;
      count += 1;
      x += before;
      y += level;
      xx += before * before;
      xy += before * level;
    }
    const spread = count * xx - x * x;
    if (spread < count * count) return { gain, offset };
    const fitted = Math.min(GAIN_MAX, Math.max(GAIN_MIN, (count * xy - x * y) / spread));
    return { gain: fitted, offset: (y - fitted * x) / count };
  }

  #medianChange(now: Float32Array): number {
    const counts = new Uint16Array(2 * LEVELS);
    let total = 0;
    for (let cell = 0; cell < now.length; cell += LIGHT_STRIDE) {
      const bin = Math.round((now[cell] ?? 0) - (this.usual[cell] ?? 0)) + LEVELS;
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
