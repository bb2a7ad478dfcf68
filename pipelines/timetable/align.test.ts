import fc from "fast-check";
import { expect, test } from "vitest";
import { alignOn } from "./align.ts";
import { listPasses, pathThrough, planeAround } from "./path.ts";

const ORIGIN = { latitude: 49.8, longitude: 31.2 };
const plane = planeAround(ORIGIN);
/** 100 m east and north of the origin are about these degrees. */
const EAST = 0.001393;
const NORTH = 0.000899;

function at(east_100m: number, north_100m: number) {
  return { latitude: ORIGIN.latitude + north_100m * NORTH, longitude: ORIGIN.longitude + east_100m * EAST };
}

function path(...corners: readonly (readonly [number, number])[]) {
  return pathThrough(
    corners.map(([east, north]) => at(east, north)),
    plane,
  );
}

const usual = { off_max_m: 300, off_usual_m: 15, hop_usual_m: 200, hop_usual_share: 0.5, back_max_m: 0 };

function placed(
  line: ReturnType<typeof path>,
  stops: readonly (readonly [number, number])[],
  hops_m: readonly number[],
): readonly number[] | undefined {
  const points = stops.map(([east, north]) => plane.project(at(east, north)));
  const aligned = alignOn(line, points, hops_m, usual);
  return aligned && [...aligned.at_m].map((at_m) => Math.round(at_m / 10) * 10);
}

test("a path knows each place where it comes by", () => {
  const hairpin = path([0, 0], [10, 0], [10, 0.2], [0, 0.2]);
  const [there, back, ...more] = listPasses(hairpin, plane.project(at(5, 0.05)), 50);
  expect([there, back].map((pass) => pass && [Math.round(pass.at_m), Math.round(pass.off_m)])).toEqual([
    [500, 5],
    [1520, 15],
  ]);
  expect(more).toEqual([]);
  expect(listPasses(hairpin, plane.project(at(5, 4)), 50)).toEqual([]);
});

test("a street driven out and back: each stop on its own way", () => {
  const there_and_back = path([0, 0], [10, 0], [0, 0]);
  const stops = [
    [1, 0.1],
    [6, 0.1],
    [6, -0.1],
    [1, -0.1],
  ] as const;
  expect(placed(there_and_back, stops, [0, 500, 800, 500])).toEqual([100, 600, 1400, 1900]);
});

test("a loop begins and ends at one stop", () => {
  const loop = path([0, 0], [10, 0], [10, 10], [0, 10], [0, 0]);
  const stops = [
    [0, 0],
    [10, 5],
    [0, 5],
    [0, 0],
  ] as const;
  expect(placed(loop, stops, [0, 1500, 2000, 500])).toEqual([0, 1500, 3500, 4000]);
});

test("stops against the line's direction do not lie on it", () => {
  expect(
    placed(
      path([0, 0], [10, 0]),
      [
        [8, 0],
        [2, 0],
      ],
      [0, 600],
    ),
  ).toBeUndefined();
});

test("whatever the line, stops never go back on it", () => {
  const place = fc.tuple(
    fc.double({ min: 0, max: 10, noNaN: true }),
    fc.double({ min: 0, max: 10, noNaN: true }),
  );
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 2, maxLength: 12 }),
      fc.array(place, { minLength: 1, maxLength: 8 }),
      (corners, stops) => {
        const line = path(...corners);
        const at_m = placed(
          line,
          stops,
          stops.map(() => 300),
        );
        if (!at_m) return;
        expect(at_m).toEqual([...at_m].sort((a, b) => a - b));
        expect(Math.max(...at_m)).toBeLessThanOrEqual(line.length_m + 10);
      },
    ),
  );
});
