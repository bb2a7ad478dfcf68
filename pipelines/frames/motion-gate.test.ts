import type { Box } from "@yardline/domain/box";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Luma } from "./luma.ts";
import { type Following, GATE_DEFAULTS, MotionGate, type Verdict } from "./motion-gate.ts";

const [COLUMNS, ROWS] = [64, 36];
const FRAME_MS = 200;

/** Brightness of a cell at a time, in levels. */
type Scene = (column: number, row: number, t_s: number) => number;

/** The same pseudo-random number for the same arguments, in [0, 1). */
function noise(a: number, b: number, c: number): number {
  const x = Math.sin(a * 12.9898 + b * 78.233 + c * 37.719) * 43758.5453;
  return x - Math.floor(x);
}

const yard: Scene = (column, row) => 60 + 80 * noise(column, row, 0);
const withNoise =
  (scene: Scene): Scene =>
  (column, row, t_s) =>
    scene(column, row, t_s) + 3 * (noise(column, row, t_s + 1) - 0.5);

function pictureAt(scene: Scene, t_s: number): Luma {
  const cells = new Float32Array(COLUMNS * ROWS);
  for (let cell = 0; cell < cells.length; cell++) {
    cells[cell] = scene(cell % COLUMNS, Math.floor(cell / COLUMNS), t_s);
  }
  return { columns: COLUMNS, rows: ROWS, cells };
}

/** Shows a scene at 5 fps to a gate whose detector sees what `seenAt` says. @returns the verdict at each time. */
function show(
  scene: Scene,
  until_s: number,
  seenAt: (t_s: number) => readonly Box[] = () => [],
): readonly (Verdict & { readonly t_s: number })[] {
  const gate = new MotionGate();
  const verdicts: (Verdict & { t_s: number })[] = [];
  for (let at_ms = 0; at_ms <= until_s * 1000; at_ms += FRAME_MS) {
    const t_s = at_ms / 1000;
    const seen = seenAt(t_s);
    const verdict = gate.judge(pictureAt(scene, t_s), at_ms, seen.length > 0 ? "somebody" : "nobody");
    if (verdict.look) gate.learn(seen);
    verdicts.push({ ...verdict, t_s });
  }
  return verdicts;
}

const looks = (verdicts: readonly Verdict[]) => verdicts.filter(({ look }) => look);

/** A person of 3 × 8 cells walking in from the left at `start_s`, standing still in the middle from 8 s on. */
const START_S = 4;
function walkerLeft(t_s: number): number {
  return t_s < START_S ? -10 : Math.min(28, Math.floor((t_s - START_S) * 7) - 2);
}
const walker =
  (scene: Scene): Scene =>
  (column, row, t_s) => {
    const left = walkerLeft(t_s);
    return column >= left && column < left + 3 && row >= 12 && row < 20 ? 20 : scene(column, row, t_s);
  };
function walkerSeen(t_s: number): readonly Box[] {
  const left = walkerLeft(t_s);
  if (left + 3 <= 0) return [];
  return [
    { left: Math.max(0, left) / COLUMNS, right: (left + 3) / COLUMNS, top: 12 / ROWS, bottom: 20 / ROWS },
  ];
}

test("the first picture is looked at, and an empty yard only once in a while after it", () => {
  const verdicts = show(withNoise(yard), 59);
  expect(looks(verdicts).map(({ why }) => why)).toEqual(["first", "sure"]);
});

test("who walks in is looked at within a frame, and at every step while it is not known", () => {
  const verdicts = show(walker(withNoise(yard)), 7, walkerSeen);
  const walking = verdicts.filter(({ t_s }) => t_s >= START_S + 0.4);
  expect(walking.every(({ look }) => look)).toBe(true);
  expect(verdicts.find(({ t_s, look }) => look && t_s >= START_S)?.t_s).toBeLessThanOrEqual(START_S + 0.4);
  // The moved regions hold the person.
  const [region] = walking[5]?.moved ?? [];
  expect(region).toBeDefined();
});

test("who stands still is looked at ever more seldom", () => {
  const standing = show(walker(withNoise(yard)), 120, walkerSeen).filter(({ t_s }) => t_s >= 10);
  const times = standing.filter(({ look }) => look).map(({ t_s }) => t_s);
  const waits = times.slice(1).map((t_s, before) => t_s - (times[before] ?? 0));
  expect(times.length).toBeLessThan(12);
  expect(waits[0]).toBeCloseTo(2);
  expect(Math.max(...waits)).toBeLessThanOrEqual(30.1);
});

