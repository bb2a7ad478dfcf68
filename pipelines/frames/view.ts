import type { Picture } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import type { Luma } from "./luma.ts";
import { detailOf } from "./picture-detail.ts";
import { SceneMemory } from "./scene-memory.ts";
import { type Shift, shiftOf } from "./scene-shift.ts";
import { likenessOf } from "./scene-structure.ts";
import { type Standing, StandingParts } from "./standing.ts";

/** How one camera's picture stands against what it usually shows. */
export type View = {
  /** The picture that was examined: the present one, or one at most `EXAMINE_EVERY_MS` before it. */
  readonly at_ms: EpochMs;
  /** Mean and standard deviation of the luma, in levels of 0 to 255 (black is 16). */
  readonly brightness: number;
  readonly contrast: number;
  /** Black since one examined picture after a bright one: faster than night falls. */
  readonly black_at_once: boolean;
  /** Fine edges against their usual strength, the contrast taken out: 1 as ever, towards 0 when blurred. */
  readonly sharpness: number;
  /** Strength of the coarse edges against the scene's. */
  readonly energy: number;
  /** Share of the scene's edges that are not where they were, in [0, 1]; undefined where it shows too few to tell. */
  readonly lost: number | undefined;
  /** Share of cells brighter or darker than the scene. */
  readonly unlike: number;
  /** The picture has slid: the camera was turned. Undefined also when it was turned too far to find anything again. */
  readonly shift: Shift | undefined;
  /** Since when this scene is being learnt: the first picture, or the one from which a scene that had changed for good was taken. */
  readonly scene_ms: EpochMs;
  /** The scene cannot be made out: nothing is learnt, and `standing` is as it was before. */
  readonly blind: boolean;
  readonly standing: readonly Standing[];
};

/** Nothing that this room looks for is quicker, and it keeps the cost down: of five pictures a second one or two are examined. */
const EXAMINE_EVERY_MS = 750;
/** Before so long nothing is said about what the scene usually looks like. */
const KNOWN_AFTER_MS = 5_000;
/** From this share on the edges are lost because of the camera, and nothing is learnt. */
const LOST_MIN = 0.4;
/** A search for a shift is worth its time from here on, and so often. */
const SHIFT_LOST_MIN = 0.2;
const SHIFT_EVERY_MS = 2_000;
/** So much otherwise lit for so long, the edges where they were: it is the light. */
const RELIGHT_SHARE = 0.35;
const RELIGHT_AFTER_MS = 2_000;
/** A scene that stayed another one for so long, with edges of its own, is the camera's scene now. What covers a lens never is. */
const SETTLE_MS = 600_000;
const SETTLE_ENERGY_MIN = 0.3;
/** From here down a picture is black, from there up it could not pass for night. */
const [BLACK_LEVELS, BRIGHT_LEVELS] = [30, 60];
/** The usual strength of fine edges follows by this share a second, and not at all from pictures that are less sharp than this. */
const DETAIL_FOLLOWS_PER_S = 0.002;
const BLURRED = 0.35;
/** Longer steps are taken as this one: after a gap nothing is learnt in one leap. */
const DT_MAX_S = 2;

/**
 * Examines one camera's pictures over media time, a few times a second: what its empty scene looks like, what stands in it that did
 * not, and whether the camera itself sees as it did. There is no time of calibration, but in its first five seconds it cannot know
 * whether the scene is another than it was, and a thing that left within the first seconds may have been the scene.
 */
export class ViewWatch {
  #memory: SceneMemory | undefined;
  #standing = new StandingParts();
  #view: View | undefined;
  #scene_ms: EpochMs = 0;
  /** The usual strength of fine edges; 0: not known. */
  #detail = 0;
  #lost_ms: EpochMs | undefined;
  #relit_ms: EpochMs | undefined;
  #searched_ms: EpochMs | undefined;

  /** @param luma of that picture. */
  take(picture: Picture, luma: Luma, at_ms: EpochMs): View {
    let memory = this.#memory;
    const before = this.#view;
    if (!memory || memory.columns !== luma.columns || memory.rows !== luma.rows)
      memory = this.#begin(luma, at_ms);
    else if (before && Math.abs(at_ms - before.at_ms) < EXAMINE_EVERY_MS) return before;
    this.#view = this.#examined(picture, luma, at_ms, memory);
    return this.#view;
  }

