import type { EpochMs } from "@yardline/domain/time";
import { dueAt } from "@yardline/timetable/along";
import type { OnPath } from "@yardline/timetable/path";
import { type Run, startOf } from "@yardline/timetable/timetable";
import { START_M, type Step } from "./advance.ts";
import type { Hypothesis, Seen } from "./belief.ts";
import { asideEvidence, type Hop, hopEvidence, piecesOn } from "./evidence.ts";
import type { Glance } from "./glance.ts";
import type { Link } from "./links.ts";
import type { Line, Network } from "./network.ts";
import { OFF_MAX_UNDRAWN_M, offUsual_m } from "./placement.ts";

/** How likely a vehicle on no run takes up one that it is in place and time for: at its first stop … */
const AT_START = 0.1;
/** … or on the way, as after a detour or where we lost it. */
const ON_WAY = 0.03;
/** Of a vehicle never seen before anything may be so. */
const FIRST_SEEN = 0.7;
/** A run that the vehicle's block, or somebody in the office, has for it. */
const EXPECTED = 0.6;
/** Buses come late with this mean, and early with that; one in ten has trouble, and is late with a far longer mean. */
const LATE_MS = 5 * 60_000;
const EARLY_MS = 90_000;
const IN_TROUBLE = 0.1;
const TROUBLE_MS = 20 * 60_000;
/** A bus comes to its first stop this long before it leaves, mean. */
const WAITS_MS = 8 * 60_000;
/** A run so much less likely by its time alone is not begun. */
const TIME_MIN = 1e-3;
/** What a fix says by where it is alone, without a way that leads to it. */
const ALONE = 0.3;

/** The last fix that was weighed, and where it lay. */
export type Weighed = { readonly at_ms: EpochMs; readonly glance: Glance };

export type Beginning = {
  readonly network: Network;
  readonly step: Step;
  readonly weighed: Weighed | undefined;
  /** Runs that this vehicle is more likely to take up than others. */
  readonly expected: readonly Link[];
};

/**
 * Runs that a vehicle on none may have taken up by this fix: all that come by here and now, weighed by their timetable and
 * by the way that led here. Shares are for a vehicle that surely was on no run.
 */
export function begin({ network, step, weighed, expected }: Beginning): readonly Hypothesis[] {
  const { fix } = step;
  const active = network.runsActiveAt(fix.at_ms);
  const begun: Hypothesis[] = [];
  for (const line of network.listLinesNear(fix, OFF_MAX_UNDRAWN_M)) {
    const runs = active.get(line.pattern);
    if (!runs || (fix.route_id !== undefined && line.pattern.route.route_id !== fix.route_id)) continue;
    for (const pass of step.glance.passes(line.timetable, line.pattern)) {
      const way = wayTo(line, pass, step.hop, weighed);
      for (const run of runs) {
        const share = way.share * timeShare(run, pass.at_m, fix.at_ms) * takingUp(run, pass.at_m);
        if (share > TIME_MIN * FIRST_SEEN * way.share)
          begun.push(begunOn(line, run, pass, fix.at_ms, way.from, share));
      }
    }
  }
  return begun;

  function takingUp(run: Run, at_m: number): number {
    const link = expected.find((each) => each.run === run)?.share ?? 0;
    const usual = weighed ? (isStart(run, at_m) ? AT_START : ON_WAY) : FIRST_SEEN;
    return usual + EXPECTED * link;
  }
}

function begunOn(
  { timetable }: Line,
  run: Run,
  { at_m }: OnPath,
  at_ms: EpochMs,
  from: readonly Seen[],
  share: number,
): Hypothesis {
  const common = { timetable, run, share, at_ms, on_path: true };
  if (!isStart(run, at_m)) return { ...common, at_m, weighed_m: at_m, seen: [...from, { at_m, at_ms }] };
  const first_m = run.trip.pattern.stop_at_m[0] ?? 0;
  const seen = [{ at_m: first_m, at_ms }];
  return { ...common, at_m: first_m, weighed_m: first_m, waits_since_ms: at_ms, seen };
}

export function isStart(run: Run, at_m: number): boolean {
  return at_m <= (run.trip.pattern.stop_at_m[0] ?? 0) + START_M;
}

function timeShare(run: Run, at_m: number, at_ms: EpochMs): number {
  const late_ms = at_ms - (isStart(run, at_m) ? startOf(run) : dueAt(run, at_m));
  if (late_ms >= 0) {
    return (1 - IN_TROUBLE) * Math.exp(-late_ms / LATE_MS) + IN_TROUBLE * Math.exp(-late_ms / TROUBLE_MS);
  }
  return Math.exp(late_ms / (isStart(run, at_m) ? WAITS_MS : EARLY_MS));
}

/** What the way from the last weighed fix says for driving the line here, and where it began on it. */
function wayTo(
  { timetable, pattern }: Line,
  pass: OnPath,
  hop: Hop | undefined,
  weighed: Weighed | undefined,
) {
  const usual_m = offUsual_m(pattern);
  const aside = asideEvidence(pass.off_m, usual_m);
  if (!hop || !weighed) return { share: Math.exp(ALONE * aside), from: [] };
  let best: { readonly evidence: number; readonly seen: Seen } | undefined;
  for (const { at_m } of weighed.glance.passes(timetable, pattern)) {
    const evidence = hopEvidence(hop, pass.at_m - at_m, usual_m);
    if (!best || evidence > best.evidence) best = { evidence, seen: { at_m, at_ms: weighed.at_ms } };
  }
  if (!best) return { share: Math.exp(ALONE * aside), from: [] };
  return { share: Math.exp(piecesOn(hop) * (aside + best.evidence)), from: [best.seen] };
}
