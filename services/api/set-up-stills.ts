import { randomBytes } from "node:crypto";
import type { Clock } from "@yardline/domain/time";

/** A set-up still is needed for as long as somebody draws on it; then it is gone, and nothing of it was on a disk. */
export const STILL_MS = 10 * 60_000;
/** Half a megabyte each. */
const STILLS_MAX = 16;

type Still = {
  readonly jpeg: Uint8Array;
  readonly camera: string | undefined;
  readonly for: string;
  readonly at_ms: number;
};
export type KeptStill = { readonly id: string; readonly expires_ms: number };

/** Pictures taken so that masks and zones can be drawn: in memory alone, each for whoever had it taken. */
export type SetUpStills = {
  /** @param camera its id; undefined for one that is not set up yet. */
  keep(jpeg: Uint8Array, of: { readonly camera: string | undefined; readonly for: string }): KeptStill;
  /** Undefined for one that is over, that never was, or that is somebody else's. */
  find(id: string, by: string): Pick<Still, "jpeg" | "camera"> | undefined;
};

/** @param random as `randomBytes` of node:crypto. */
export function createSetUpStills(
  clock: Pick<Clock, "now_ms" | "monotonic_ms">,
  random: (bytes: number) => Buffer = randomBytes,
): SetUpStills {
  const kept = new Map<string, Still>();

  function dropOld(): void {
    const now_ms = clock.monotonic_ms();
    for (const [id, { at_ms }] of kept) if (now_ms - at_ms >= STILL_MS) kept.delete(id);
  }

  return {
    keep(jpeg, { camera, for: whom }) {
      dropOld();
      const [oldest] = kept.keys();
      if (kept.size >= STILLS_MAX && oldest !== undefined) kept.delete(oldest);
      const id = random(16).toString("base64url");
      kept.set(id, { jpeg, camera, for: whom, at_ms: clock.monotonic_ms() });
      return { id, expires_ms: clock.now_ms() + STILL_MS };
    },
    find(id, by) {
      dropOld();
      const still = kept.get(id);
      return still?.for === by ? still : undefined;
    },
  };
}
