import { distance_m } from "@yardline/domain/geo";
import fc from "fast-check";
import { expect, test } from "vitest";
import { passagesOf } from "./passages.ts";

const CENTER = { latitude: 50, longitude: 30 };
/** Metres in degrees at the centre. */
const NORTH = 1 / 111_195;
const EAST = NORTH / Math.cos((50 * Math.PI) / 180);
const around = { center: CENTER, radius_m: 100 };

/** A fix: seconds, metres east, metres north. */
const fix = (s: number, east_m: number, north_m: number) => ({
  at_ms: s * 1_000,
  latitude: CENTER.latitude + north_m * NORTH,
  longitude: CENTER.longitude + east_m * EAST,
});
const inSeconds = (fixes: readonly ReturnType<typeof fix>[]) =>
  passagesOf(fixes, around).map(({ from_ms, to_ms, nearest_at_ms, nearest_m }) => [
    ...[from_ms, to_ms, nearest_at_ms].map((at_ms) => Math.round(at_ms / 1_000)),
    Math.round(nearest_m),
  ]);

test.for([
  ["nothing", [], []],
  ["one that passes through between two fixes", [fix(0, -200, 60), fix(40, 200, 60)], [[12, 28, 20, 60]]],
  ["one that passes by outside", [fix(0, -200, 101), fix(40, 200, 101)], []],
  [
    "one that comes, stands and goes",
    [fix(0, -200, 0), fix(20, 0, 0), fix(90, 0, 0), fix(110, 200, 0)],
    [[10, 100, 20, 0]],
  ],
  [
    "one that comes twice",
    [fix(0, 0, 0), fix(20, 200, 0), fix(60, 200, 0), fix(80, 0, 0)],
    [
      [0, 10, 0, 0],
      [70, 80, 80, 0],
    ],
  ],
  ["one that was silent on the way", [fix(0, -200, 0), fix(600, 200, 0)], []],
  ["one that was last heard of inside", [fix(0, 30, 40)], [[0, 0, 0, 50]]],
] as const)("%s", ([, fixes, told]) => {
  expect(inSeconds(fixes)).toEqual(told);
});

test("whoever has a fix inside has a passage at that time, each passage is in order, none touch", () => {
  const offset = fc.integer({ min: -300, max: 300 });
  const ways = fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), offset, offset), { maxLength: 40 });
  fc.assert(
    fc.property(ways, (steps) => {
      const fixes = steps.map(([, east, north], at) => {
        const s = steps.slice(0, at + 1).reduce((sum, [more_s]) => sum + more_s, 0);
        return fix(s, east, north);
      });
      const found = passagesOf(fixes, around);
      for (const { at_ms, ...place } of fixes) {
        const within = found.some(({ from_ms, to_ms }) => from_ms <= at_ms && at_ms <= to_ms);
        const far_m = distance_m(CENTER, place);
        if (far_m < 99) expect(within).toBe(true);
      }
      for (const [at, { from_ms, to_ms, nearest_at_ms }] of found.entries()) {
        expect(from_ms <= nearest_at_ms && nearest_at_ms <= to_ms).toBe(true);
        expect(from_ms).toBeGreaterThan(found[at - 1]?.to_ms ?? -1);
      }
    }),
  );
});
