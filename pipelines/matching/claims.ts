import type { EpochMs } from "@yardline/domain/time";
import type { Run, Trip } from "@yardline/timetable/timetable";
import { type Hypothesis, placementOf } from "./belief.ts";
import { type Following, isSameRun, SILENT_MS } from "./follow.ts";
import type { Placement } from "./placement.ts";

/** How surely a vehicle that is on a run keeps others off it: now and then a second bus follows to help out. */
const KEEPS_OFF = 0.95;
/** A vehicle is told on the likeliest run of a line that is likelier than everything else together. */
const TOLD_MIN = 0.5;

type Claim = { readonly run: Run; readonly confidence: number; readonly at_ms: EpochMs };

/**
 * Which vehicle of a town is on which run: two are rarely on one. What is thought of a vehicle comes from its own fixes alone;
 * this only settles what is told of it while another one is on the run that it seems to be on.
 */
export class Claims {
  readonly #byTrip = new Map<Trip, Map<string, Claim>>();
  readonly #tripOf = new Map<string, Trip>();

  /**
   * Where a vehicle is told to be, others considered, after its latest fix. Its shares are weighed by how unlikely it is that
   * another vehicle has the run; a trip that the source names stands.
   */
  settle(vehicle_id: string, following: Following): Placement | undefined {
    const placement = following.placement?.named ? following.placement : this.#among(vehicle_id, following);
    this.#claim(vehicle_id, placement, following.fix?.at_ms ?? 0);
    return placement;
  }

  #among(vehicle_id: string, { belief, fix, placement }: Following): Placement | undefined {
    if (!fix || belief.on.length === 0) return placement;
    const freedom = belief.on.map(
      ({ run }) => 1 - KEEPS_OFF * this.#heldByOthers(vehicle_id, run, fix.at_ms),
    );
    if (freedom.every((free) => free === 1)) return placement;
    const weights = belief.on.map(({ share }, i) => share * (freedom[i] ?? 1));
    const best = belief.on[weights.indexOf(Math.max(...weights))];
    if (!best) return undefined;
    const sumOf = (counts: (each: Hypothesis) => boolean) =>
      weights.reduce((sum, weight, i) => (counts(belief.on[i] ?? best) ? sum + weight : sum), 0);
    const all = belief.none + sumOf(() => true);
    const onLine = sumOf(({ run }) => run.trip.pattern === best.run.trip.pattern);
    if (onLine < TOLD_MIN * all) return undefined;
    return placementOf(best, best, sumOf(({ run }) => run === best.run) / all);
  }

  #heldByOthers(vehicle_id: string, run: Run, at_ms: EpochMs): number {
    let held = 0;
    for (const [other, claim] of this.#byTrip.get(run.trip) ?? []) {
      const counts = other !== vehicle_id && isSameRun(claim.run, run) && at_ms - claim.at_ms <= SILENT_MS;
      if (counts && claim.confidence > held) held = claim.confidence;
    }
    return held;
  }

  #claim(vehicle_id: string, placement: Placement | undefined, at_ms: EpochMs): void {
    const before = this.#tripOf.get(vehicle_id);
    const trip = placement?.run.trip;
    if (before && before !== trip) {
      const claims = this.#byTrip.get(before);
      claims?.delete(vehicle_id);
      if (claims?.size === 0) this.#byTrip.delete(before);
      this.#tripOf.delete(vehicle_id);
    }
    if (!placement || !trip) return;
    const claims = this.#byTrip.get(trip) ?? new Map<string, Claim>();
    claims.set(vehicle_id, { run: placement.run, confidence: placement.confidence, at_ms });
    this.#byTrip.set(trip, claims);
    this.#tripOf.set(vehicle_id, trip);
  }
}
