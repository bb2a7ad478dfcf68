import { expect, test } from "vitest";
import { Expunging } from "./elastic-fade.ts";

const HOUR_MS = 3_600_000;

test("segments are written anew when what was replaced has lain for as long as is allowed, once", () => {
  const expunging = new Expunging(HOUR_MS);
  // A process that begins asks once.
  expect(expunging.isDue(0)).toBe(true);
  expunging.done(0, false);
  expect(expunging.isDue(10 * HOUR_MS)).toBe(false);
  expunging.owe(10 * HOUR_MS);
  expunging.owe(10.5 * HOUR_MS);
  expect([10.9, 11].map((hour) => expunging.isDue(hour * HOUR_MS))).toEqual([false, true]);
  expunging.done(11 * HOUR_MS, false);
  expect(expunging.isDue(20 * HOUR_MS)).toBe(false);
});

test("what the server still has is owed still, and a clock that is set back keeps nothing for longer", () => {
  const expunging = new Expunging(HOUR_MS);
  expunging.owe(HOUR_MS);
  expunging.done(HOUR_MS, true);
  expect([1.9, 2].map((hour) => expunging.isDue(hour * HOUR_MS))).toEqual([false, true]);
  expect(expunging.isDue(0)).toBe(true);
});
