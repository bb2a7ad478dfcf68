import { distance_m } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import { dueAt, duePlace_m } from "@yardline/timetable/along";
import type { OnPath } from "@yardline/timetable/path";
import { startOf } from "@yardline/timetable/timetable";
import { type Hypothesis, seenAlso } from "./belief.ts";
import {
  asideEvidence,
  detourEvidence,
  type Hop,
  hopEvidence,
  paceEvidence,
  piecesOn,
  returnEvidence,
} from "./evidence.ts";
import type { Fix } from "./fix.ts";
import type { Glance } from "./glance.ts";
import { offUsual_m, placeOn } from "./placement.ts";

/** A vehicle is at its first stop up to here along the line … */
export const START_M = 60;
/** … and waits around it as far as this. */
const AROUND_M = 400;
/** Nobody leaves so long before the time: whoever moves around there is looking for a place to stand. */
const READY_MS = 60_000;
/** A waiting bus says nothing against waiting by moving a little; far from the stop it does. */
const AMBLE = -0.2;
const ASTRAY = -1.5;
/** How early a bus leaves its first stop, mean. */
const LEAVES_EARLY_MS = 60_000;

/** A bus leaves its first stop in time, or with this mean after it; one that still stands there is the less likely to be it. */
const OVERDUE_MS = 2 * 60_000;
/** A bus that leaves when it should is the likelier to be it, against one that leaves at any time of an hour. */
const LEAVES = 1;
/** Buses that go off duty while they wait, mean. */
const GIVES_UP_MS = 2 * 3_600_000;
/** A bus that came late rests so long all the same. */
const REST_MS = 2 * 60_000;
/** On the line without moving: after so long it is likely to be off duty, with this mean. */
const STANDS_MS = 5 * 60_000;
const BROKEN_MS = 12 * 60_000;
/** Buses that leave a run in the middle of it for no reason that we know, mean. */
const LEAVES_MS = 6 * 3_600_000;

/** A fix after another one of the same vehicle. */
export type Step = {
  readonly fix: Fix;
  readonly glance: Glance;
  /** Time since the fix before. */
  readonly took_ms: number;
  /** The way since the last fix that was weighed; absent while the vehicle has not got on enough to weigh anything. */
  readonly hop: Hop | undefined;
  /** How long it has been standing. */
  readonly stood_ms: number;
  /** Whether people said that vehicles leave the line around where this one was last on it. */
  readonly isDetoured: (hypothesis: Hypothesis) => boolean;
};

/** A hypothesis after a fix: its share weighed by what was seen, and the part of it that left the run. */
export type Advanced = { readonly hypothesis: Hypothesis; readonly left: number };

export function advance(before: Hypothesis, step: Step): Advanced {
  const hypothesis = before.waits_since_ms === undefined ? driven(before, step) : waited(before, step);
  const stays = Math.exp(-leaving(hypothesis, step));
  return {
    hypothesis: { ...hypothesis, share: hypothesis.share * stays },
    left: hypothesis.share * (1 - stays),
  };
}

function driven(before: Hypothesis, step: Step): Hypothesis {
  const { fix, glance, hop } = step;
  const pass = placeOn(
    before.run,
    glance.passes(before.timetable, before.run.trip.pattern),
    fix.at_ms,
    before,
  );
  if (!pass) {
    const odd = hop && !step.isDetoured(before);
    const share = odd ? before.share * Math.exp(detourEvidence(hop)) : before.share;
    return { ...before, on_path: false, share };
  }
  return {
    ...at(before, pass, fix.at_ms, hop),
    share: before.share * Math.exp(drivenEvidence(before, pass, step)),
  };
}

function drivenEvidence(before: Hypothesis, pass: OnPath, { fix, hop }: Step): number {
  if (!hop) return 0;
  const { run, weighed_m } = before;
  const usual_m = offUsual_m(run.trip.pattern);
  const driven_m = pass.at_m - weighed_m;
  const expected_m = duePlace_m(run, dueAt(run, before.at_m) + (fix.at_ms - before.at_ms)) - weighed_m;
  const way = before.on_path
    ? hopEvidence(hop, driven_m, usual_m) + paceEvidence(driven_m, expected_m)
    : returnEvidence(driven_m);
  // Whoever drives oddly may as well be on a detour that meets the line.
  return Math.max(piecesOn(hop) * (asideEvidence(pass.off_m, usual_m) + way), detourEvidence(hop));
}

function at(before: Hypothesis, { at_m }: OnPath, at_ms: EpochMs, hop: Hop | undefined): Hypothesis {
  return {
    ...before,
    at_m,
    at_ms,
    on_path: true,
    weighed_m: hop ? at_m : before.weighed_m,
    seen: seenAlso(before.seen, { at_m, at_ms }),
  };
}

function waited(before: Hypothesis, step: Step): Hypothesis {
  const { run } = before;
  const { fix, glance, hop } = step;
  const { pattern } = run.trip;
  const first_m = pattern.stop_at_m[0] ?? 0;
  const [first] = pattern.stops;
  const away_m = first ? distance_m(first, fix) : 0;
  const dep_ms = startOf(run);
  const start = { at_m: first_m, at_ms: Math.max(before.at_ms, dep_ms) };
  const pass = placeOn(run, glance.passes(before.timetable, before.run.trip.pattern), fix.at_ms, start);
  const readies = fix.at_ms < dep_ms - READY_MS && away_m < AROUND_M;
  if (pass && pass.at_m > first_m + START_M && !readies) {
    const early_ms = Math.max(0, dueAt(run, pass.at_m) - fix.at_ms);
    const aside = hop ? piecesOn(hop) * asideEvidence(pass.off_m, offUsual_m(pattern)) : 0;
    const { waits_since_ms: _, ...leaving } = at(before, pass, fix.at_ms, hop);
    return { ...leaving, share: before.share * Math.exp(aside + LEAVES - early_ms / LEAVES_EARLY_MS) };
  }
  const around = away_m <= AROUND_M;
  const overdue_ms = within(Math.max(dep_ms, (before.waits_since_ms ?? 0) + REST_MS), step);
  const evidence = (hop ? piecesOn(hop) * (around ? AMBLE : ASTRAY) : 0) - overdue_ms / OVERDUE_MS;
  const share = before.share * Math.exp(evidence);
  if (!around) return { ...before, on_path: false, share };
  return { ...at(before, { at_m: first_m, off_m: 0 }, fix.at_ms, hop), share };
}

/** How many times its mean stay on the run a vehicle's last step took. */
function leaving({ run, at_m, waits_since_ms }: Hypothesis, step: Step): number {
  const { fix, took_ms, stood_ms } = step;
  if (waits_since_ms !== undefined) return took_ms / GIVES_UP_MS;
  const stands_ms = within(Math.max(fix.at_ms - stood_ms + STANDS_MS, dueAt(run, at_m)), step);
  return took_ms / LEAVES_MS + stands_ms / BROKEN_MS;
}

/** How much of a step came after an instant. */
function within(since_ms: EpochMs, { fix, took_ms }: Step): number {
  return Math.max(0, Math.min(took_ms, fix.at_ms - since_ms));
}
