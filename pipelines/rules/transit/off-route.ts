import { type EpochMs, isoOf } from "@yardline/domain/time";
import { isSameRun } from "@yardline/matching/follow";
import type { Move, Placement } from "@yardline/matching/placement";
import { defineTransitRule, type Judged } from "./transit-rule.ts";
import { nextStop } from "./zone.ts";

/** Beside its line for less it may be noise, or a bus that turns round. */
const OFF_MS_MAX = 60_000;

type Away = {
  /** When it was last seen on its line, and where. */
  readonly left_ms: EpochMs;
  readonly placement: Placement;
  readonly told: boolean;
};

type Found = Judged<Away | undefined>["found"][number];

/** A vehicle is beside the line of its run: a detour, a short cut, or it drives something else. Closed when it is back or off the run. */
export const offRoute = defineTransitRule<Away | undefined>({
  raises: "transit.off-route",
  start: undefined,
  judge(memory, move) {
    const { before, after, at_ms, detoured } = move;
    if (!before || !after || !isSameRun(before.run, after.run))
      return { memory: undefined, found: ended(memory, move, "left") };
    if (after.on_path || detoured) return { memory: undefined, found: ended(memory, move, "returned") };
    const away = memory ?? leaving(before);
    if (!away || away.told || at_ms - away.left_ms < OFF_MS_MAX) return { memory: away, found: [] };
    return { memory: { ...away, told: true }, found: [foundOf(away, "open", {})] };
  },
});

/** Only who was on the line can leave it: before its first stop a vehicle is on its way to work. */
function leaving(before: Placement): Away | undefined {
  return before.on_path ? { left_ms: before.at_ms, placement: before, told: false } : undefined;
}

function ended(away: Away | undefined, { at_ms }: Move, how: "left" | "returned"): readonly Found[] {
  if (!away?.told) return [];
  const away_s = Math.round((at_ms - away.left_ms) / 1000);
  return [foundOf(away, "closed", { away_s, ended: how })];
}

function foundOf({ placement, left_ms }: Away, state: "open" | "closed", facts: Found["facts"]): Found {
  const { run, timetable, at_m } = placement;
  const stop = nextStop(run.trip.pattern, at_m);
  return { state, severity: "notice", run, timetable, stop, facts: { left_at: isoOf(left_ms), ...facts } };
}
