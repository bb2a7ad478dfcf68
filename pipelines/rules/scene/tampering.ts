import type { EpochMs } from "@yardline/domain/time";
import type { View } from "@yardline/frames/view";
import { measuredSeconds, type Progress } from "./progress.ts";
import { type Finding, type Happening, type Judged, type Moment, type Static, Type } from "./scene-rule.ts";
import { roundedShare } from "./shown.ts";

/** What may be wrong with a camera that gives pictures. One at a time: the first in this order that fits. */
export type Trouble = "covered" | "moved" | "defocused" | "dark";

/** `settled`: the camera looks elsewhere now, and that is its scene; `lost`: watching ended. */
type Ended = "cleared" | "settled" | "lost";

export const TamperOptions = Type.Object({
  hold_min_s: Type.Number({
    minimum: 0,
    maximum: 3_600,
    description: "Seconds that it lasts until it is raised.",
  }),
  clear_min_s: Type.Number({
    minimum: 0,
    maximum: 3_600,
    description: "Seconds that all is well until it is over.",
  }),
});
export type TamperOptions = Static<typeof TamperOptions>;

export type TamperState = { readonly tampered: Happening; readonly open: boolean } | undefined;

/** What rules about the camera itself have in common. */
export const TAMPER_RULE = {
  raises: "camera.tampered",
  at: "camera",
  labels: [],
  options: TamperOptions,
} as const;

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
  { hold_min_s, clear_min_s }: TamperOptions,
): Judged<TamperState> {
  if (!view) return { state: before, findings: [] };
  if (troubleOf(view) !== kind) {
    if (!before) return { state: undefined, findings: [] };
    if (view.at_ms - before.tampered.until_ms < clear_min_s * 1000) return { state: before, findings: [] };
    const ended = view.scene_ms > before.tampered.since_ms ? "settled" : "cleared";
    return { state: undefined, findings: before.open ? [closed(kind, before.tampered, ended, at_ms)] : [] };
  }
  const tampered = seenIn(view, kind, before?.tampered.since_ms ?? view.at_ms);
  const open = before?.open || view.at_ms - tampered.since_ms >= hold_min_s * 1000;
  if (!open || before?.tampered.until_ms === view.at_ms) return { state: { tampered, open }, findings: [] };
  const state = before?.open ? "updated" : "opened";
  return {
    state: { tampered, open },
    findings: [{ state, at_ms, key: keyOf(kind, tampered), data: tampered }],
  };
}

/** Watching ends. */
export function endTrouble(kind: Trouble, state: TamperState, at_ms: EpochMs): readonly Finding[] {
  return state?.open ? [closed(kind, state.tampered, "lost", at_ms)] : [];
}

/** How long the trouble has lasted, if there is any. */
export function progressOfTrouble(state: TamperState, { hold_min_s }: TamperOptions): readonly Progress[] {
  if (!state) return [];
  const { since_ms, until_ms } = state.tampered;
  const lasts = { name: "lasts", has: measuredSeconds(until_ms - since_ms), least: hold_min_s, unit: "s" };
  return [{ open: state.open, measures: [lasts] }];
}

function seenIn(
  { at_ms, brightness, sharpness, lost, shift }: View,
  kind: Trouble,
  since_ms: EpochMs,
): Happening {
  return {
    since_ms,
    until_ms: at_ms,
    facts: {
      kind,
      brightness: rounded(brightness),
      sharpness: rounded(sharpness),
      ...(lost !== undefined && { lost: roundedShare(lost) }),
      ...(shift && { shift: [rounded(shift.across), rounded(shift.down)] }),
    },
  };
}

function closed(kind: Trouble, tampered: Happening, ended: Ended, at_ms: EpochMs): Finding {
  return { state: "closed", at_ms, key: keyOf(kind, tampered), data: { ...tampered, ended } };
}

function keyOf(kind: Trouble, { since_ms }: Happening): string {
  return `${kind}@${since_ms}`;
}

const DIGITS = 4;

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}
