import { expect, test } from "vitest";
import { type BudgetedCamera, checkBudget } from "./camera-budget.ts";

const cameras = (count: number, form: BudgetedCamera["mask"]["form"], prefix = form): BudgetedCamera[] =>
  Array.from({ length: count }, (_, at) => ({ id: `${prefix}-${at}`, mask: { form } }));

test("a box of two cores carries what it is designed for: sixteen cameras, four of them masked by us", () => {
  expect(() => checkBudget([...cameras(12, "none-needed"), ...cameras(4, "burnt-in")], 2)).not.toThrow();
  expect(() => checkBudget([], 1)).not.toThrow();
});

test("those for which there is no room are named, and why", () => {
  expect(() => checkBudget(cameras(12, "burnt-in"), 2)).toThrow(
    /cost 1680 ms .* 2 cores has 1500 ms .* no room for burnt-in-10, burnt-in-11:/,
  );
});

test("what was measured counts instead", () => {
  const measured = cameras(12, "burnt-in").map((camera) => ({ ...camera, cost_ms: 100 }));
  expect(() => checkBudget(measured, 2)).not.toThrow();
});
