import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { SIGHTINGS_SURE } from "./expected-places.ts";
import type { Watched } from "./watching.ts";

/** So long after the last motion every picture is still wanted. */
export const CALM_AFTER_MS = 3_000;
/** The same where the look that the motion brought found nothing: what goes on moving brings the next look before. */
const CALM_AFTER_NOTHING_MS = 1_000;

/**
 * Whether a camera deserves every picture. Only while something moves, or somebody is there of whom it is not sure yet; who stands
 * still is remembered. Knows media time only.
 */
export class Attention {
  /** Undefined before the first picture. */
  #until_ms: EpochMs | undefined;
  #at_ms: EpochMs = 0;

  get active(): boolean {
    return this.#until_ms === undefined || this.#at_ms < this.#until_ms;
  }

  take(watched: Pick<Watched, "at_ms" | "why" | "tracks" | "detections">): void {
    this.#at_ms = watched.at_ms;
    this.#until_ms = Math.max(this.#until_ms ?? 0, watched.at_ms + calmAfter_ms(watched));
  }
}

/** 0: this picture is no reason to look at more. */
function calmAfter_ms({ why, tracks, detections }: Parameters<Attention["take"]>[0]): number {
  const stirs = why === "moved" || why === "expected" || why === "light" || why === "first";
  if (!stirs && !tracks.some(isUnsure)) return 0;
  const isNothing = why === "moved" && detections?.length === 0 && tracks.length === 0;
  return isNothing ? CALM_AFTER_NOTHING_MS : CALM_AFTER_MS;
}

function isUnsure({ state, sightings }: Track): boolean {
  return state !== "lost" && sightings < SIGHTINGS_SURE;
}
