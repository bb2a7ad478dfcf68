import { distance_m } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import { dueAt } from "@yardline/timetable/along";
import { endOf, type Run, startOf } from "@yardline/timetable/timetable";
import { type Advanced, advance, type Step } from "./advance.ts";
import { begin, type Weighed } from "./begin.ts";
import { type Belief, type Hypothesis, normalised } from "./belief.ts";
import { ASSIGNED, type Link, withAssigned } from "./links.ts";
import { type Network, SLACK } from "./network.ts";

/** So near before its last stop a run is over … */
const END_M = 20;
/** … or as near as a vehicle that reports seldom comes before it is heard of again, creeping, but not farther off than this. */
const CREEPS_MPS = 1;
const CREEPS_MAX_M = 100;
/** … or so near along the line, once the vehicle stands or has left the line around the terminal, within this mean time. */
const ENDS_M = 250;
const ENDS_AROUND_M = 500;
const ENDS_MS = 60_000;
/** Dispatchers let a vehicle go on to a run that begins before its last one is due to end by up to this. */
const MADE_UP_MS = 10 * 60_000;
/** What of a vehicle that arrived may still be about to arrive. */
const ARRIVING = 0.05;
/** A vehicle that is on no run by less than this is not looked for on others. */
const NONE_MIN = 0.02;
/** A vehicle may leave its run for another anywhere: what of its share looks for others when it drives oddly. */
const TURNS = 0.01;
/** Shares that a fix took away: more than this, and the vehicle drives oddly. */
const ODD = 0.5;

export type Believing = {
  readonly network: Network;
  readonly step: Step;
  readonly weighed: Weighed | undefined;
  readonly expected: readonly Link[];
  /** Runs that people assigned to this vehicle. */
  readonly assigned: readonly Run[];
};

/**
 * One step of the forward filter over the runs that a vehicle may be on: each hypothesis drives on and is weighed by what was
 * seen, runs end at their terminals and lead to the next, and what is on no run takes up those that come by.
 */
export function believe(known: Belief, believing: Believing): Belief {
  const { step, assigned } = believing;
  const before = asAssigned(known, assigned, step.fix.at_ms);
  const advanced = before.on.map((each) => advance(each, step));
  const none = advanced.reduce((sum, { left }) => sum + left, before.none);
  const ended = afterEnds(advanced, believing);
  const odd = ended.on.reduce((sum, { share }) => sum + share, none + ended.none) < ODD;
  const on = merged(ended.on);
  const free = none + ended.none;
  if (!step.hop && believing.weighed) return normalised(free, on);
  const astray = assigned.length > 0 && !on.some(({ run }) => assigned.includes(run));
  const turns = odd || astray ? TURNS * (1 - before.none) : 0;
  const sum = on.reduce((total, { share }) => total + share, free);
  if (free < NONE_MIN * sum && turns === 0) return normalised(free, on);
  const begun = begin(believing).map((each) => ({ ...each, share: each.share * (free + turns) }));
  return normalised(free, merged([...on, ...begun]));
}

/**
 * Runs of one line differ by their time alone, and whoever gave a vehicle one of them knows better: what is thought of the
 * others under way there goes over to it. At a first stop the time itself tells them apart.
 */
function asAssigned(before: Belief, assigned: readonly Run[], at_ms: EpochMs): Belief {
  const given = new Map(
    before.on.flatMap((each) => {
      if (assigned.includes(each.run) || each.waits_since_ms !== undefined) return [];
      const { pattern } = each.run.trip;
      const run = nearestInTime(
        assigned.filter((own) => own.trip.pattern === pattern),
        each.at_m,
        at_ms,
      );
      return run ? [[each, run] as const] : [];
    }),
  );
  if (given.size === 0) return before;
  const turned = [...given].map(([each, run]) => ({ ...each, run, share: each.share * ASSIGNED }));
  const left = before.on.map((each) =>
    given.has(each) ? { ...each, share: each.share * (1 - ASSIGNED) } : each,
  );
  return normalised(before.none, merged([...turned, ...left]));
}

/**
 * Of runs of one pattern, the one whose vehicle would be nearest to its time at a place now, far too late perhaps: a block comes by there
 * several times. Undefined where none may be there.
 */
