import { expect, test } from "vitest";
import { averagePrecision } from "./average-precision.ts";

const at = (left: number) => ({ left, top: 0, right: left + 0.1, bottom: 0.1 });
const truths = [0, 0.3, 0.6, 0.9].map((left) => ({ picture: "a", box: at(left) }));
const guess = (left: number, score: number, picture = "a") => ({ picture, score, box: at(left) });

test("all found and nothing else is 1; nothing found is 0; nothing to find is no number", () => {
  const all = truths.map(({ box }) => ({ picture: "a", score: 0.5, box }));
  expect(averagePrecision(all, truths, 0.5)).toBe(1);
  expect(averagePrecision([], truths, 0.5)).toBe(0);
  expect(averagePrecision(all, [], 0.5)).toBeUndefined();
});

test("half found before any mistake: precision 1 up to recall 0.5, then 0", () => {
  const guesses = [guess(0, 0.9), guess(0.3, 0.8), guess(0.45, 0.7)];
  expect(averagePrecision(guesses, truths, 0.5)).toBeCloseTo(51 / 101, 10);
});

test("a mistake before the second hit lowers what comes after it to 2/3", () => {
  const guesses = [guess(0, 0.9), guess(0.45, 0.8), guess(0.3, 0.7)];
  expect(averagePrecision(guesses, truths, 0.5)).toBeCloseTo((26 + 25 * (2 / 3)) / 101, 10);
});

test("a second guess on the same thing, and the right place on another picture, are mistakes", () => {
  const guesses = [guess(0, 0.9), guess(0.001, 0.8), guess(0.3, 0.7, "b"), guess(0.6, 0.6)];
  expect(averagePrecision(guesses, truths, 0.5)).toBeCloseTo((26 + 25 * 0.5) / 101, 10);
});

test("a guess that covers too little is a mistake", () => {
  expect(averagePrecision([guess(0.04, 0.9)], truths, 0.5)).toBe(0);
});
