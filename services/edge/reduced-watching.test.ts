import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CALM_MS,
  type Load,
  NOTHING_REDUCED,
  type Reduction,
  reduce,
  type WatchedCamera,
  WINDOW_MS,
} from "./reduced-watching.ts";

const TICK_MS = 1_000;
const FPS = 5;

/** The yard's cameras by name; the later in the list, the later something moved there. */
const cameras = (count: number): readonly WatchedCamera[] =>
  Array.from({ length: count }, (_, at) => ({ id: `camera-${at}`, moved_ms: at * 10 }));

/**
 * A box that can look at so many pictures a second: a camera watched in full wants five, a reduced one one.
 * @returns the state after each second.
 */
function live(seconds: number, count: number, capacityAt: (s: number) => number): readonly Reduction[] {
  let state = NOTHING_REDUCED;
  return Array.from({ length: seconds }, (_, s) => {
    const wanted = (count - state.reduced.length) * FPS + state.reduced.length;
    const load: Load = { wanted, missed: Math.max(0, wanted - capacityAt(s)) };
    state = reduce(state, load, cameras(count), s * TICK_MS);
    return state;
  });
}

test("one bad second changes nothing; an overload that stays reduces those where nothing moved for longest, step by step", () => {
  const hiccup = live(20, 8, (s) => (s === 9 ? 30 : 40));
  expect(hiccup.every(({ reduced }) => reduced.length === 0)).toBe(true);
  const states = live(30, 8, () => 20);
  expect(states.findIndex(({ reduced }) => reduced.length > 0)).toBeLessThan(WINDOW_MS / TICK_MS);
  expect(states.at(-1)?.reduced).toEqual(["camera-0", "camera-1", "camera-2", "camera-3"]);
});

test("the load goes: cameras are given back one after the other, the one that moved last first", () => {
  const states = live(200, 8, (s) => (s < 20 ? 20 : 40));
  const counts = states.map(({ reduced }) => reduced.length);
  const given_s = counts.indexOf(3);
  expect(counts[19]).toBe(4);
  expect(given_s * TICK_MS).toBeGreaterThan(20_000 + CALM_MS - TICK_MS);
  expect(given_s * TICK_MS).toBeLessThanOrEqual(20_000 + CALM_MS + WINDOW_MS);
  expect(states[given_s]?.reduced).toEqual(["camera-0", "camera-1", "camera-2"]);
  expect(counts.at(-1)).toBe(0);
});

test("a box at its limit does not go to and fro: giving back takes longer after each time that it was too early", () => {
  const hour = live(3_600, 8, () => 25);
  const given = hour.filter(({ reduced }, at) => reduced.length < (hour[at - 1]?.reduced.length ?? 0)).length;
  expect(given).toBeLessThan(16);
});

test("a reduced camera that is lost is forgotten; too few pictures say nothing", () => {
  const others = cameras(4).slice(1);
  const reduced = { ...NOTHING_REDUCED, reduced: ["camera-0", "camera-1"], stirred_ms: 0 };
  const calm = { wanted: 20, missed: 0 };
  expect(reduce(reduced, calm, others, 1_000).reduced).toEqual(["camera-1"]);
  let state = NOTHING_REDUCED;
  for (let s = 0; s < 60; s++) state = reduce(state, { wanted: 1, missed: 1 }, cameras(1), s * TICK_MS * 2);
  expect(state.reduced).toEqual([]);
});

test("whatever the box can do: in the end little is missed, or all are reduced", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 32 }), fc.integer({ min: 1, max: 200 }), (count, capacity) => {
      const end = live(200, count, () => capacity).at(-1);
      const kept = count - (end?.reduced.length ?? 0);
      const wanted = kept * FPS + (count - kept);
      // One given back too early is allowed for.
      expect(kept <= 1 || wanted <= capacity / 0.8 + FPS).toBe(true);
    }),
  );
});
