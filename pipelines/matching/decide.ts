import type { EpochMs } from "@yardline/domain/time";
import { type Belief, type Hypothesis, placementOf } from "./belief.ts";
import type { Placement } from "./placement.ts";

/** A vehicle is placed where it is likelier on the line than everything else together: on the likeliest of its runs. */
const PLACED_MIN = 0.5;
/** It is kept on the line while it is not much less likely … */
const KEPT_MIN = 0.35;
/** … and on the run that was told while that is not much less likely than the best. */
const SAME_MIN = 0.6;
/** Nearer than this to its last stop a vehicle that goes on to its next run has been there. */
const ARRIVED_M = 130;

/**
 * What is told of a belief: the placements that it makes known after one that was told, oldest first, the last of them where the
 * vehicle is now. A run that gives way to another is left first.
 */
export function decide(
  belief: Belief,
  told: Placement | undefined,
  at_ms: EpochMs,
): readonly (Placement | undefined)[] {
  const same = told && strongest(belief.on.filter(({ run }) => run === told.run));
  const best = strongest(belief.on);
  if (best && same && same.share >= SAME_MIN * best.share && onLine(belief, same) >= KEPT_MIN) {
    return [placementOf(same, same, sureOf(belief, same))];
  }
  const end = same && ended(belief, same, at_ms);
  const left = told ? [...(end ? [end] : []), undefined] : [];
  if (!best || onLine(belief, best) < PLACED_MIN) return left;
  const sure = sureOf(belief, best);
  const since_ms = told?.at_ms ?? Number.NEGATIVE_INFINITY;
  const path = best.seen.filter((seen) => seen.at_ms > since_ms && seen.at_ms < best.at_ms);
  const places = path.map((seen) => placementOf(best, { ...seen, on_path: true }, sure));
  return [...left, ...places, placementOf(best, best, sure)];
}

/** A vehicle whose run ended with this very fix is told to have come to its last stop. */
function ended(belief: Belief, same: Hypothesis, at_ms: EpochMs): Placement | undefined {
  const end_m = same.run.trip.pattern.stop_at_m.at(-1) ?? 0;
  if (!same.on_path || same.at_ms !== at_ms || same.at_m < end_m - ARRIVED_M) return undefined;
  return placementOf(same, { ...same, at_m: Math.max(same.at_m, end_m) }, sureOf(belief, same));
}

function strongest(on: readonly Hypothesis[]): Hypothesis | undefined {
  return on.reduce<Hypothesis | undefined>((a, b) => (a && a.share >= b.share ? a : b), undefined);
}

function onLine({ on }: Belief, { run }: Hypothesis): number {
  return on.reduce((sum, each) => (each.run.trip.pattern === run.trip.pattern ? sum + each.share : sum), 0);
}

function sureOf({ on }: Belief, { run }: Hypothesis): number {
  return on.reduce((sum, each) => (each.run === run ? sum + each.share : sum), 0);
}
