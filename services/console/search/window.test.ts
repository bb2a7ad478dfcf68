import { expect, test } from "vitest";
import { ROW_PX, ROWS_MAX, rowAfter, rowsIn, scrollTo } from "./window.ts";

test("of a hundred thousand rows those are drawn that are seen, and a few around", () => {
  expect(rowsIn(0, 800, 100_000)).toEqual({ from: 0, to: 16 });
  expect(rowsIn(50_000 * ROW_PX, 800, 100_000)).toEqual({ from: 49_994, to: 50_016 });
  expect(rowsIn(0, 800, 3)).toEqual({ from: 0, to: 3 });
  expect(rowsIn(9e9, 800, 1e9).to).toBe(ROWS_MAX);
});

test("a row is scrolled to only as far as needed", () => {
  expect(scrollTo(3, 0, 800)).toBeUndefined();
  expect(scrollTo(0, 100, 800)).toBe(0);
  expect(scrollTo(10, 0, 800)).toBe(11 * ROW_PX - 800);
});

test.each([
  ["ArrowDown", 5, 6],
  ["k", 0, 0],
  ["PageDown", 5, 9],
  ["End", 0, 9],
  ["Home", 7, 0],
  ["x", 7, undefined],
] as const)("%s from %i: %s", (key, row, wanted) => {
  expect(rowAfter(key, row, 10)).toBe(wanted);
});
