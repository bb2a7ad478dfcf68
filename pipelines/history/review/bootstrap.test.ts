import { expect, test } from "vitest";
import { changeInterval, meanOf, randomOf } from "./bootstrap.ts";

test("the same seed gives the same interval, another one nearly the same", () => {
  const days = [1, 2, 3, 4, 5, 6].map((sum) => ({ sum, n: 1 }));
  const later = days.map(({ sum, n }) => ({ sum: sum + 10, n }));
  const one = changeInterval(days, later, randomOf(7));
  expect(changeInterval(days, later, randomOf(7))).toEqual(one);
  const other = changeInterval(days, later, randomOf(8));
  expect(Math.abs(other.low - one.low) + Math.abs(other.high - one.high)).toBeLessThan(0.6);
  expect(one.low).toBeLessThan(10);
  expect(one.high).toBeGreaterThan(10);
});

test("days weigh by what happened on them", () => {
  expect(
    meanOf([
      { sum: 10, n: 1 },
      { sum: 0, n: 9 },
    ]),
  ).toBe(1);
});

test("about nineteen of twenty intervals hold the true change", () => {
  const random = randomOf(1);
  // Each day has a mean of its own, as real days do; the periods differ by 1.
  const period = (shift: number) =>
    Array.from({ length: 30 }, () => {
      const mean = shift + (random() + random() + random() - 1.5) * 2;
      return { sum: mean * 50, n: 50 };
    });
  const rounds = 150;
  const held = Array.from({ length: rounds }, () => changeInterval(period(0), period(1), random)).filter(
    ({ low, high }) => low <= 1 && high >= 1,
  ).length;
  expect(held / rounds).toBeGreaterThan(0.88);
  expect(held / rounds).toBeLessThan(0.99);
});
