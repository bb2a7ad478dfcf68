import { type EpochMs, isoOf } from "@yardline/domain/time";
import { isSameRun } from "@yardline/matching/follow";
import type { Placement } from "@yardline/matching/placement";
import type { Run } from "@yardline/timetable/timetable";
import { defineTransitRule, type Finding, type Judged, type TransitRule } from "./transit-rule.ts";
import { nextStop, stopAt } from "./zone.ts";

/** So far along the line a vehicle that stands may seem to move: noise of cheap receivers between houses. */
const NOISE_M = 35;

/** Where a vehicle stands, and since when. */
export type Stand = {
  /** On the run's path when it came to stand. */
  readonly at_m: number;
  readonly since_ms: EpochMs;
  /** The stop in whose zone it stands. */
  readonly at_stop: number | undefined;
  /** That stop, or else the next one ahead. */
  readonly stop: number;
};

type Memory = Stand & { readonly placement: Placement; readonly told: boolean };
type Found = Judged<Memory | undefined>["found"][number];

type Definition = {
  readonly raises: string;
  readonly severity: Finding["severity"];
  /** From when standing there counts as unusual; undefined where it never does. */
  unusualFrom(run: Run, stand: Stand): EpochMs | undefined;
};

/**
 * A rule about vehicles that stand: opened when one stands for longer than is usual there, closed when it goes on, leaves its
 * run or falls silent, with how long it stood.
 */
export function standingRule({ raises, severity, unusualFrom }: Definition): TransitRule {
  return defineTransitRule<Memory | undefined>({
    raises,
    start: undefined,
    judge(memory, move) {
      const { after } = move;
      if (!memory || !after || !isStill(memory, after)) {
        const left_ms =
          after && memory && isSameRun(after.run, memory.placement.run) ? move.at_ms : undefined;
        return { memory: after?.on_path ? beginning(after) : undefined, found: ended(memory, left_ms) };
      }
      const from_ms = unusualFrom(after.run, memory);
      const now = { ...memory, placement: after };
      if (memory.told || from_ms === undefined || move.at_ms < from_ms) return { memory: now, found: [] };
      return { memory: { ...now, told: true }, found: [foundAt(now, "open", move.at_ms)] };
    },
  });

  function ended(memory: Memory | undefined, left_ms: EpochMs | undefined): readonly Found[] {
    return memory?.told ? [foundAt(memory, "closed", left_ms ?? memory.placement.at_ms)] : [];
  }

  function foundAt(
    { placement, stop, since_ms }: Memory,
    state: "open" | "closed",
    until_ms: EpochMs,
  ): Found {
    const stood_s = Math.round((until_ms - since_ms) / 1000);
    const { run, timetable } = placement;
    return { state, severity, run, timetable, stop, facts: { since_at: isoOf(since_ms), stood_s } };
  }
}

function isStill({ at_m, placement }: Memory, after: Placement): boolean {
  return after.on_path && isSameRun(placement.run, after.run) && Math.abs(after.at_m - at_m) <= NOISE_M;
}

function beginning(placement: Placement): Memory {
  const { pattern } = placement.run.trip;
  const at_stop = stopAt(pattern, placement.at_m);
  const stop = at_stop ?? nextStop(pattern, placement.at_m);
  return { at_m: placement.at_m, since_ms: placement.at_ms, at_stop, stop, placement, told: false };
}

/** Whether a stop is where a run begins or ends: there vehicles wait for their time. */
export function isTerminal(run: Run, stop: number | undefined): boolean {
  return stop === 0 || stop === run.trip.pattern.stops.length - 1;
}
