import { distance_m } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import { duePlace_m } from "@yardline/timetable/along";
import type { Run, Timetable } from "@yardline/timetable/timetable";
import type { Fix } from "./fix.ts";
import type { Network } from "./network.ts";
import { BACK_NOISE_M, type Move, type Placement, placeOn } from "./placement.ts";
import { searchRun } from "./search.ts";
import { extendTrail, standing_ms, type Trail } from "./trail.ts";

/** What is known of one vehicle after a fix: the whole memory of matching. Immutable, so that keeping one costs nothing. */
export type Following = {
  /** The last fix that was believed. */
  readonly fix?: Fix;
  /** A fix that would need flying; believed when the next one agrees with it. */
  readonly jumped?: Fix;
  readonly trail: Trail;
  readonly placement?: Placement;
  /** The farthest that the vehicle came on this run, and when. */
  readonly reached?: { readonly at_m: number; readonly at_ms: EpochMs };
};

export const UNKNOWN: Following = { trail: [] };

/** Without a fix for so long a vehicle is on no run any more. */
export const SILENT_MS = 10 * 60_000;
/** Faster than any bus, and far enough not to be mere noise between two quick fixes. */
const JUMP_MPS = 45;
const JUMP_MIN_M = 300;
/** A vehicle whose run we found ourselves loses it after so long beside the line … */
const OFF_PATH_MS = 90_000;
/** … or standing at one place for so long, at a terminal or broken down. */
const STANDING_MS = 15 * 60_000;
/** This near to the last stop a run is over: well inside what counts as being at the stop. */
const END_M = 15;

export type Followed = { readonly following: Following; readonly moves: readonly Move[] };

/**
 * Takes one fix, later than all before it, and tells how the vehicle moved on its run. Pure: the same fixes in the same
 * order always give the same moves.
 */
export function follow(network: Network, vehicle_id: string, before: Following, fix: Fix): Followed {
  const { fix: last, jumped } = before;
  const jumps = last !== undefined && isJump(last, fix);
  const agrees = jumped !== undefined && !isJump(jumped, fix);
  if (jumps && !agrees) return { following: { ...before, jumped: fix }, moves: [] };
  const breaks = jumps || (last !== undefined && fix.at_ms - last.at_ms > SILENT_MS);
  const silence = breaks ? hush(vehicle_id, before, fix.at_ms) : [];
  const known = breaks ? UNKNOWN : before;
  const { path, ...next } = placed(network, known, fix);
  const moves = movesOf(vehicle_id, known.placement, path, fix.at_ms);
  return { following: { fix, ...next }, moves: [...silence, ...moves] };
}

/** What it means that no fix comes after the last one until an instant: the vehicle leaves its run, `SILENT_MS` after it. */
export function hush(vehicle_id: string, { fix, placement }: Following, until_ms: EpochMs): readonly Move[] {
  if (!fix || !placement) return [];
  const at_ms = Math.min(fix.at_ms + SILENT_MS, until_ms);
  return [{ vehicle_id, at_ms, before: placement, after: undefined, silent: true }];
}

function isJump(a: Fix, b: Fix): boolean {
  const jumped_m = distance_m(a, b);
  return jumped_m > JUMP_MIN_M && jumped_m > JUMP_MPS * ((b.at_ms - a.at_ms) / 1000);
}

type Placed = Omit<Following, "fix" | "jumped"> & {
  /** The placements that this fix made known, oldest first; one with `undefined` leaves the run. */
  readonly path: readonly (Placement | undefined)[];
};

function placed(network: Network, known: Following, fix: Fix): Placed {
  const named = fix.trip_id === undefined ? undefined : network.findTrip(fix.trip_id);
  if (named) {
    const run = named.timetable.runNearest(named.trip, fix.at_ms, fix.start_date);
    const placement = onNamedRun(named.timetable, run, known.placement, fix);
    return { placement, path: [placement], trail: [] };
  }
  const { placement: before } = known;
  const trail = extendTrail(known.trail, fix);
  const stays = before && !before.named ? onFoundRun(known, before, trail, fix) : undefined;
  if (stays) {
    const reached = known.reached && known.reached.at_m >= stays.at_m ? known.reached : stays;
    return { placement: stays, path: [stays], trail, reached };
  }
  // What was driven on the run just left must not be told once more.
  const rest = before ? trail.filter(({ at_ms }) => at_ms >= (known.reached ?? before).at_ms) : trail;
  const found = searchRun(network, rest);
  const placement = found.at(-1);
  return {
    ...(placement && { placement, reached: placement }),
    path: before ? [undefined, ...found] : found,
    trail: rest,
  };
}

/** The source names the trip: believed, wherever the vehicle is. */
function onNamedRun(timetable: Timetable, run: Run, before: Placement | undefined, fix: Fix): Placement {
  const same = before && isSameRun(before.run, run) ? before : undefined;
  const common = { timetable, run: same?.run ?? run, named: true, confidence: 1 };
  const at_m = placeOn(run, timetable.plane.project(fix), fix.at_ms, same);
  if (at_m !== undefined) return { ...common, at_m, at_ms: fix.at_ms, on_path: true };
  if (same) return { ...same, on_path: false };
  return { ...common, at_m: duePlace_m(run, fix.at_ms), at_ms: fix.at_ms, on_path: false };
}

/** We found the run ourselves: kept while the vehicle drives along it. */
function onFoundRun(
  { reached }: Following,
  before: Placement,
  trail: Trail,
  fix: Fix,
): Placement | undefined {
  const { run, timetable } = before;
  const end_m = (run.trip.pattern.stop_at_m.at(-1) ?? 0) - END_M;
  if (before.at_m >= end_m || standing_ms(trail) > STANDING_MS) return undefined;
  const at_m = placeOn(run, timetable.plane.project(fix), fix.at_ms, before);
  if (at_m === undefined) {
    return fix.at_ms - before.at_ms > OFF_PATH_MS ? undefined : { ...before, on_path: false };
  }
  return reached && at_m < reached.at_m - 2 * BACK_NOISE_M
    ? undefined
    : { ...before, at_m, at_ms: fix.at_ms, on_path: true };
}

/** Whether two runs are the same trip on the same day. */
export function isSameRun(a: Run, b: Run): boolean {
  return a.trip === b.trip && a.service_date === b.service_date && a.start_time === b.start_time;
}

function movesOf(
  vehicle_id: string,
  start: Placement | undefined,
  path: readonly (Placement | undefined)[],
  at_ms: EpochMs,
): readonly Move[] {
  return path.map((after, i) => {
    const before = i === 0 ? start : path[i - 1];
    return { vehicle_id, at_ms: after?.on_path ? after.at_ms : at_ms, before, after, silent: false };
  });
}
