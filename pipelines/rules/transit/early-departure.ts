import type { Move } from "@yardline/matching/placement";
import { departureOf } from "@yardline/timetable/timetable";
import { crossedAt, progressOf } from "./crossing.ts";
import { defineTransitRule } from "./transit-rule.ts";
import { nextStop, stopAt, zoneEnd_m } from "./zone.ts";

/** Passengers who come a minute before the time must not find the bus gone. */
const EARLY_S_MAX = 60;
/** A vehicle must fall back so far before it can leave early once more. */
const HYSTERESIS_S = 30;

type Memory = {
  /** The next stop that it has not left yet. */
  readonly next: number;
  readonly early: boolean;
};

const ANEW: Memory = { next: 0, early: false };

/** A vehicle leaves a stop before its time: told at the first stop where it does, until it is on time again. */
export const earlyDeparture = defineTransitRule({
  raises: "transit.early-departure",
  start: ANEW,
  judge(memory: Memory, move: Move) {
    const progress = progressOf(move);
    if (!progress) return { memory: entering(move), found: [] };
    const { run, timetable, at_m } = progress.after;
    const { pattern } = run.trip;
    const found = [];
    let { next, early } = memory;
    for (; next < pattern.stops.length - 1 && at_m >= zoneEnd_m(pattern, next); next += 1) {
      const left_ms = crossedAt(progress, zoneEnd_m(pattern, next));
      const early_s = Math.round((departureOf(run, next) - left_ms) / 1000);
      const isEarly = early_s > EARLY_S_MAX - (early ? HYSTERESIS_S : 0);
      if (isEarly && !early)
        found.push({
          state: "closed",
          severity: next === 0 ? "notice" : "info",
          run,
          timetable,
          stop: next,
          facts: { early_s },
        } as const);
      early = isEarly;
    }
    return { memory: { next, early }, found };
  },
});

/** What lies behind the vehicle when it comes on a run was not seen to be left. */
function entering({ after }: Move): Memory {
  if (!after?.on_path) return ANEW;
  const { pattern } = after.run.trip;
  return { next: stopAt(pattern, after.at_m) ?? nextStop(pattern, after.at_m), early: false };
}
