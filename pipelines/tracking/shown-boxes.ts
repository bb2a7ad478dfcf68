import type { Box } from "@yardline/domain/box";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { predictedBoxes, type TrackerState } from "./tracker.ts";

/** A confirmed track in the picture just looked at. */
export type Shown = {
  readonly track: Track;
  readonly box: Box;
  /** False for one that the detector has missed in this picture: the box is then the believed one. */
  readonly seen: boolean;
};

/** A detector misses one in ten for no reason, seldom twice running: after the second miss somebody may well have gone. */
const MISSES_MAX = 1;
/** Vaguer beliefs would overlap too little with the object to stand for it (a fifth of its size off leaves an IoU of two thirds). */
const SPREAD_MAX = 0.2;

/** Where the confirmed tracks are in the picture that `state` took in last: as detected, or as believed across a single miss. */
export function shownBoxes(state: TrackerState, at_ms: EpochMs): readonly Shown[] {
  return predictedBoxes(state, at_ms).flatMap(({ track, box, misses, spread }): readonly Shown[] => {
    if (track.state !== "confirmed") return [];
    if (track.seen_at_ms === at_ms) return [{ track, box: track.last.box, seen: true }];
    const believed = misses > 0 && misses <= MISSES_MAX && spread <= SPREAD_MAX;
    return believed ? [{ track, box, seen: false }] : [];
  });
}
