import fc from "fast-check";
import { expect, test } from "vitest";
import { moved, zoomed } from "./stretch.ts";

const WHOLE = { from_s: 18_000, to_s: 90_000 };

test("what lies under the mouse stays there, the day's ends are not passed", () => {
  expect(zoomed(WHOLE, WHOLE, 0.5, 36_000)).toEqual({ from_s: 27_000, to_s: 63_000 });
  expect(zoomed({ from_s: 18_000, to_s: 36_000 }, WHOLE, 2, 36_000)).toEqual({
    from_s: 18_000,
    to_s: 54_000,
  });
  expect(zoomed({ from_s: 27_000, to_s: 63_000 }, WHOLE, 2, 30_000)).toBeUndefined();
  expect(moved({ from_s: 20_000, to_s: 30_000 }, WHOLE, -0.5)).toEqual({ from_s: 18_000, to_s: 28_000 });
  expect(moved(WHOLE, WHOLE, 0.5)).toBeUndefined();
});

test("whatever is done, what is shown lies in the day and is long enough to be read", () => {
  const step = fc.record({
    times: fc.double({ min: 0.1, max: 10, noNaN: true }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    by: fc.double({ min: -2, max: 2, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let now = WHOLE;
      for (const { times, at, by } of steps) {
        now = zoomed(now, WHOLE, times, now.from_s + at * (now.to_s - now.from_s)) ?? WHOLE;
        now = moved(now, WHOLE, by) ?? now;
        expect(now.from_s).toBeGreaterThanOrEqual(WHOLE.from_s - 1e-6);
        expect(now.to_s).toBeLessThanOrEqual(WHOLE.to_s + 1e-6);
        expect(now.to_s - now.from_s).toBeGreaterThanOrEqual(600 - 1e-6);
      }
    }),
  );
});
