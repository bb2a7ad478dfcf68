import type { EpochMs } from "@yardline/domain/time";
import type { GapReason, Kept, MediaKeeper } from "@yardline/media/media-store";

/** Segments that follow each other are one gap. */
const JOIN_MS = 2_000;

/** Writes down that recording was dropped, and why: each camera's stretches as wholes. */
export async function noteGaps(
  keeper: Pick<MediaKeeper, "noteGap">,
  things: readonly Kept[],
  why: GapReason,
): Promise<void> {
  for (const [camera, own] of Map.groupBy(things, (each) => each.camera)) {
    const stretches: { from_ms: EpochMs; to_ms: EpochMs }[] = [];
    for (const { from_ms, to_ms } of own.toSorted((a, b) => a.from_ms - b.from_ms)) {
      if (from_ms === to_ms) continue; // A snapshot leaves no gap.
      const last = stretches.at(-1);
      if (last && from_ms - last.to_ms <= JOIN_MS) last.to_ms = Math.max(last.to_ms, to_ms);
      else stretches.push({ from_ms, to_ms });
    }
    for (const stretch of stretches) await keeper.noteGap(camera, { ...stretch, why });
  }
}
