import fc from "fast-check";
import { expect, test } from "vitest";
import { renewAt, retryIn_ms } from "./renewal.ts";

const DAY_MS = 86_400_000;

test("a certificate of ninety days is renewed between its 51st and its 60th", () => {
  const pair = { from_ms: 0, until_ms: 90 * DAY_MS };
  expect([0, 0.5, 1].map((random) => Math.round((renewAt(pair, random) / DAY_MS) * 10) / 10)).toEqual([
    60, 55.5, 51,
  ]);
});

test("whatever its life, it is renewed within it", () => {
  const instant = fc.integer({ min: 0, max: 4e12 });
  fc.assert(
    fc.property(
      instant,
      fc.integer({ min: 1, max: 1e11 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (from_ms, life, random) => {
        const at_ms = renewAt({ from_ms, until_ms: from_ms + life }, random);
        expect(at_ms >= from_ms && at_ms < from_ms + life).toBe(true);
      },
    ),
  );
});

test("after failures it waits longer and longer, a day at most, and never twice the same", () => {
  expect([1, 2, 3, 7, 8, 1_000].map((failures) => retryIn_ms(failures, 0.5) / 60_000)).toEqual([
    15, 30, 60, 960, 1_440, 1_440,
  ]);
  expect([0, 1].map((random) => retryIn_ms(1, random) / 60_000)).toEqual([12, 18]);
});
