import type { EpochMs } from "@yardline/domain/time";
import { SILENT_MS } from "@yardline/matching/follow";
import type { Placement } from "@yardline/matching/placement";
import {
  coarsened,
  type OnLine,
  type PublicPositions,
  type Shown,
  shownOf,
} from "@yardline/privacy/public-positions";
import type { Fleet, Heard } from "./fleet.ts";

/** Vehicles that were heard of lately, as they are: for dispatchers. */
export function heardLately(fleet: Fleet, now_ms: EpochMs): readonly Heard[] {
  return fleet.listHeard().filter(({ position }) => now_ms - position.at_ms <= SILENT_MS);
}

/**
 * Vehicles as the public may know them. Everything that the public gets is made of these: maps, boards, feeds. So predictions
 * tell no more than the place does: those of a delayed vehicle are made from where it was, those of a coarsened one from the
 * middle of its stretch of line, and of a hidden one there are none.
 */
export function publicHeard(fleet: Fleet, policy: PublicPositions, now_ms: EpochMs): readonly Heard[] {
  return heardLately(fleet, now_ms).flatMap((heard) => {
    const { vehicle_id } = heard.position;
    const now = shownOf(policy, vehicle_id, lineOf(heard));
    if (!now || now.delay_ms === 0) return now ? [asShown(heard, now)] : [];
    const then = fleet.findHeardAt(vehicle_id, now_ms - now.delay_ms);
    if (!then || now_ms - now.delay_ms - then.position.at_ms > SILENT_MS) return [];
    // What it drove then may be more secret than what it drives now.
    const was = shownOf(policy, vehicle_id, lineOf(then));
    if (!was || was.delay_ms > now.delay_ms) return [];
    return [
      asShown({ ...then, held_ms: now.delay_ms }, { ...now, grid_m: Math.max(now.grid_m, was.grid_m) }),
    ];
  });
}

/** When any vehicle that the public may know of was last heard of, however long ago; undefined where none was. It says nothing of where. */
export function lastHeard_ms(fleet: Fleet, policy: PublicPositions, now_ms: EpochMs): EpochMs | undefined {
  const times = fleet.listHeard().flatMap((heard) => {
    const seen = shownOf(policy, heard.position.vehicle_id, lineOf(heard));
    return seen ? Math.min(heard.position.at_ms, now_ms - seen.delay_ms) : [];
  });
  return times.length === 0 ? undefined : times.reduce((newest, at_ms) => Math.max(newest, at_ms));
}

function lineOf({ placement }: Heard): OnLine | undefined {
  return placement && { feed: placement.timetable.feed, route_id: placement.run.trip.pattern.route.route_id };
}

function asShown(heard: Heard, { grid_m }: Shown): Heard {
  if (grid_m === 0) return heard;
  const { position, placement, ...rest } = heard;
  const { vehicle_id, at_ms, received_at_ms } = position;
  return {
    ...rest,
    coarsened: true,
    position: { vehicle_id, at_ms, received_at_ms, ...coarsened(position, grid_m) },
    placement: placement && coarsePlacement(placement, grid_m),
  };
}

function coarsePlacement(placement: Placement, grid_m: number): Placement {
  const { stop_at_m } = placement.run.trip.pattern;
  const [first_m = 0, last_m = 0] = [stop_at_m[0], stop_at_m.at(-1)];
  const middle_m = (Math.floor(placement.at_m / grid_m) + 0.5) * grid_m;
  return { ...placement, at_m: Math.min(last_m, Math.max(first_m, middle_m)) };
}
