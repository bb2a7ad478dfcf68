import fc from "fast-check";
import { expect, test } from "vitest";
import { overlapping, PUBLIC_COUNT_MIN, type PublicArea, publicCells, toldHours } from "./public-counts.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = Date.parse("2026-11-30T00:00:00Z");
const AREAS: readonly PublicArea[] = [
  { id: "centre", name: "Centre", cameras: ["yard", "gate"] },
  { id: "school", name: "School", cameras: ["school"] },
];

test("fewer than five are not told, whichever cameras saw them", () => {
  const counts = new Map([
    ["yard", 3],
    ["gate", 1],
    ["school", 5],
    ["elsewhere", 100],
  ]);
  expect(publicCells(AREAS, counts)).toEqual([{ area: "centre" }, { area: "school", count: 5 }]);
  expect(publicCells(AREAS, new Map())).toEqual([{ area: "centre" }, { area: "school" }]);
});

test("only whole hours are told, and only when they have settled", () => {
  expect(toldHours(DAY_MS, DAY_MS + 2 * HOUR_MS - 1)).toEqual([]);
  expect(toldHours(DAY_MS, DAY_MS + 3 * HOUR_MS)).toEqual([DAY_MS, DAY_MS + HOUR_MS]);
  expect(toldHours(DAY_MS, DAY_MS + 48 * HOUR_MS)).toHaveLength(24);
  expect(toldHours(DAY_MS, DAY_MS - 1)).toEqual([]);
});

/**
 * The attack: whoever may ask everything adds and subtracts all answers, to learn a number below five. Every answer is of one cell, cells do
 * not overlap, and one that is too small gives the same answer whatever it is.
 */
test("no sum or difference of answers tells a count below five", () => {
  const small = fc.integer({ min: 0, max: PUBLIC_COUNT_MIN - 1 });
  const any = fc.integer({ min: 0, max: 50 });
  fc.assert(
    fc.property(small, small, any, (one, other, school) => {
      const told = (yard: number) =>
        publicCells(
          AREAS,
          new Map([
            ["yard", yard],
            ["school", school],
          ]),
        );
      expect(told(one)).toEqual(told(other));
    }),
  );
  const lists = fc.array(fc.subarray(["a", "b", "c", "d"]), { maxLength: 4 });
  fc.assert(
    fc.property(lists, (areas) => {
      const named = areas.map((cameras, at) => ({ id: `${at}`, name: `${at}`, cameras }));
      const twice = ["a", "b", "c", "d"].filter(
        (each) => areas.filter((area) => area.includes(each)).length > 1,
      );
      expect([...overlapping(named)].toSorted()).toEqual(twice);
    }),
  );
});
