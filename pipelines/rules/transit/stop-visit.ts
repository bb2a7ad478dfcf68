import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { Move, Placement } from "@yardline/matching/placement";
import { stopsPassed } from "@yardline/timetable/along";
import { arrivalOf } from "@yardline/timetable/timetable";
import { crossedAt, type Progress, progressOf } from "./crossing.ts";
import { defineTransitRule, type Judged } from "./transit-rule.ts";
import { zoneEnd_m, zoneStart_m } from "./zone.ts";

/** A vehicle found this far back was never where we thought; less is noise. */
const RETURN_M = 160;

type Visit = { readonly stop: number; readonly arrived_ms: EpochMs };

/** What the vehicle did on its run since it was last seen coming on it. */
type Memory = {
  /** The first stop that it can have called at, and the next one that it will. */
  readonly first: number;
  readonly next: number;
  /** Where it stands now. */
  readonly at?: Visit;
};

type Found = Judged<Memory>["found"][number];

const NOWHERE: Memory = { first: 0, next: 0 };

/**
 * A vehicle's call at a stop: opened when it comes within 25 m of it along the line, closed when it leaves; passing by is
 * both at once, and the last stop is closed by arriving. What happened beside the line or in silence is not claimed.
 */
export const stopVisit = defineTransitRule({
  raises: "transit.stop-visit",
  start: NOWHERE,
  judge(memory: Memory, move: Move) {
    const progress = progressOf(move);
    if (!progress) return interrupted(memory, move);
    const { before, after } = progress;
    return after.at_m < before.at_m - RETURN_M ? returned(memory, after) : progressed(memory, progress);
  },
});

/** The vehicle came on a run, left it, or was beside it. */
function interrupted({ at }: Memory, { before, after, silent }: Move): Judged<Memory> {
  const closed = at && before ? [leftUnseen(before, at, silent)] : [];
  if (!after?.on_path) return { memory: NOWHERE, found: closed };
  const entered = entering(after);
  return { memory: entered.memory, found: [...closed, ...entered.found] };
}

function entering(placement: Placement): Judged<Memory> {
  const { pattern } = placement.run.trip;
  const behind = Math.max(0, stopsPassed(pattern, placement.at_m) - 1);
  const first = placement.at_m > zoneEnd_m(pattern, behind) ? behind + 1 : behind;
  return progressed({ first, next: first }, { before: placement, after: placement });
}

function progressed(memory: Memory, progress: Progress): Judged<Memory> {
  const { after } = progress;
  const { pattern } = after.run.trip;
  const found: Found[] = [];
  let { at, next } = memory;
  for (;;) {
    if (at && after.at_m < zoneEnd_m(pattern, at.stop)) break;
    if (at) found.push(departed(after, at, crossedAt(progress, zoneEnd_m(pattern, at.stop))));
    at = undefined;
    if (next >= pattern.stops.length || after.at_m < zoneStart_m(pattern, next)) break;
    const visit = { stop: next, arrived_ms: crossedAt(progress, zoneStart_m(pattern, next)) };
    next += 1;
    if (next === pattern.stops.length) found.push(visited(after, visit, "closed"));
    else at = visit;
  }
  if (at && at !== memory.at) found.push(visited(after, at, "open"));
  return { memory: { first: memory.first, next, ...(at && { at }) }, found };
}

/** The visits behind the place where it really is were a mistake, as at the two ends of a loop. */
function returned({ first, next }: Memory, after: Placement): Judged<Memory> {
  const entered = entering(after);
  const mistaken = Array.from({ length: next - first }, (_, i) => first + i).filter(
    (stop) => stop >= entered.memory.first,
  );
  const withdrawn = mistaken.map((stop) => visited(after, { stop, arrived_ms: after.at_ms }, "withdrawn"));
  return {
    memory: { ...entered.memory, first: Math.min(first, entered.memory.first) },
    found: [...withdrawn, ...entered.found],
  };
}

function departed(placement: Placement, visit: Visit, at_ms: EpochMs): Found {
  const departed_at = isoOf(Math.max(at_ms, visit.arrived_ms));
  return visited(placement, visit, "closed", { departed_at, ended: "departed" });
}

/** It was gone from the line, or silent, before it was seen to leave: the last time that it was seen there is all we know. */
function leftUnseen(before: Placement, visit: Visit, silent: boolean): Found {
  return silent ? visited(before, visit, "closed", { ended: "lost" }) : departed(before, visit, before.at_ms);
}

function visited(
  { run, timetable }: Placement,
  { stop, arrived_ms }: Visit,
  state: Found["state"],
  facts: Found["facts"] = {},
): Found {
  const delay_s = Math.round((arrived_ms - arrivalOf(run, stop)) / 1000);
  return {
    state,
    run,
    timetable,
    stop,
    facts: { arrived_at: isoOf(arrived_ms), delay_s, ...facts },
    severity: "info",
  };
}