test("a known one that moves where it is expected is looked at every 600 ms, and somebody else at once", () => {
  const gate = new MotionGate();
  const looks: number[] = [];
  for (let at_ms = 0; at_ms <= 7_000; at_ms += FRAME_MS) {
    const t_s = at_ms / 1000;
    const second: Scene = (column, row, t) =>
      t >= 6.4 && column >= 50 && column < 53 && row >= 12 && row < 20
        ? 20
        : walker(withNoise(yard))(column, row, t);
    const [known] = walkerSeen(t_s);
    const reach = known && { ...known, left: Math.max(0, known.left - 0.1) };
    const expected = reach && t_s > START_S + 0.6 ? [reach] : [];
    const verdict = gate.judge(pictureAt(second, t_s), at_ms, known ? "somebody" : "nobody", expected);
    if (!verdict.look) continue;
    gate.learn(known ? [known] : []);
    looks.push(at_ms);
  }
  const steps = looks.filter((at_ms) => at_ms >= 4_800 && at_ms < 6_400);
  expect(steps.slice(1).every((at_ms, before) => at_ms - (steps[before] ?? 0) === 600)).toBe(true);
  expect(looks).toContain(6_400);
});

test("slow light over the whole yard moves nothing", () => {
  const cloudy: Scene = (column, row, t_s) => withNoise(yard)(column, row, t_s) + 40 * Math.sin(t_s / 5);
  expect(looks(show(cloudy, 40)).map(({ why }) => why)).toEqual(["first", "sure"]);
});

test("a light that goes on is looked at, and who comes just after it is found", () => {
  const lamp = (scene: Scene): Scene => {
    return (column, row, t_s) => scene(column, row, t_s) + (t_s >= START_S - 0.5 ? 30 + column : 0);
  };
  const verdicts = show(walker(lamp(withNoise(yard))), 7, walkerSeen);
  expect(verdicts.find(({ t_s }) => t_s >= START_S - 0.5)).toMatchObject({ look: true, why: "light" });
  expect(verdicts.filter(({ t_s }) => t_s >= START_S + 0.4).every(({ look }) => look)).toBe(true);
});

test("leaves that sway with nothing there are got used to, and a person beside them is still seen", () => {
  const tree = (scene: Scene): Scene => {
    return (column, row, t_s) =>
      column >= 50 && row < 14
        ? 70 + 50 * Math.sin(3 * t_s + column + 2 * row) * noise(column, row, 5)
        : scene(column, row, t_s);
  };
  const empty = show(tree(withNoise(yard)), 60);
  expect(looks(empty.filter(({ t_s }) => t_s > 20)).length).toBeLessThanOrEqual(3);
  const visited = show(walker(tree(withNoise(yard))), 8, walkerSeen);
  expect(visited.filter(({ t_s }) => t_s >= START_S + 0.4).every(({ look }) => look)).toBe(true);
});

/** Something of 4 × 3 cells, as a cart or a dog of a kind that the network never saw, to and fro between two columns. */
const pacer =
  (scene: Scene, from: number, to: number): Scene =>
  (column, row, t_s) => {
    const way = ((t_s * 5) / (to - from)) % 2;
    const left = Math.round(from + (to - from) * (way < 1 ? way : 2 - way));
    const there = t_s >= START_S && column >= left && column < left + 4 && row >= 22 && row < 25;
    return there ? 20 : scene(column, row, t_s);
  };

test("what moves and has no name to the detector is not looked at again and again, and who comes across its way is seen at once", () => {
  const verdicts = show(pacer(withNoise(yard), 14, 40), 60);
  const later = verdicts.filter(({ t_s }) => t_s >= START_S + 10);
  expect(looks(later).length).toBeLessThanOrEqual(4);
  // Somebody walks in across its way half a minute later.
  const LATER_S = 30;
  const visitor: Scene = (column, row, t_s) => {
    const left = walkerLeft(t_s - LATER_S);
    const there = column >= left && column < left + 3 && row >= 17 && row < 25;
    return there ? 20 : pacer(withNoise(yard), 14, 40)(column, row, t_s);
  };
  const came_s = START_S + LATER_S;
  const visited = show(visitor, came_s + 3, (t_s) => walkerSeen(t_s - LATER_S));
  expect(visited.find(({ t_s, look }) => look && t_s >= came_s)?.t_s).toBeLessThanOrEqual(came_s + 0.4);
});

test("another size of picture begins anew, and the same pictures give the same verdicts", () => {
  const gate = new MotionGate();
  gate.judge(pictureAt(yard, 0), 0, "nobody");
  gate.learn([]);
  const small: Luma = { columns: 2, rows: 2, cells: Float32Array.of(1, 2, 3, 4) };
  expect(gate.judge(small, 200, "nobody")).toMatchObject({ look: true, why: "first" });
  expect(show(walker(withNoise(yard)), 12, walkerSeen)).toEqual(
    show(walker(withNoise(yard)), 12, walkerSeen),
  );
});

