import { isNowhere, type LatLon } from "@yardline/domain/geo";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { CarriedBy } from "@yardline/events/yard-fields";
import type { CapturedFix } from "@yardline/sources/positions/carried-positions";

/** An older fix places nobody: at 50 km/h a bus has gone 140 m by then. */
export const FIX_AGE_MS_MAX = 10_000;
/** Fixes kept to place pictures that are looked at late: some ten seconds of a receiver at 18 Hz. */
const KEPT_MAX = 256;

/** Where a picture was taken, and by what that is known; a fixed camera needs no telling. */
export type Placed = { readonly place: LatLon; readonly position?: CarriedBy };

type Camera = {
  /** Where it hangs. */
  readonly place?: LatLon | undefined;
  /** Set where it rides: on which vehicle, if anybody said so. */
  readonly ride?: { readonly vehicle_id?: string } | undefined;
};

/** Where one camera is: always at one place, or wherever its vehicle was at that moment. */
export class Whereabouts {
  readonly #camera: Camera;
  #fixes: readonly CapturedFix[] = [];

  constructor(camera: Camera) {
    this.#camera = camera;
  }

  /** Takes fixes in any order. A receiver that has no fix, or says 0°, 0°, places nobody. */
  take(fixes: readonly CapturedFix[]): void {
    const believed = fixes.filter(({ fix }) => fix.valid !== false && !isNowhere(fix));
    if (believed.length === 0) return;
    const all = [...this.#fixes, ...believed].toSorted((a, b) => a.captured_ms - b.captured_ms);
    this.#fixes = all.slice(-KEPT_MAX);
  }

  /** Where it was at a moment of its pictures; undefined where no fix of the ten seconds before tells. */
  at(at_ms: EpochMs): Placed | undefined {
    const { place, ride } = this.#camera;
    if (!ride) return place && { place };
    const newest = this.#fixes.findLast(({ captured_ms }) => captured_ms <= at_ms);
    const age_ms = at_ms - (newest?.captured_ms ?? 0);
    if (!newest || age_ms > FIX_AGE_MS_MAX) return undefined;
    const { fix, captured_ms } = newest;
    const timed = fix.at_ms !== undefined && {
      fix_at: isoOf(fix.at_ms),
      clock_off_ms: Math.round(captured_ms - fix.at_ms),
    };
    return {
      place: { latitude: fix.latitude, longitude: fix.longitude },
      position: {
        ...(ride.vehicle_id !== undefined && { vehicle: ride.vehicle_id }),
        age_ms: Math.round(age_ms),
        ...timed,
      },
    };
  }
}
