import type { EpochMs } from "@yardline/domain/time";
import { isSameRun } from "@yardline/matching/follow";
import type { Move, Placement } from "@yardline/matching/placement";

/** A vehicle seen on the path of one run twice in a row: what happened in between may be inferred. */
export type Progress = { readonly before: Placement; readonly after: Placement };

/** The progress in a move; undefined when the vehicle came on the run, left it, or was beside it in between. */
export function progressOf({ before, after }: Move): Progress | undefined {
  const sees = before?.on_path && after?.on_path && isSameRun(before.run, after.run);
  return sees ? { before, after } : undefined;
}

/** When a vehicle passed a place of its path, at an even speed between the two fixes. */
export function crossedAt({ before, after }: Progress, at_m: number): EpochMs {
  const driven_m = after.at_m - before.at_m;
  const share = driven_m > 0 ? Math.min(1, Math.max(0, (at_m - before.at_m) / driven_m)) : 1;
  return Math.round(before.at_ms + share * (after.at_ms - before.at_ms));
}
