import { isSameRun } from "@yardline/matching/follow";
import type { Move } from "@yardline/matching/placement";
import { stopsPassed } from "@yardline/timetable/along";
import { arrivalOf } from "@yardline/timetable/timetable";
import { crossedAt, progressOf } from "./crossing.ts";
import { defineTransitRule } from "./transit-rule.ts";

/** Where one class of delay ends and the next begins: early, on time, late, very late. */
const CLASS_EDGES_S = [-60, 180, 600] as const;
/** A delay must be so far inside another class to count as changed, else it would flicker at the edge. */
const HYSTERESIS_S = 30;
const ON_TIME = 1;
const VERY_LATE = 3;

type Memory = {
  readonly delay_class: number;
  readonly delay_s: number;
  /** The last stop at which it was measured: each is measured once. */
  readonly stop: number;
};

const AS_PLANNED: Memory = { delay_class: ON_TIME, delay_s: 0, stop: 0 };

/**
 * The delay of a vehicle on its run moved into another class, measured as it passes each stop (not the first: waiting there
 * is no earliness). Every run begins as on time.
 */
export const delayChanged = defineTransitRule({
  raises: "transit.delay-changed",
  start: AS_PLANNED,
  judge(memory: Memory, move: Move) {
    const progress = progressOf(move);
    if (!progress) return { memory: staysOn(move) ? memory : AS_PLANNED, found: [] };
    const { run, timetable, at_m } = progress.after;
    const stop = stopsPassed(run.trip.pattern, at_m) - 1;
    if (stop <= memory.stop) return { memory, found: [] };
    const passed_ms = crossedAt(progress, run.trip.pattern.stop_at_m[stop] ?? 0);
    const delay_s = Math.round((passed_ms - arrivalOf(run, stop)) / 1000);
    const delay_class = classOf(delay_s, memory.delay_class);
    const found = {
      state: "closed",
      timetable,
      run,
      stop,
      facts: { delay_before_s: memory.delay_s, delay_s },
      severity: delay_class === VERY_LATE ? "notice" : "info",
    } as const;
    return {
      memory: { delay_class, delay_s, stop },
      found: delay_class === memory.delay_class ? [] : [found],
    };
  },
});

/** Beside its path for a while, but on the same run. */
function staysOn({ before, after }: Move): boolean {
  return before !== undefined && after !== undefined && isSameRun(before.run, after.run);
}

function classOf(delay_s: number, known: number): number {
  return CLASS_EDGES_S.filter((edge_s, i) => delay_s > edge_s + (i < known ? -HYSTERESIS_S : HYSTERESIS_S))
    .length;
}
