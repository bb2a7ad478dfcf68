import type { MaskForm } from "@yardline/domain/camera";
import { AppError } from "@yardline/domain/errors";

/** Of each core so many milliseconds a second are for cameras; the rest is for everything else, and for bad moments. */
const CORE_MS = 750;
/**
 * What a camera is taken to cost where the settings do not say: recording by copy and looking at what moves now and then; a mask of ours
 * at 8 pictures a second of 1080p.
 */
const COST_MS = { "none-needed": 40, "in-camera": 40, "burnt-in": 140 } as const;

export type BudgetedCamera = {
  readonly id: string;
  readonly mask: { readonly form: MaskForm["form"] };
  /** As `camera probe` measured it on this box. */
  readonly cost_ms?: number;
};

/**
 * Whether this box can carry its cameras: the sum of what they cost, in CPU milliseconds a second.
 * @param cores of the box. @throws AppError `CAMERAS_OVER_BUDGET` that names those for which there is no room, in the order of the list.
 */
export function checkBudget(cameras: readonly BudgetedCamera[], cores: number): void {
  const budget_ms = cores * CORE_MS;
  let sum_ms = 0;
  const over = cameras.filter(({ cost_ms, mask }) => {
    sum_ms += cost_ms ?? COST_MS[mask.form];
    return sum_ms > budget_ms;
  });
  if (over.length === 0) return;
  throw new AppError(
    "CAMERAS_OVER_BUDGET",
    `These cameras cost ${Math.round(sum_ms)} ms of CPU time a second, and this box of ${cores} cores has ${budget_ms} ms for cameras. ` +
      `There is no room for ${over.map(({ id }) => id).join(", ")}: use another box, let cameras paint their own masks, or measure ` +
      "with ./yardline camera probe and write cost_ms.",
  );
}
