import type { EpochMs } from "@yardline/domain/time";
import type { Run, Timetable } from "@yardline/timetable/timetable";
import type { Placement } from "./placement.ts";

/** A place of a run that a vehicle was seen at. */
export type Seen = { readonly at_m: number; readonly at_ms: EpochMs };

/** One run that a vehicle may be on, and where. Immutable. */
export type Hypothesis = Seen & {
  readonly timetable: Timetable;
  readonly run: Run;
  /** Probability, in (0, 1]. */
  readonly share: number;
  /** Whether the latest fix lay on the path; `at_m` and `at_ms` are those of the last one that did. */
  readonly on_path: boolean;
  /** At the first stop or around it, before it leaves; since when. */
  readonly waits_since_ms?: EpochMs;
  /** Where it was at the last fix that was weighed. */
  readonly weighed_m: number;
  /** Where it was seen on this run, thinned, oldest first: what is told once the run is decided. */
  readonly seen: readonly Seen[];
};

/** What is thought of a vehicle: shares that add up to 1. */
export type Belief = {
  /** On no run: parked, on its way to or from a depot, in private hire. */
  readonly none: number;
  readonly on: readonly Hypothesis[];
};

export const NOTHING_KNOWN: Belief = { none: 1, on: [] };

/** Hypotheses kept of one vehicle: a street of ten lines with three runs each. */
const HYPOTHESES_MAX = 32;
/** What is less likely is forgotten. */
const SHARE_MIN = 1e-4;
/** Places of a run that are kept until it is decided … */
const SEEN_MAX = 24;
/** … not nearer to each other than this. */
const SEEN_APART_M = 30;

/** Makes shares of weights, without the least likely. */
export function normalised(none: number, on: readonly Hypothesis[]): Belief {
  const sum = on.reduce((total, { share }) => total + share, none);
  if (!(sum > 0)) return NOTHING_KNOWN;
  const likely = on.filter(({ share }) => share > SHARE_MIN * sum);
  const kept =
    likely.length > HYPOTHESES_MAX
      ? likely.toSorted((a, b) => b.share - a.share).slice(0, HYPOTHESES_MAX)
      : likely;
  const rest = kept.reduce((total, { share }) => total + share, none);
  return { none: none / rest, on: kept.map((each) => ({ ...each, share: each.share / rest })) };
}

/** Puts one more place at the end; of a standing vehicle the first and the last are kept. */
export function seenAlso(seen: readonly Seen[], next: Seen): readonly Seen[] {
  const [before, last] = [seen.at(-2), seen.at(-1)];
  const stands =
    before && last && last.at_m - before.at_m < SEEN_APART_M && next.at_m - before.at_m < SEEN_APART_M;
  return [...(stands ? seen.slice(0, -1) : seen.slice(1 - SEEN_MAX)), next];
}

/** A vehicle laid on the run of a hypothesis, at a place of it. */
export function placementOf(
  { timetable, run }: Hypothesis,
  { at_m, at_ms, on_path }: Pick<Placement, "at_m" | "at_ms" | "on_path">,
  confidence: number,
): Placement {
  return { timetable, run, at_m, at_ms, on_path, named: false, confidence: Math.min(1, confidence) };
}
