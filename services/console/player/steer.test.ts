import { expect, test } from "vitest";
import { SPEEDS, speedAfter, steeringOf, wishOf } from "./steer.ts";

const press = (key: string, code = "", shiftKey = false) => wishOf({ key, code, shiftKey });

test("speeds go from a quarter to eight times, and no further", () => {
  expect([SPEEDS[0], SPEEDS.at(-1)]).toEqual([0.25, 8]);
  expect([speedAfter(1, 1), speedAfter(0.25, -1), speedAfter(8, 1)]).toEqual([2, 0.25, 8]);
});

test("keys", () => {
  const wishes = [" ", ",", ".", ">", "Home", "[", "x", "toString"].map((key) => press(key)?.do);
  expect(wishes).toEqual(["play", "step", "step", "speed", "edge", "roll", undefined, undefined]);
});

test("signs that a Ukrainian keyboard has letters on go by their place", () => {
  expect([press("ю", "Period"), press("Б", "Comma", true), press("х", "BracketLeft")]).toEqual([
    { do: "step", by: 1 },
    { do: "speed", by: -1 },
    { do: "roll", side: "before" },
  ]);
});

test.for([
  ["with the clock", 10, 10.02, 1, { rate: 1 }],
  ["a little behind: a little faster", 10, 10.2, 1, { rate: 1.06 }],
  ["a little ahead: a little slower", 10.2, 10, 1, { rate: 0.94 }],
  ["far off: it jumps", 3, 10, 1, { rate: 1, seek_s: 10 }],
  ["at eight times more passes between two looks", 10, 12, 8, { rate: 8.48 }],
  ["standing: exactly there", 10, 10.05, 0, { rate: 1, seek_s: 10.05 }],
] as const)("another camera's clip, %s", ([, at_s, wanted_s, speed, steering]) => {
  expect(steeringOf(at_s, wanted_s, speed)).toEqual(steering);
});

test("whatever it is off by, it comes with the clock and stays there", () => {
  for (const [speed, off_s] of [
    [1, 0.3],
    [0.5, -0.2],
    [4, 1.1],
    [8, -2.5],
  ] as const) {
    let [at_s, wanted_s] = [20 + off_s, 20];
    for (let look = 0; look < 80; look++) {
      const { seek_s, rate } = steeringOf(at_s, wanted_s, speed);
      at_s = (seek_s ?? at_s) + rate * 0.2;
      wanted_s += speed * 0.2;
    }
    expect(Math.abs(at_s - wanted_s)).toBeLessThan(0.1 * Math.max(1, speed));
  }
});