function nearestInTime(runs: readonly Run[], at_m: number, at_ms: EpochMs): Run | undefined {
  let nearest: { readonly run: Run; readonly off_ms: number } | undefined;
  for (const run of runs) {
    const late_ms = at_ms - dueAt(run, at_m);
    if (late_ms < -SLACK.early_s * 1000 || late_ms > SLACK.late_s * 1000) continue;
    if (!nearest || Math.abs(late_ms) < nearest.off_ms) nearest = { run, off_ms: Math.abs(late_ms) };
  }
  return nearest?.run;
}

/** Runs that are over give their share to those that follow them. */
function afterEnds(advanced: readonly Advanced[], { network, step, assigned }: Believing) {
  const on: Hypothesis[] = [];
  let none = 0;
  for (const { hypothesis } of advanced) {
    const over = ending(hypothesis, step);
    if (over > 0) {
      const next = assigned.filter((run) => startsAround(run, hypothesis));
      const links = withAssigned(network.linksAfter(hypothesis, step.fix.at_ms), next);
      for (const { run, share } of links)
        on.push(waitingFor(hypothesis, run, over * share * hypothesis.share, step));
      none += over * hypothesis.share * (1 - links.reduce((sum, { share }) => sum + share, 0));
    }
    on.push(over > 0 ? { ...hypothesis, share: hypothesis.share * (1 - over) } : hypothesis);
  }
  return { on, none };
}

/** Whether a run may follow one that ends: it begins where that ended, and not before its end by more than a late bus makes up. */
function startsAround(run: Run, { run: ended }: Hypothesis): boolean {
  const [first, last] = [run.trip.pattern.stops[0], ended.trip.pattern.stops.at(-1)];
  const near = first !== undefined && last !== undefined && distance_m(first, last) < ENDS_AROUND_M;
  return near && run !== ended && startOf(run) >= endOf(ended) - MADE_UP_MS;
}

/** How much of a hypothesis has come to the end of its run. */
function ending(
  { run, at_m, on_path, waits_since_ms }: Hypothesis,
  { fix, took_ms, stood_ms }: Step,
): number {
  const { stop_at_m, stops } = run.trip.pattern;
  const left_m = (stop_at_m.at(-1) ?? 0) - at_m;
  if (waits_since_ms !== undefined || left_m > ENDS_M) return 0;
  const creeps_m = Math.min(CREEPS_MAX_M, CREEPS_MPS * (took_ms / 1000));
  if (on_path && left_m <= END_M + creeps_m) return 1 - ARRIVING;
  const last = stops.at(-1);
  const near = last !== undefined && distance_m(last, fix) < ENDS_AROUND_M;
  return near && (stood_ms > 0 || !on_path) ? 1 - Math.exp(-took_ms / ENDS_MS) : 0;
}

function waitingFor(
  { timetable }: Hypothesis,
  run: Run,
  share: number,
  { fix: { at_ms } }: Step,
): Hypothesis {
  const at_m = run.trip.pattern.stop_at_m[0] ?? 0;
  const seen = [{ at_m, at_ms }];
  return { timetable, run, share, at_m, at_ms, weighed_m: at_m, on_path: true, waits_since_ms: at_ms, seen };
}

/** Places of one run nearer than this are one. */
const SAME_M = 400;

/** Joins hypotheses of one run and place; the older one knows more of the way. */
function merged(on: readonly Hypothesis[]): readonly Hypothesis[] {
  const kept: Hypothesis[] = [];
  const byRun = new Map<Run, number[]>();
  for (const each of on) {
    const known = byRun.get(each.run) ?? [];
    const same = known.find((i) => isSamePlace(kept[i], each));
    if (same === undefined) {
      byRun.set(each.run, [...known, kept.length]);
      kept.push(each);
      continue;
    }
    const older = kept[same];
    if (older) kept[same] = { ...older, share: older.share + each.share };
  }
  return kept;
}

function isSamePlace(a: Hypothesis | undefined, b: Hypothesis): boolean {
  return a !== undefined && Math.abs(a.at_m - b.at_m) < SAME_M;
}
