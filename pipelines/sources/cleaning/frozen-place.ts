import type { LatLon } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";

/** Faster than this nobody stands. */
const MOVING_MPS = 3;
const STANDING_MPS = 0.5;
/** That many fixes at one place, of a bus that says it moves, over so long. */
const MOVING_FIXES = 5;
const MOVING_MS = 45_000;
/** What its wheels say it drove meanwhile. */
const DRIVEN_M = 300;
/** A receiver that never says the same place twice while it stands has shown so often that it does not. */
const TREMBLES_FIXES = 20;
const STUCK_FIXES = 30;
const STUCK_MS = 10 * 60_000;

/** What a receiver said last, and what speaks for its place being an old one. */
export type FrozenPlace = {
  readonly place?: LatLon;
  /** When it was first said, and how often since, each time with a new time. */
  readonly since_ms: EpochMs;
  readonly last_ms: EpochMs;
  readonly fixes: number;
  /** How often it said that it moves, all of these times at this one place. */
  readonly moving: number;
  readonly odometer_m?: number | undefined;
  /** How often, standing, it said another place than before. */
  readonly trembled: number;
  /** Whether the place that it says is not the one where it is. */
  readonly frozen: boolean;
};

export const NEVER_HEARD: FrozenPlace = {
  ...{ since_ms: 0, last_ms: 0, fixes: 0, moving: 0, trembled: 0, frozen: false },
};

type Said = LatLon & {
  readonly at_ms: EpochMs;
  readonly speed_mps?: number;
  readonly odometer_m?: number;
};

/**
 * Hears one fix after another. A bus that stands may well say one place for hours, as many receivers hold it still: frozen is only said
 * where something speaks against it: its speed, its wheels, or that this very receiver otherwise trembles.
 */
export function hearPlace(before: FrozenPlace, said: Said): FrozenPlace {
  const { at_ms, latitude, longitude, speed_mps = 0, odometer_m } = said;
  if (at_ms <= before.last_ms) return before;
  const isSame = before.place?.latitude === latitude && before.place.longitude === longitude;
  if (!isSame) {
    const trembles = before.place !== undefined && speed_mps < STANDING_MPS;
    return {
      place: { latitude, longitude },
      ...{ since_ms: at_ms, last_ms: at_ms, fixes: 1, moving: 0, odometer_m, frozen: false },
      trembled: Math.min(TREMBLES_FIXES, before.trembled + (trembles ? 1 : 0)),
    };
  }
  const now = {
    ...before,
    last_ms: at_ms,
    fixes: before.fixes + 1,
    moving: before.moving + (speed_mps >= MOVING_MPS ? 1 : 0),
    odometer_m: before.odometer_m ?? odometer_m,
  };
  return { ...now, frozen: before.frozen || isFrozen(now, odometer_m) };
}

function isFrozen(said: FrozenPlace, odometer_m: number | undefined): boolean {
  const for_ms = said.last_ms - said.since_ms;
  const driven_m = (odometer_m ?? 0) - (said.odometer_m ?? odometer_m ?? 0);
  if (driven_m >= DRIVEN_M) return true;
  if (said.moving >= MOVING_FIXES && for_ms >= MOVING_MS) return true;
  return said.trembled >= TREMBLES_FIXES && said.fixes >= STUCK_FIXES && for_ms >= STUCK_MS;
}
