import { isoOf } from "@yardline/domain/time";
import type { Move } from "@yardline/matching/placement";
import { defineTransitRule } from "./transit-rule.ts";
import { nextStop, stopAt } from "./zone.ts";

/** A vehicle on its run was not heard of for so long that nobody knows where it is. Taken back when its fixes come after all. */
export const noSignal = defineTransitRule({
  raises: "transit.no-signal",
  start: undefined,
  judge(_memory, { silent, before }: Move) {
    if (!silent || !before) return { memory: undefined, found: [] };
    const { run, timetable, at_m, at_ms } = before;
    const { pattern } = run.trip;
    const last = pattern.stops.length - 1;
    if (stopAt(pattern, at_m) === last) return { memory: undefined, found: [] };
    const found = {
      state: "closed",
      severity: "notice",
      run,
      timetable,
      stop: nextStop(pattern, at_m),
      facts: { last_seen_at: isoOf(at_ms) },
    } as const;
    return { memory: undefined, found: [found] };
  },
});
