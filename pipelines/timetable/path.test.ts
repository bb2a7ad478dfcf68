import fc from "fast-check";
import { expect, test } from "vitest";
import { listPasses, pathThrough, planeAround } from "./path.ts";

const plane = planeAround({ latitude: 49.8, longitude: 31.2 });
const place = fc.record({
  latitude: fc.double({ min: 49.78, max: 49.82, noNaN: true }),
  longitude: fc.double({ min: 31.17, max: 31.23, noNaN: true }),
});
const corners = fc.array(place, { minLength: 2, maxLength: 40 });

test("the nearest place of a path is among its passes, and none lies beyond what was asked", () => {
  fc.assert(
    fc.property(corners, place, fc.integer({ min: 1, max: 2_000 }), (line, at, within_m) => {
      const path = pathThrough(line, plane);
      const point = plane.project(at);
      const passes = listPasses(path, point, within_m);
      const nearest_m = Math.min(
        ...sampled(path).map(({ x_m, y_m }) => Math.hypot(x_m - point.x_m, y_m - point.y_m)),
      );
      for (const { off_m } of passes) expect(off_m).toBeLessThanOrEqual(within_m);
      if (nearest_m < within_m)
        expect(Math.min(...passes.map(({ off_m }) => off_m))).toBeLessThanOrEqual(nearest_m + 1e-6);
      expect(passes.map(({ at_m }) => at_m)).toEqual(
        passes.map(({ at_m }) => at_m).toSorted((a, b) => a - b),
      );
    }),
  );
});

test("a path of one place has no length and no passes", () => {
  const path = pathThrough([{ latitude: 49.8, longitude: 31.2 }], plane);
  expect([path.length_m, listPasses(path, { x_m: 0, y_m: 0 }, 100)]).toEqual([0, []]);
});

/** Corners and points in between. */
function sampled({ x_m, y_m }: ReturnType<typeof pathThrough>) {
  return Array.from(x_m).flatMap((x, i) =>
    [0, 0.25, 0.5, 0.75].map((share) => ({
      x_m: x + share * ((x_m[i + 1] ?? x) - x),
      y_m: (y_m[i] ?? 0) + share * ((y_m[i + 1] ?? y_m[i] ?? 0) - (y_m[i] ?? 0)),
    })),
  );
}
