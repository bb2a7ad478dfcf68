import { distance_m } from "@yardline/domain/geo";
import fc from "fast-check";
import { expect, test } from "vitest";
import { boxAround, cellsOf, coverOf } from "./geo-cells.ts";

const latitude = fc.double({ min: -90, max: 90, noNaN: true });
const longitude = fc.double({ min: -180, max: 179.999, noNaN: true });
const places = fc.record({ latitude, longitude });
const shares = (a: readonly string[], b: readonly string[]): boolean => a.some((each) => b.includes(each));

test("a place in a box lies in a square that covers it", () => {
  const size = fc.double({ min: 0, max: 3, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(places, size, size, share, share, (corner, height, width, up, right) => {
      const box = {
        south: corner.latitude,
        north: Math.min(90, corner.latitude + height),
        west: corner.longitude,
        east: Math.min(180, corner.longitude + width),
      };
      const place = {
        latitude: box.south + (box.north - box.south) * up,
        longitude: box.west + (box.east - box.west) * right,
      };
      const cover = coverOf(box);
      expect(cover === undefined || shares(cover, cellsOf(place))).toBe(true);
    }),
  );
});

test("a place within a circle lies in the box around it", () => {
  const radius = fc.double({ min: 1, max: 400_000, noNaN: true });
  const step = fc.double({ min: -4, max: 4, noNaN: true });
  fc.assert(
    fc.property(places, radius, step, step, (center, radius_m, north, east) => {
      const place = { latitude: center.latitude + north, longitude: center.longitude + east };
      fc.pre(Math.abs(place.latitude) <= 90 && place.longitude >= -180 && place.longitude < 180);
      const box = boxAround(center, radius_m);
      fc.pre(box !== undefined && distance_m(center, place) <= radius_m);
      expect(place.latitude >= box.south && place.latitude <= box.north).toBe(true);
      expect(place.longitude >= box.west && place.longitude <= box.east).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("a courtyard takes fine squares, a district coarse ones, a country none", () => {
  const around = (radius_m: number) => boxAround({ latitude: 50.45, longitude: 30.52 }, radius_m);
  const levels = [100, 3_000, 60_000, 600_000].map((radius_m) => {
    const box = around(radius_m);
    return box && coverOf(box)?.[0]?.[0];
  });
  expect(levels).toEqual(["0", "1", "2", undefined]);
  expect(boxAround({ latitude: 89.9999, longitude: 0 }, 1000)).toBeUndefined();
  expect(boxAround({ latitude: 0, longitude: 179.9999 }, 1000)).toBeUndefined();
});
