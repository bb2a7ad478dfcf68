import type { EpochMs } from "@yardline/domain/time";
import type { Kept, Period } from "./media-store.ts";

/** How much of a disk recordings may take. The stricter one holds. */
export type DiskBudget = {
  /** So much of the disk stays free. */
  readonly keep_free_bytes: number;
  /** All recordings and snapshots together. */
  readonly at_most_bytes?: number | undefined;
};

/** How the disk is, from `statfs`, and what recordings take of it. */
export type DiskState = { readonly free_bytes: number; readonly used_bytes: number };

/** What has to go so that the budget holds. The result is in bytes, 0 when all is well. */
export function bytesToFree(
  { keep_free_bytes, at_most_bytes = Number.POSITIVE_INFINITY }: DiskBudget,
  { free_bytes, used_bytes }: DiskState,
): number {
  return Math.max(0, keep_free_bytes - free_bytes, used_bytes - at_most_bytes);
}

/**
 * What goes first: the least wanted, of these the oldest, never what is held as evidence, and no more than `need_bytes` ask for.
 * @param candidates in any order.
 */
export function chooseRemovals(
  candidates: readonly Kept[],
  need_bytes: number,
  held: readonly Period[],
): readonly Kept[] {
  const going: Kept[] = [];
  let freed_bytes = 0;
  const ordered = candidates.toSorted((a, b) => a.weight - b.weight || a.from_ms - b.from_ms);
  for (const each of ordered) {
    if (freed_bytes >= need_bytes) break;
    if (touchesAny(each, heldOf(each.camera, held))) continue;
    going.push(each);
    freed_bytes += each.bytes;
  }
  return going;
}

function heldOf(camera: string, held: readonly Period[]): readonly Period[] {
  return held.filter((period) => period.camera === camera);
}

/** Whether a stretch shares a moment with one of the periods; a snapshot is a moment. */
export function touchesAny(
  { from_ms, to_ms }: { readonly from_ms: EpochMs; readonly to_ms: EpochMs },
  periods: readonly Omit<Period, "camera">[],
): boolean {
  return periods.some((period) => from_ms < period.to_ms && to_ms >= period.from_ms);
}