test("while it is not sure that somebody is there, every picture is looked at", () => {
  const gate = new MotionGate();
  const whys = [0, 200, 400].map((at_ms) => {
    const { why } = gate.judge(pictureAt(yard, 0), at_ms, "unsure");
    gate.learn([]);
    return why;
  });
  expect(whys).toEqual(["first", "sure", "sure"]);
});

type Blot = { readonly x: number; readonly y: number; readonly level: number };

const blotted =
  ({ x, y, level }: Blot): Scene =>
  (column, row) =>
    Math.abs(column - x) < 3 && Math.abs(row - y) < 3 ? level : yard(column, row, 0);
const boxAround = ({ x, y }: Blot): Box => ({
  left: x / COLUMNS,
  right: (x + 3) / COLUMNS,
  top: y / ROWS,
  bottom: (y + 3) / ROWS,
});

/** Shows one blot a second. @returns for each picture how old the last look is, and the reason given. */
function waitsOf(blots: readonly (Blot & { readonly known: boolean })[], following: Following) {
  const gate = new MotionGate();
  let looked_ms = 0;
  return blots.map((blot, second) => {
    const at_ms = second * 1_000;
    const known = blot.known ? [boxAround(blot)] : [];
    const { look, why } = gate.judge(pictureAt(blotted(blot), second), at_ms, following, known);
    if (look) {
      gate.learn(known);
      looked_ms = at_ms;
    }
    return { wait_ms: at_ms - looked_ms, why };
  });
}

test("it never stays without a look longer than its limits, whatever moves", () => {
  const blot = fc.record({ x: fc.nat(60), y: fc.nat(32), level: fc.nat(255), known: fc.boolean() });
  const blots = fc.array(blot, { minLength: 20, maxLength: 60 });
  fc.assert(
    fc.property(blots, fc.constantFrom<Following>("nobody", "somebody", "unsure"), (shown, following) => {
      const waits = waitsOf(shown, following);
      const most_ms = following === "unsure" ? 1 : GATE_DEFAULTS.wait_max_ms.nobody;
      for (const { wait_ms, why } of waits) {
        expect(wait_ms).toBeLessThan(why === "expected" ? GATE_DEFAULTS.expected_max_ms : most_ms);
      }
    }),
    { numRuns: 20 },
  );
});

test("outside the part that was looked at nothing is learnt: what came there is news until it is looked at", () => {
  const gate = new MotionGate();
  const [left, right] = [
    { x: 10, y: 18, level: 250 },
    { x: 50, y: 18, level: 250 },
  ];
  const both: Scene = (column, row, t_s) =>
    column < 32 ? blotted(left)(column, row, t_s) : blotted(right)(column, row, t_s);
  gate.judge(pictureAt(yard, 0), 0, "somebody");
  gate.learn([]);
  expect(gate.judge(pictureAt(both, 0), 200, "somebody")).toMatchObject({ look: true, why: "moved" });
  gate.learn([boxAround(left)], { left: 0, top: 0, right: 0.5, bottom: 1 });
  const next = gate.judge(pictureAt(both, 0), 400, "somebody");
  expect(next).toMatchObject({ look: true, why: "moved" });
  expect(next.moved.map((region) => region.left > 0.5)).toEqual([true]);
  gate.learn([boxAround(right)]);
  expect(gate.judge(pictureAt(both, 0), 600, "somebody")).toMatchObject({ look: false, why: "still" });
});

test("a picture that the detector failed to look at is looked at again", () => {
  const gate = new MotionGate();
  gate.judge(pictureAt(yard, 0), 0, "nobody");
  expect(gate.judge(pictureAt(yard, 0.2), 200, "nobody").look).toBe(true);
});

/** On a plain yard a branch of 2 × 5 cells that swings four cells to and fro, once in two seconds. */
const branch: Scene = (column, row, t_s) => {
  const left = 40 + Math.round(2 - 2 * Math.cos(Math.PI * t_s));
  return column >= left && column < left + 2 && row >= 10 && row < 15 ? 20 : 120;
};

test("in a scene that is new, what sways is looked at a few times in all, and who steps out of it within a second", () => {
  const swaying = show(branch, 5);
  expect(looks(swaying).length).toBeLessThanOrEqual(4);
  const OUT_S = 1.4;
  const stepsOut: Scene = (column, row, t_s) => {
    const left = 44 + Math.floor((t_s - OUT_S) * 5);
    const isThere = t_s >= OUT_S && column >= left && column < left + 3 && row >= 10 && row < 18;
    return isThere ? 220 : branch(column, row, t_s);
  };
  const after = show(stepsOut, 3).filter(({ t_s }) => t_s >= OUT_S);
  expect(after.findIndex(({ look }) => look)).toBeLessThanOrEqual(5);
});
