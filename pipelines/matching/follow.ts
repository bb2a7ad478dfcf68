import { distance_m } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import { duePlace_m } from "@yardline/timetable/along";
import type { Run, Timetable } from "@yardline/timetable/timetable";
import type { Weighed } from "./begin.ts";
import { type Belief, type Hypothesis, NOTHING_KNOWN } from "./belief.ts";
import { believe } from "./believe.ts";
import { carried } from "./carry.ts";
import { decide } from "./decide.ts";
import type { Fix } from "./fix.ts";
import { Glance } from "./glance.ts";
import { withAssigned } from "./links.ts";
import { hasSameStops, type Network } from "./network.ts";
import { type Move, type Placement, placeOn } from "./placement.ts";

/** What is known of one vehicle after a fix: the whole memory of matching. Immutable, so that keeping one costs nothing. */
export type Following = {
  /** The last fix that was believed. */
  readonly fix?: Fix;
  /** A fix that would need flying; believed when the next one agrees with it. */
  readonly jumped?: Fix;
  readonly belief: Belief;
  /** The last fix that was weighed. */
  readonly weighed?: Fix;
  /** Since when the vehicle has been where it is, give or take `STANDS_M`. */
  readonly stands?: Fix;
  readonly placement?: Placement;
  /** The run that it was last placed on. */
  readonly last?: { readonly timetable: Timetable; readonly run: Run };
};

export const UNKNOWN: Following = { belief: NOTHING_KNOWN };

/** Without a fix for so long a vehicle is on no run any more. */
export const SILENT_MS = 10 * 60_000;
/** After so long nothing is known of where it might be. */
const FORGOTTEN_MS = 45 * 60_000;
/** Faster than any bus, and far enough not to be mere noise between two quick fixes. */
const JUMP_MPS = 45;
const JUMP_MIN_M = 300;
/** A vehicle has to get on so far before another fix says something new. */
const WEIGHED_M = 40;
/** Within this a vehicle stands. */
const STANDS_M = 30;
/** What is left for other runs when a source stops naming the one a vehicle is on. */
const NAMED = 0.98;

export type Followed = { readonly following: Following; readonly moves: readonly Move[] };

/**
 * Takes one fix, later than all before it, and tells how the vehicle moved on its run. Pure: the same fixes in the same
 * order always give the same moves.
 * @param assigned runs that people say this vehicle drives: a strong prior, overruled by where it is.
 */
export function follow(
  network: Network,
  vehicle_id: string,
  known_before: Following,
  fix: Fix,
  assigned: readonly Run[] = [],
): Followed {
  const before = carried(network, known_before);
  const { fix: last, jumped } = before;
  const jumps = last !== undefined && isJump(last, fix);
  const agrees = jumped !== undefined && !isJump(jumped, fix);
  if (jumps && !agrees) return { following: { ...before, jumped: fix }, moves: [] };
  const silent_ms = last ? fix.at_ms - last.at_ms : 0;
  const breaks = jumps || silent_ms > SILENT_MS;
  const silence = breaks ? hush(vehicle_id, before, fix.at_ms) : [];
  const known = breaks ? afterBreak(before, jumps || silent_ms > FORGOTTEN_MS) : before;
  const { path, ...following } = placed(network, known, fix, assigned);
  const left = before.placement ? [] : leaves(vehicle_id, known_before.placement, fix.at_ms);
  const moves = movesOf(network, vehicle_id, known.placement, path, fix.at_ms);
  return { following, moves: [...left, ...silence, ...moves] };
}

/** What it means that no fix comes after the last one until an instant: the vehicle leaves its run, `SILENT_MS` after it. */
export function hush(vehicle_id: string, { fix, placement }: Following, until_ms: EpochMs): readonly Move[] {
  if (!fix || !placement) return [];
  const at_ms = Math.min(fix.at_ms + SILENT_MS, until_ms);
  return [{ vehicle_id, at_ms, before: placement, after: undefined, silent: true, detoured: false }];
}

function isJump(a: Fix, b: Fix): boolean {
  const jumped_m = distance_m(a, b);
  return jumped_m > JUMP_MIN_M && jumped_m > JUMP_MPS * ((b.at_ms - a.at_ms) / 1000);
}

/** A vehicle that comes back is told anew, though we may still think what we thought of it. */
function afterBreak({ placement: _, ...before }: Following, forgotten: boolean): Following {
  if (forgotten) return { ...UNKNOWN, ...(before.last && { last: before.last }) };
  const on = before.belief.on.map((each) => ({ ...each, seen: [] }));
  return { ...before, belief: { ...before.belief, on } };
}

