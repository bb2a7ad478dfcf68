import type { EpochMs } from "@yardline/domain/time";
import type { Shift } from "@yardline/frames/scene-shift";
import type { View } from "@yardline/frames/view";
import { type Finding, type Judged, type Moment, type Static, Type } from "./scene-rule.ts";

/** What may be wrong with a camera that gives pictures. One at a time: the first in this order that fits. */
export type Trouble = "covered" | "moved" | "defocused" | "dark";

/** One stretch of trouble with one camera. */
export type Tampered = {
  readonly kind: Trouble;
  /** Capture times of the first and of the last examined picture that shows it. */
  readonly since_ms: EpochMs;
  readonly until_ms: EpochMs;
  /** Mean luma, in levels of 0 to 255. */
  readonly brightness: number;
  /** Fine edges against their usual strength: 1 as ever. */
  readonly sharpness: number;
  /** Share of the scene's edges that are gone, in [0, 1], where it has enough to say. */
  readonly lost?: number;
  readonly shift?: Shift;
  /** Only when closed. `settled`: the camera looks elsewhere now, and that is its scene; `lost`: watching ended. */
  readonly ended?: "cleared" | "settled" | "lost";
};

export const TamperOptions = Type.Object({
  hold_min_ms: Type.Integer({ minimum: 0, description: "Raised when it lasts so long." }),
  clear_min_ms: Type.Integer({ minimum: 0, description: "Over when all was well for so long." }),
});
export type TamperOptions = Static<typeof TamperOptions>;

export type TamperState = { readonly tampered: Tampered; readonly open: boolean } | undefined;

/** So much of the scene's edges gone is no passer-by. */
const LOST_MIN = 0.6;
/** A picture with at least this much of the scene's edges, coarse and fine, looks at something. */
const [SEES_ENERGY_MIN, SEES_SHARPNESS_MIN] = [0.3, 0.1];
const BLURRED_MAX = 0.25;
/** Darker and flatter than this, in levels, nothing can be made out. */
const [DARK_LEVELS, FLAT_LEVELS] = [30, 10];

/** What is wrong with the camera in one view, if anything. */
export function troubleOf(view: View): Trouble | undefined {
  const { brightness, contrast, black_at_once, lost = 0, energy, sharpness, shift } = view;
  if (brightness <= DARK_LEVELS && contrast <= FLAT_LEVELS) {
    return black_at_once ? "covered" : "dark";
  }
  if (shift) return "moved";
  if (lost >= LOST_MIN)
    return energy >= SEES_ENERGY_MIN && sharpness >= SEES_SHARPNESS_MIN ? "moved" : "covered";
  return sharpness <= BLURRED_MAX ? "defocused" : undefined;
}

/** Opens when one kind of trouble has lasted, closes when it has been over for a while. */
export function judgeTrouble(
  kind: Trouble,
  before: TamperState,
  { at_ms, view }: Moment,
  { hold_min_ms, clear_min_ms }: TamperOptions,
): Judged<TamperState, Tampered> {
  if (!view) return { state: before, findings: [] };
  if (troubleOf(view) !== kind) {
    if (!before) return { state: undefined, findings: [] };
    if (view.at_ms - before.tampered.until_ms < clear_min_ms) return { state: before, findings: [] };
    const ended = view.scene_ms > before.tampered.since_ms ? "settled" : "cleared";
    return { state: undefined, findings: before.open ? [closed(before.tampered, ended, at_ms)] : [] };
  }
  const tampered = seenIn(view, kind, before?.tampered.since_ms ?? view.at_ms);
  const open = before?.open || view.at_ms - tampered.since_ms >= hold_min_ms;
  if (!open || before?.tampered.until_ms === view.at_ms) return { state: { tampered, open }, findings: [] };
  const state = before?.open ? "updated" : "opened";
  return { state: { tampered, open }, findings: [{ state, at_ms, key: keyOf(tampered), data: tampered }] };
}

/** Watching ends. */
export function endTrouble(state: TamperState, at_ms: EpochMs): readonly Finding<Tampered>[] {
  return state?.open ? [closed(state.tampered, "lost", at_ms)] : [];
}

function seenIn(
  { at_ms, brightness, sharpness, lost, shift }: View,
  kind: Trouble,
  since_ms: EpochMs,
): Tampered {
  return {
    kind,
    since_ms,
    until_ms: at_ms,
    brightness,
    sharpness,
    ...(lost !== undefined && { lost }),
    ...(shift && { shift }),
  };
}

function closed(
  tampered: Tampered,
  ended: NonNullable<Tampered["ended"]>,
  at_ms: EpochMs,
): Finding<Tampered> {
  return { state: "closed", at_ms, key: keyOf(tampered), data: { ...tampered, ended } };
}

function keyOf({ kind, since_ms }: Tampered): string {
  return `${kind}@${since_ms}`;
}
