import { listPasses, type OnPath, type Path, type Point } from "./path.ts";

export type Alignment = {
  /** Distance along the path of each point. */
  readonly at_m: Float64Array;
  /** Mean cost of a point; below 1 where everything is as usual. */
  readonly cost: number;
};

export type Usual = {
  /** A point farther than this beside the path is not on it. */
  readonly off_max_m: number;
  /** How far beside the path a point usually lies. */
  readonly off_usual_m: number;
  /** How far a hop along the path usually is from what was expected: so much, and such a share of it. */
  readonly hop_usual_m: number;
  readonly hop_usual_share: number;
  /** How far the next point may lie behind the last one: 0 for stops, a little for noisy fixes. */
  readonly back_max_m: number;
};

/** Passes this much farther off than the nearest one are not weighed. */
const OFF_SLACK_M = 60;
/** Most passes weighed for one point; only a line that circles one block again and again has more. */
const PASSES_MAX = 12;

type Step = { readonly pass: OnPath; readonly cost: number; readonly before?: Step };

/**
 * Lays points on a path one after another: the cheapest choice among the passes of each point that never goes back
 * (dynamic programming). The distance beside the path decides; where a street is driven out and back, or at the ends
 * of a loop, the expected length of the hops does.
 * @param expected_m length of the hop that leads to each point; the first one is not looked at.
 * @returns undefined where the points do not lie along the path in their order.
 */
export function alignOn(
  path: Path,
  points: readonly Point[],
  expected_m: readonly number[],
  usual: Usual,
): Alignment | undefined {
  let steps: readonly Step[] = [];
  for (const [i, point] of points.entries()) {
    const before = steps;
    steps = passesOf(path, point, usual).flatMap((pass) => {
      const cost = (pass.off_m / usual.off_usual_m) ** 2;
      return i === 0 ? [{ pass, cost }] : cheapest(before, { pass, cost }, expected_m[i] ?? 0, usual);
    });
    if (steps.length === 0) return undefined;
  }
  if (steps.length === 0) return undefined;
  const last = steps.reduce((a, b) => (b.cost < a.cost ? b : a));
  return { at_m: along(last, points.length), cost: last.cost / points.length };
}

function passesOf(path: Path, point: Point, { off_max_m }: Usual): readonly OnPath[] {
  const passes = listPasses(path, point, off_max_m);
  if (passes.length < 2) return passes;
  const nearest_m = Math.min(...passes.map(({ off_m }) => off_m));
  return passes.filter(({ off_m }) => off_m <= nearest_m + OFF_SLACK_M).slice(0, PASSES_MAX);
}

/** The step to this pass from the best of those before it; none where all of them lie ahead of it. */
function cheapest(steps: readonly Step[], to: Step, hop_m: number, usual: Usual): readonly Step[] {
  let best: Step | undefined;
  let best_cost = Number.POSITIVE_INFINITY;
  for (const step of steps) {
    const driven_m = to.pass.at_m - step.pass.at_m;
    if (driven_m < -usual.back_max_m) continue;
    const odd = (driven_m - hop_m) / (usual.hop_usual_m + usual.hop_usual_share * hop_m);
    if (step.cost + odd ** 2 < best_cost) {
      best = step;
      best_cost = step.cost + odd ** 2;
    }
  }
  return best ? [{ pass: to.pass, cost: best_cost + to.cost, before: best }] : [];
}

function along(last: Step, count: number): Float64Array {
  const at_m = new Float64Array(count);
  let step: Step | undefined = last;
  for (let i = count - 1; i >= 0 && step; i -= 1) {
    at_m[i] = step.pass.at_m;
    step = step.before;
  }
  return at_m;
}
