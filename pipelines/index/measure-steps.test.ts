import fc from "fast-check";
import { expect, test } from "vitest";
import { stepOf, stepsBetween } from "./measure-steps.ts";

const bound = fc.oneof(
  fc.integer({ min: -700, max: 100_000 }),
  fc.double({ min: -700, max: 700, noNaN: true }),
  fc.constantFrom(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -600, 0, 300, 86_400),
);
const value = fc.oneof(
  fc.integer({ min: -1_000, max: 100_000 }),
  fc.constantFrom(-600, 0, 60, 300, 299.999, 86_400),
);

test("a value between bounds lies in a step that they touch, and one beyond in none that lies within", () => {
  fc.assert(
    fc.property(bound, bound, value, (a, b, each) => {
      const [min, max] = [Math.min(a, b), Math.max(a, b)];
      const { touched, within } = stepsBetween("delay_s", min, max);
      const fits = each >= min && each <= max;
      expect((fits ? touched : within).includes(stepOf("delay_s", each))).toBe(fits);
    }),
    { numRuns: 2_000 },
  );
});

test("whole minutes of delay are told exactly upwards", () => {
  const { touched, within } = stepsBetween("delay_s", 300, Number.POSITIVE_INFINITY);
  expect(touched).toEqual(within);
});
