import fc from "fast-check";
import { expect, test } from "vitest";
import { groundOf } from "./ground.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });

test("the four points come out where they were measured, and straight lines stay straight", () => {
  const pairs = [
    { at: [0.4, 0.3], metres: [0, 20] },
    { at: [0.6, 0.3], metres: [20, 20] },
    { at: [1, 1], metres: [20, 0] },
    { at: [0, 1], metres: [0, 0] },
  ] as const;
  const ground = groundOf(pairs);
  for (const { at, metres } of pairs) {
    const [x = 0, y = 0] = ground?.(at[0], at[1]) ?? [];
    expect(Math.hypot(x - metres[0], y - metres[1])).toBeLessThan(1e-9);
  }
  fc.assert(
    fc.property(share, (t) => {
      const [x = Number.NaN] = ground?.(0.4 * (1 - t), 0.3 + 0.7 * t) ?? [];
      expect(Math.abs(x)).toBeLessThan(1e-6);
    }),
  );
});

test("three points on one line fix nothing", () => {
  const on = [0, 0.3, 0.6].map((x) => ({ at: [x, x], metres: [x, x] }) as const);
  expect(groundOf([...on, { at: [0, 1], metres: [0, 1] }])).toBeUndefined();
});
