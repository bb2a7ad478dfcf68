import { distance_m } from "@yardline/domain/geo";
import { type Alignment, alignOn, type Usual } from "@yardline/timetable/align";
import { dueAt } from "@yardline/timetable/along";
import { listPasses } from "@yardline/timetable/path";
import type { Run } from "@yardline/timetable/timetable";
import type { Fix } from "./fix.ts";
import type { Line, Network } from "./network.ts";
import { OFF_MAX_UNDRAWN_M, offMax_m, type Placement } from "./placement.ts";
import type { Trail } from "./trail.ts";

/** A vehicle is looked for only after it drove so far along a line: less does not tell a line from a crossing street. */
const DRIVEN_MIN_M = 250;
/** Two fixes make a direction, a third one confirms it. */
const FIXES_MIN = 3;
/** The mean cost of a fix on a line that is really driven stays below this (off by twice the usual distance). */
const COST_MAX = 4;
/** A run is named when it is at least so sure against all others; until then the vehicle is on none. */
const CONFIDENCE_MIN = 0.6;
/** Usual distance from the timetable; vehicles leave early far less than late. */
const LATE_USUAL_MS = 6 * 60_000;
const EARLY_USUAL_MS = 2 * 60_000;

const USUAL_FIX: Omit<Usual, "off_max_m"> = {
  off_usual_m: 25,
  hop_usual_m: 80,
  hop_usual_share: 0.5,
  back_max_m: 40,
};

type Candidate = { readonly line: Line; readonly way: Trail; readonly aligned: Alignment };

/**
 * Looks for the run that a vehicle drives by its trail alone: lines that the trail follows in their own direction, then by
 * the timetable which of their runs. Gives one placement for each fix of the trail that lies on the line, oldest first;
 * none where the vehicle stands, is off every line, or two runs fit alike.
 */
export function searchRun(network: Network, trail: Trail): readonly Placement[] {
  const last = trail.at(-1);
  const way_m = trail.reduce((sum, fix, i) => sum + distance_m(trail[i - 1] ?? fix, fix), 0);
  if (!last || way_m < DRIVEN_MIN_M) return [];
  const active = network.runsActiveAt(last.at_ms);
  const runs = network
    .listLinesNear(last, OFF_MAX_UNDRAWN_M)
    .filter(({ pattern }) => active.has(pattern))
    .filter(({ pattern }) => last.route_id === undefined || pattern.route.route_id === last.route_id)
    .flatMap((line) => followed(line, trail) ?? [])
    .flatMap((candidate) =>
      (active.get(candidate.line.pattern) ?? []).map((run) => ({
        candidate,
        run,
        cost: candidate.aligned.cost + timeCost(run, candidate.aligned, last),
      })),
    );
  if (runs.length === 0) return [];
  const best = runs.reduce((a, b) => (b.cost < a.cost ? b : a));
  const confidence = 1 / runs.reduce((sum, { cost }) => sum + Math.exp(best.cost - cost), 0);
  if (confidence < CONFIDENCE_MIN) return [];
  const { line, way, aligned } = best.candidate;
  return way.map((fix, i) => ({
    timetable: line.timetable,
    run: best.run,
    at_m: aligned.at_m[i] ?? 0,
    at_ms: fix.at_ms,
    on_path: true,
    named: false,
    confidence,
  }));
}

/** The end of the trail that lies on a line, where it follows the line far enough and in its direction. */
function followed(line: Line, trail: Trail): Candidate | undefined {
  const { path } = line.pattern;
  const usual = { ...USUAL_FIX, off_max_m: offMax_m(line.pattern) };
  const points = trail.map((fix) => line.timetable.plane.project(fix));
  const off = points.findLastIndex((point) => listPasses(path, point, usual.off_max_m).length === 0);
  // After a turn at a terminal only the newer part of the trail runs along the line: halve it until it does.
  for (let from = off + 1; trail.length - from >= FIXES_MIN; from = (from + trail.length) >> 1) {
    const way = trail.slice(from);
    const hops = way.map((fix, i) => distance_m(way[i - 1] ?? fix, fix));
    const aligned = alignOn(path, points.slice(from), hops, usual);
    if (!aligned) continue;
    const driven_m = (aligned.at_m.at(-1) ?? 0) - (aligned.at_m[0] ?? 0);
    return driven_m >= DRIVEN_MIN_M && aligned.cost <= COST_MAX ? { line, way, aligned } : undefined;
  }
  return undefined;
}

function timeCost(run: Run, { at_m }: Alignment, last: Fix): number {
  const delay_ms = last.at_ms - dueAt(run, at_m.at(-1) ?? 0);
  return (delay_ms / (delay_ms > 0 ? LATE_USUAL_MS : EARLY_USUAL_MS)) ** 2;
}
