import { distance_m } from "@yardline/domain/geo";
import type { Fix } from "./fix.ts";

/** The latest way of a vehicle, thinned: of a standing one the first and the last fix, else one every `APART_M`. */
export type Trail = readonly Fix[];

/** Fixes nearer than this to each other are one place. */
const APART_M = 30;
/** What a trail holds: enough to tell a line and its direction. */
const TRAIL_FIXES_MAX = 24;

export function extendTrail(trail: Trail, fix: Fix): Trail {
  const [before, last] = [trail.at(-2), trail.at(-1)];
  const stands = before && last && distance_m(before, last) < APART_M && distance_m(before, fix) < APART_M;
  return [...(stands ? trail.slice(0, -1) : trail.slice(1 - TRAIL_FIXES_MAX)), fix];
}

/** How long a vehicle has been standing where the trail ends. */
export function standing_ms(trail: Trail): number {
  const [before, last] = [trail.at(-2), trail.at(-1)];
  return before && last && distance_m(before, last) < APART_M ? last.at_ms - before.at_ms : 0;
}
