import type { Box } from "@yardline/domain/box";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  afterLook,
  BARREN_PLACES_MAX,
  BARREN_WAIT_MAX_MS,
  type Barren,
  findBarren,
  findSway,
  wait_ms,
} from "./barren.ts";

const at = (left: number, top: number, side = 0.1): Box => ({
  left,
  top,
  right: left + side,
  bottom: top + side,
});

test("each look in vain doubles the wait, up to the longest", () => {
  let places: readonly Barren[] = [];
  const waits: number[] = [];
  for (const at_ms of [0, 1_000, 2_000, 3_000, 4_000]) {
    places = afterLook(places, { found: [], empty: [at(0.5, 0.5)], at_ms });
    waits.push(...places.map((place) => wait_ms(place)));
  }
  expect(waits).toEqual([400, 800, 1_600, 1_600, 1_600]);
});

test("what sways is looked at again within a second, within the longest wait once that was in vain, too", () => {
  let places: readonly Barren[] = [];
  const waits: number[] = [];
  for (const at_ms of [0, 1_000, 2_600]) {
    places = afterLook(places, { found: [], empty: [at(0.5, 0.5)], at_ms }, true);
    waits.push(...places.map((place) => wait_ms(place, true)));
  }
  expect(waits).toEqual([1_000, 1_600, 1_600]);
});

test("what has gone further than things sway, or is larger, does not sway", () => {
  const places = afterLook([], { found: [], empty: [at(0.5, 0.5)], at_ms: 0 });
  expect(findSway(places, at(0.54, 0.46))).toBe(places[0]);
  expect(findSway(places, at(0.45, 0.6, 0.04))).toBe(places[0]);
  expect(findSway(places, at(0.56, 0.5))).toBeUndefined();
  expect(findSway(places, at(0.46, 0.46, 0.13))).toBeUndefined();
});

test("while a scene is new, what sways beside a place belongs to it", () => {
  const [one, beside] = [at(0.5, 0.5), at(0.62, 0.5, 0.02)];
  const first = afterLook([], { found: [], empty: [one], at_ms: 0 });
  const look = { found: [], empty: [beside], at_ms: 1_000 };
  expect(afterLook(first, look).map(({ looks }) => looks)).toEqual([1, 1]);
  expect(afterLook(first, look, true).map(({ looks }) => looks)).toEqual([2]);
});

test("something larger, elsewhere, seen since or long after is not excused", () => {
  const places = afterLook([], { found: [], empty: [at(0.5, 0.5)], at_ms: 0 });
  expect(findBarren(places, at(0.52, 0.5))).toBe(places[0]);
  expect(findBarren(places, at(0.45, 0.45, 0.2))).toBeUndefined();
  expect(findBarren(places, at(0.1, 0.1))).toBeUndefined();
  expect(afterLook(places, { found: [at(0.55, 0.5)], empty: [], at_ms: 1_000 })).toEqual([]);
  expect(afterLook(places, { found: [], empty: [], at_ms: 10_001 })).toEqual([]);
});

test("a place never grows over the yard, and their number is bounded", () => {
  const side = fc.double({ min: 0.01, max: 0.2, noNaN: true });
  const share = fc.double({ min: 0, max: 0.8, noNaN: true });
  const box = fc.tuple(share, share, side).map(([left, top, length]) => at(left, top, length));
  fc.assert(
    fc.property(fc.array(fc.array(box, { maxLength: 40 }), { maxLength: 8 }), (looks) => {
      const places = looks.reduce<readonly Barren[]>(
        (before, empty, index) => afterLook(before, { found: [], empty, at_ms: index * 500 }),
        [],
      );
      expect(places.length).toBeLessThanOrEqual(BARREN_PLACES_MAX);
      for (const { place } of places) {
        expect((place.right - place.left) * (place.bottom - place.top)).toBeLessThanOrEqual(0.06 + 1e-9);
        expect(places.every((each) => wait_ms(each) <= BARREN_WAIT_MAX_MS)).toBe(true);
      }
    }),
  );
});
