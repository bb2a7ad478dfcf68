import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { SIGHTINGS_SURE } from "./expected-places.ts";
import type { Watched } from "./watching.ts";

/** So long after the last motion every picture is still wanted. */
export const CALM_AFTER_MS = 3_000;

/**
 * Whether a camera deserves every picture. Only while something moves, or somebody is there of whom it is not sure yet; who stands
 * still is remembered. Knows media time only.
 */
export class Attention {
  #until_ms: EpochMs = Number.POSITIVE_INFINITY;
  #at_ms: EpochMs = 0;

  get active(): boolean {
    return this.#at_ms < this.#until_ms;
  }

  take({ at_ms, why, tracks }: Pick<Watched, "at_ms" | "why" | "tracks">): void {
    this.#at_ms = at_ms;
    const stirs = why === "moved" || why === "expected" || why === "light" || why === "first";
    if (stirs || tracks.some(isUnsure)) this.#until_ms = at_ms + CALM_AFTER_MS;
  }
}

function isUnsure({ state, sightings }: Track): boolean {
  return state !== "lost" && sightings < SIGHTINGS_SURE;
}