type Placed = Following & {
  /** The placements that this fix made known, oldest first; one with `undefined` leaves the run. */
  readonly path: readonly (Placement | undefined)[];
};

function placed(network: Network, known: Following, fix: Fix, assigned: readonly Run[]): Placed {
  const named = network.findNamed(fix);
  if (!named) return found(network, known, fix, assigned);
  const placement = onNamedRun(named.timetable, named.run, known.placement, fix);
  const belief = { none: 1 - NAMED, on: [hypothesisOf(placement)] };
  return { fix, belief, weighed: fix, stands: fix, placement, last: placement, path: [placement] };
}

/** The source names the trip: believed, wherever the vehicle is. */
function onNamedRun(timetable: Timetable, run: Run, before: Placement | undefined, fix: Fix): Placement {
  const same = before && isSameRun(before.run, run) ? before : undefined;
  const common = { timetable, run: same?.run ?? run, named: true, confidence: 1 };
  const passes = new Glance(fix).passes(timetable, run.trip.pattern);
  const at_m = placeOn(run, passes, fix.at_ms, same)?.at_m;
  if (at_m !== undefined) return { ...common, at_m, at_ms: fix.at_ms, on_path: true };
  if (same) return { ...same, on_path: false };
  return { ...common, at_m: duePlace_m(run, fix.at_ms), at_ms: fix.at_ms, on_path: false };
}

function hypothesisOf({ timetable, run, at_m, at_ms, on_path }: Placement): Hypothesis {
  return { timetable, run, share: NAMED, at_m, at_ms, on_path, weighed_m: at_m, seen: [] };
}

/** We look for the run ourselves. */
function found(network: Network, known: Following, fix: Fix, assigned: readonly Run[]): Placed {
  const { fix: before, last } = known;
  const glance = new Glance(fix);
  const stands = known.stands && distance_m(known.stands, fix) < STANDS_M ? known.stands : fix;
  const straight_m = known.weighed ? distance_m(known.weighed, fix) : 0;
  const took_ms = fix.at_ms - (known.weighed?.at_ms ?? fix.at_ms);
  const step = {
    fix,
    glance,
    took_ms: before ? fix.at_ms - before.at_ms : 0,
    hop: straight_m >= WEIGHED_M ? { straight_m, took_ms } : undefined,
    stood_ms: fix.at_ms - stands.at_ms,
    isDetoured: ({ timetable, run, at_m }: Hypothesis) =>
      network.ordered.isDetoured(timetable, run, at_m, fix.at_ms),
  };
  const belief = believe(known.belief, {
    network,
    step,
    weighed: weighedOf(known.weighed),
    expected: withAssigned(last ? network.linksAfter(last, fix.at_ms) : [], assigned),
    assigned,
  });
  const path = decide(belief, known.placement, fix.at_ms);
  const now = path.at(-1);
  const lastNow = now ?? last;
  return {
    fix,
    belief,
    weighed: step.hop || !known.weighed ? fix : known.weighed,
    stands,
    ...(now && { placement: now }),
    ...(lastNow && { last: lastNow }),
    path,
  };
}

function weighedOf(fix: Fix | undefined): Weighed | undefined {
  return fix && { at_ms: fix.at_ms, glance: new Glance(fix) };
}

/** A run that no version of the timetable has any more is left. */
function leaves(vehicle_id: string, before: Placement | undefined, at_ms: EpochMs): readonly Move[] {
  return before ? [{ vehicle_id, at_ms, before, after: undefined, silent: false, detoured: false }] : [];
}

/** Whether two runs are the same trip on the same day, if need be in two versions of a timetable that have it call at the same stops. */
export function isSameRun(a: Run, b: Run): boolean {
  if (a.service_date !== b.service_date || a.start_time !== b.start_time) return false;
  if (a.trip === b.trip) return true;
  return a.trip.trip_id === b.trip.trip_id && hasSameStops(a.trip.pattern, b.trip.pattern);
}

function movesOf(
  { ordered }: Network,
  vehicle_id: string,
  start: Placement | undefined,
  path: readonly (Placement | undefined)[],
  at_ms: EpochMs,
): readonly Move[] {
  return path.map((after, i) => {
    const before = i === 0 ? start : path[i - 1];
    const detoured = after !== undefined && ordered.isDetoured(after.timetable, after.run, after.at_m, at_ms);
    return {
      vehicle_id,
      at_ms: after?.on_path ? after.at_ms : at_ms,
      before,
      after,
      silent: false,
      detoured,
    };
  });
}
