import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanFix, compareFixes } from "./fix.ts";

const NOW = Date.parse("2026-06-01T09:00:00Z");
const position = {
  vehicle_id: "7",
  at_ms: NOW - 2_000,
  received_at_ms: NOW,
  latitude: 49.8123456,
  longitude: 31.2,
  speed_mps: 8,
};

test("keeps what matching needs, to a decimetre", () => {
  expect(cleanFix({ ...position, trip_id: "t1", start_date: "20260601" })).toEqual({
    at_ms: NOW - 2_000,
    latitude: 49.812346,
    longitude: 31.2,
    trip_id: "t1",
    start_date: "20260601",
  });
});

test.for([
  ["0/0: a receiver without a fix", { latitude: 0, longitude: 0.0001 }, "no-fix"],
  ["no number", { latitude: Number.NaN }, "no-place"],
  ["off the earth", { longitude: 181 }, "no-place"],
  ["a receiver that repeats an old place", { frozen: true }, "frozen"],
  ["the year 2099", { at_ms: Date.parse("2099-01-01T00:00:00Z") }, "ahead-of-time"],
  ["six minutes ahead", { at_ms: NOW + 6 * 60_000 }, "ahead-of-time"],
  ["eight days old", { at_ms: NOW - 8 * 86_400_000 }, "too-late"],
] as const)("refuses %s", ([, change, why]) => {
  expect(cleanFix({ ...position, ...change })).toBe(why);
});

test("a fix of six days ago, or four minutes ahead, is taken; a service day that is none is not", () => {
  expect(cleanFix({ ...position, at_ms: NOW - 6 * 86_400_000 })).toMatchObject({
    at_ms: NOW - 6 * 86_400_000,
  });
  expect(cleanFix({ ...position, at_ms: NOW + 4 * 60_000 })).toMatchObject({ at_ms: NOW + 4 * 60_000 });
  expect(cleanFix({ ...position, start_date: "20261301" })).not.toHaveProperty("start_date");
});

test("how late a fix comes changes nothing in it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6 * 86_400_000 }), (late_ms) => {
      expect(cleanFix({ ...position, received_at_ms: NOW + late_ms })).toEqual(cleanFix(position));
    }),
  );
});

test("two different statements about one instant have an order", () => {
  const a = { at_ms: NOW, latitude: 49.8, longitude: 31.2 };
  const b = { ...a, latitude: 49.9 };
  expect(compareFixes(a, a)).toBe(0);
  expect(Math.sign(compareFixes(a, b))).toBe(-Math.sign(compareFixes(b, a)));
  expect(compareFixes(a, b)).not.toBe(0);
});
