import { distance_m, type LatLon } from "@yardline/domain/geo";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { GeoBox } from "./condition.ts";
import { cellsOf, coverOf, coverOfCircle } from "./geo-cells.ts";

const latitude = fc.double({ min: -90, max: 90, noNaN: true });
const longitude = fc.double({ min: -180, max: 179.999, noNaN: true });
const places = fc.record({ latitude, longitude });

const cells = (place: LatLon) => new Set(cellsOf(place));
const shares = (place: LatLon, some: readonly string[]) => some.some((each) => cells(place).has(each));

test("a place in a box lies in a square that covers it, and one in a square within lies in the box", () => {
  const size = fc.double({ min: 0, max: 3, noNaN: true });
  const share = fc.double({ min: -0.5, max: 1.5, noNaN: true });
  fc.assert(
    fc.property(places, size, size, share, share, (corner, height, width, up, right) => {
      const box = {
        south: corner.latitude,
        north: Math.min(90, corner.latitude + height),
        west: corner.longitude,
        east: Math.min(180, corner.longitude + width),
      };
      const place = {
        latitude: Math.min(90, Math.max(-90, box.south + (box.north - box.south) * up)),
        longitude: Math.min(180, Math.max(-180, box.west + (box.east - box.west) * right)),
      };
      const cover = coverOf(box);
      if (isInBox(box, place)) expect(cover === undefined || shares(place, cover.touched)).toBe(true);
      else expect(cover !== undefined && shares(place, cover.within)).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

test("the same of circles", () => {
  const radius = fc.oneof(
    fc.double({ min: 1, max: 3_000, noNaN: true }),
    fc.double({ min: 1, max: 400_000, noNaN: true }),
  );
  const step = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(places, radius, step, step, (center, radius_m, north, east) => {
      const reach = radius_m / 111_000;
      const latitudeOf = center.latitude + north * reach;
      const longitudeOf =
        center.longitude + (east * reach) / Math.max(0.01, Math.cos((center.latitude * Math.PI) / 180));
      const place = { latitude: latitudeOf, longitude: longitudeOf };
      fc.pre(Math.abs(place.latitude) <= 90 && place.longitude >= -180 && place.longitude < 180);
      const cover = coverOfCircle(center, radius_m);
      if (distance_m(center, place) <= radius_m)
        expect(cover === undefined || shares(place, cover.touched)).toBe(true);
      else expect(cover !== undefined && shares(place, cover.within)).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

test("a courtyard takes fine squares, a district coarse ones, a country none", () => {
  const around = (radius_m: number) => coverOfCircle({ latitude: 50.45, longitude: 30.52 }, radius_m);
  const levels = [100, 3_000, 60_000, 600_000].map((radius_m) => around(radius_m)?.touched[0]?.[0]);
  expect(levels).toEqual(["0", "1", "2", undefined]);
  expect(around(8_000)?.within.length).toBeGreaterThan(0);
  expect(coverOfCircle({ latitude: 89.9999, longitude: 0 }, 1000)).toBeUndefined();
  expect(coverOfCircle({ latitude: 0, longitude: 179.9999 }, 1000)).toBeUndefined();
});

function isInBox({ west, south, east, north }: GeoBox, { latitude: up, longitude: right }: LatLon): boolean {
  return up >= south && up <= north && right >= west && right <= east;
}