  #begin(luma: Luma, at_ms: EpochMs): SceneMemory {
    this.#memory = new SceneMemory(luma, at_ms);
    this.#standing = new StandingParts();
    this.#scene_ms = at_ms;
    this.#detail = 0;
    this.#lost_ms = this.#relit_ms = this.#searched_ms = undefined;
    return this.#memory;
  }

  #examined(picture: Picture, luma: Luma, at_ms: EpochMs, memory: SceneMemory): View {
    const before = this.#view;
    const known = at_ms - this.#scene_ms >= KNOWN_AFTER_MS;
    const { brightness, contrast } = lightOf(luma);
    const { lost: missing, energy } = likenessOf(luma, memory.usual);
    const lost = known ? missing : undefined;
    if (this.#isAnother(lost, energy, at_ms))
      return this.#examined(picture, luma, at_ms, this.#begin(luma, at_ms));
    const sharpness = this.#sharpness(detailOf(picture) / Math.max(1, contrast ** 2), known, at_ms);
    // While the scene is lost nothing of it can be learnt, and what stood in it is neither there nor gone.
    const unseen = this.#lost_ms !== undefined || sharpness < BLURRED || brightness <= BLACK_LEVELS;
    const blind = known && unseen && before !== undefined;
    const unlike = blind ? before.unlike : memory.take(luma, at_ms);
    if (!blind) this.#relight(memory, luma, unlike, at_ms);
    return {
      at_ms,
      brightness,
      contrast,
      black_at_once: this.#isBlackAtOnce(brightness),
      sharpness,
      energy,
      lost,
      unlike,
      shift: this.#shift(luma, memory, lost ?? 0, at_ms),
      scene_ms: this.#scene_ms,
      blind,
      standing: blind ? before.standing : this.#standing.take(luma, memory, at_ms),
    };
  }

  /** Whether the lost scene was gone for so long that the present one has to be learnt instead. */
  #isAnother(lost: number | undefined, energy: number, at_ms: EpochMs): boolean {
    this.#lost_ms = (lost ?? 0) >= LOST_MIN ? (this.#lost_ms ?? at_ms) : undefined;
    const lost_for_ms = at_ms - (this.#lost_ms ?? at_ms);
    return lost_for_ms >= SETTLE_MS && energy >= SETTLE_ENERGY_MIN;
  }

  #relight(memory: SceneMemory, luma: Luma, unlike: number, at_ms: EpochMs): void {
    this.#relit_ms = unlike >= RELIGHT_SHARE ? (this.#relit_ms ?? at_ms) : undefined;
    if (this.#relit_ms === undefined || at_ms - this.#relit_ms < RELIGHT_AFTER_MS) return;
    memory.relight(luma, this.#standing.cells(), at_ms);
    this.#relit_ms = undefined;
    this.#detail = 0;
  }

  #isBlackAtOnce(brightness: number): boolean {
    const before = this.#view;
    if (brightness > BLACK_LEVELS || !before) return false;
    return before.brightness > BLACK_LEVELS ? before.brightness >= BRIGHT_LEVELS : before.black_at_once;
  }

  #sharpness(detail: number, known: boolean, at_ms: EpochMs): number {
    if (!known || this.#detail === 0) this.#detail = Math.max(this.#detail, detail);
    if (this.#detail === 0) return 1;
    const sharpness = detail / this.#detail;
    if (sharpness >= BLURRED) {
      const dt_s = Math.min(DT_MAX_S, (at_ms - (this.#view?.at_ms ?? at_ms)) / 1000);
      const step = this.#detail * DETAIL_FOLLOWS_PER_S * dt_s;
      this.#detail += Math.max(-step, Math.min(step, detail - this.#detail));
    }
    return sharpness;
  }

  #shift(luma: Luma, memory: SceneMemory, lost: number, at_ms: EpochMs): Shift | undefined {
    if (lost < SHIFT_LOST_MIN) {
      this.#searched_ms = undefined;
      return undefined;
    }
    if (this.#searched_ms !== undefined && at_ms - this.#searched_ms < SHIFT_EVERY_MS)
      return this.#view?.shift;
    this.#searched_ms = at_ms;
    return shiftOf(luma, memory.usual);
  }
}

function lightOf({ cells }: Luma): { readonly brightness: number; readonly contrast: number } {
  let [sum, squares] = [0, 0];
  for (let cell = 0; cell < cells.length; cell++) {
    const level = cells[cell] ?? 0;
    sum += level;
    squares += level * level;
  }
  const brightness = sum / cells.length;
  return { brightness, contrast: Math.sqrt(Math.max(0, squares / cells.length - brightness ** 2)) };
}
