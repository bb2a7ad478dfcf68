/** What became of pictures that were to be looked at, of all cameras together, since the last time this was asked. */
export type Load = {
  readonly wanted: number;
  /** Came too late from their decoder, were pushed out by newer ones, or had their turn at the detector too late. */
  readonly missed: number;
};

export type WatchedCamera = {
  readonly id: string;
  /** When something moved there last, on the monotonic clock. */
  readonly moved_ms: number;
};

export type Reduction = {
  /** Cameras of which only key frames are looked at, in the order in which they were reduced. */
  readonly reduced: readonly string[];
  readonly loads: readonly (Load & { readonly at_ms: number })[];
  /** When a camera was reduced or given back last, or too much was missed. */
  readonly stirred_ms: number;
  /** When a camera was given back last. */
  readonly given_ms: number;
  /** How long it must be calm before the next one is given back. */
  readonly calm_ms: number;
};

/** What is judged is the sum of so long, or of half of it where a step was taken before. */
export const WINDOW_MS = 10_000;
/** From this share of missed pictures on the box is overloaded; below the other one it is not. Between them nothing changes. */
const OVERLOADED_SHARE = 0.2;
const CALM_SHARE = 0.05;
/** Of so few pictures a share says nothing. */
const WANTED_MIN = 20;
/** At each step this share of those still watched in full, at least one camera. */
const STEP_SHARE = 0.25;
/** One camera is given back after so long without overload; twice as long after each time that it was too early. */
export const CALM_MS = 30_000;
export const CALM_MS_MAX = 480_000;
const RELAPSE_MS = 60_000;

export const NOTHING_REDUCED: Reduction = {
  reduced: [],
  loads: [],
  stirred_ms: Number.NEGATIVE_INFINITY,
  given_ms: Number.NEGATIVE_INFINITY,
  calm_ms: CALM_MS,
};

/**
 * Which cameras are to be watched by key frames only, because the box cannot keep up: those where nothing moved for the longest time
 * first. When the load has gone they are watched in full again one after the other, the one that moved last first.
 * @param cameras those that give pictures; a reduced one that gives none any more is forgotten.
 * @param now_ms on the monotonic clock.
 */
export function reduce(
  before: Reduction,
  load: Load,
  cameras: readonly WatchedCamera[],
  now_ms: number,
): Reduction {
  const loads = [
    ...before.loads.filter(({ at_ms }) => at_ms > now_ms - WINDOW_MS),
    { ...load, at_ms: now_ms },
  ];
  const there = new Set(cameras.map(({ id }) => id));
  const state = { ...before, loads, reduced: before.reduced.filter((id) => there.has(id)) };
  const share = missedShare(loads);
  if (share >= OVERLOADED_SHARE) return reduceMore(state, cameras, now_ms);
  if (share >= CALM_SHARE) return { ...state, stirred_ms: now_ms };
  return giveBack(state, cameras, now_ms);
}

function missedShare(loads: Reduction["loads"]): number {
  const counted_ms = (loads.at(-1)?.at_ms ?? 0) - (loads[0]?.at_ms ?? 0);
  if (counted_ms < WINDOW_MS / 2) return 0;
  const sum = (of: keyof Load) => loads.reduce((total, load) => total + load[of], 0);
  return sum("wanted") < WANTED_MIN ? 0 : sum("missed") / sum("wanted");
}

function reduceMore(state: Reduction, cameras: readonly WatchedCamera[], now_ms: number): Reduction {
  const full = cameras
    .filter(({ id }) => !state.reduced.includes(id))
    .toSorted((a, b) => a.moved_ms - b.moved_ms || (a.id < b.id ? -1 : 1));
  const more = full.slice(0, Math.ceil(full.length * STEP_SHARE)).map(({ id }) => id);
  const relapsed = now_ms - state.given_ms < RELAPSE_MS;
  return {
    reduced: [...state.reduced, ...more],
    // What is counted next is with those reduced.
    loads: [],
    stirred_ms: now_ms,
    given_ms: Number.NEGATIVE_INFINITY,
    calm_ms: relapsed ? Math.min(CALM_MS_MAX, 2 * state.calm_ms) : state.calm_ms,
  };
}

function giveBack(state: Reduction, cameras: readonly WatchedCamera[], now_ms: number): Reduction {
  const [next] = cameras
    .filter(({ id }) => state.reduced.includes(id))
    .toSorted((a, b) => b.moved_ms - a.moved_ms || (a.id < b.id ? -1 : 1));
  if (!next) return { ...state, calm_ms: now_ms - state.given_ms < RELAPSE_MS ? state.calm_ms : CALM_MS };
  if (now_ms - state.stirred_ms < state.calm_ms) return state;
  const reduced = state.reduced.filter((id) => id !== next.id);
  return { ...state, reduced, stirred_ms: now_ms, given_ms: now_ms };
}
