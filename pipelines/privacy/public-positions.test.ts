import { distance_m } from "@yardline/domain/geo";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ALL_HIDDEN,
  ALL_SHOWN,
  coarsened,
  type Exposure,
  type PublicPositions,
  shownOf,
  shownOfLine,
} from "./public-positions.ts";

const LINE = { feed: "town", route_id: "5" };
const on: Exposure = { show: "on" };
const off: Exposure = { show: "off" };
const later = (delay_min: number): Exposure => ({ show: "delayed", delay_min });
const coarse = (grid_m: number): Exposure => ({ show: "coarsened", grid_m });
const policy = (town: Exposure, line: Exposure = on, vehicle: Exposure = on): PublicPositions => ({
  town,
  lines: [{ route_id: "5", exposure: line }],
  vehicles: [{ vehicle_id: "7", exposure: vehicle }],
});

test.for<[PublicPositions, ReturnType<typeof shownOf>]>([
  [ALL_SHOWN, { delay_ms: 0, grid_m: 0 }],
  [ALL_HIDDEN, undefined],
  [policy(on, later(5)), { delay_ms: 300_000, grid_m: 0 }],
  [policy(later(10), later(5)), { delay_ms: 600_000, grid_m: 0 }],
  [policy(later(10), coarse(500)), { delay_ms: 600_000, grid_m: 500 }],
  [policy(on, on, off), undefined],
  [policy(off, on, on), undefined],
])("the most restrictive holds: %j", ([decided, shown]) => {
  expect(shownOf(decided, "7", LINE)).toEqual(shown);
});

test("a vehicle on no line that we know of may be on any: the strictest of all lines holds for it", () => {
  const decided = policy(on, off);
  expect(shownOf(decided, "8", undefined)).toBeUndefined();
  expect(shownOf(decided, "8", { ...LINE, route_id: "6" })).toEqual({ delay_ms: 0, grid_m: 0 });
  const ofOther = { ...ALL_SHOWN, lines: [{ feed: "other", route_id: "5", exposure: off }] };
  expect(shownOf(ofOther, "8", LINE)).toBeDefined();
  expect(shownOfLine(decided, LINE)).toBeUndefined();
  expect(shownOfLine(policy(on, on, off), LINE)).toBeDefined();
});

test("a coarsened place is at most half a square's diagonal off, and all places of a square are one", () => {
  const place = fc.record({
    latitude: fc.double({ min: -80, max: 80, noNaN: true }),
    longitude: fc.double({ min: -179, max: 179, noNaN: true }),
  });
  fc.assert(
    fc.property(place, fc.integer({ min: 100, max: 20_000 }), (real, grid_m) => {
      const shown = coarsened(real, grid_m);
      expect(distance_m(real, shown)).toBeLessThan(0.75 * grid_m);
      expect(coarsened(shown, grid_m).latitude).toBeCloseTo(shown.latitude, 9);
      expect(coarsened(shown, grid_m).longitude).toBeCloseTo(shown.longitude, 9);
    }),
  );
});
