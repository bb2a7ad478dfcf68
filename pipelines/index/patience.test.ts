import { expect, test } from "vitest";
import { ENDLESS, patienceFor } from "./patience.ts";

test("counts from when it was begun", () => {
  let cpu_ms = 500;
  const isOver = patienceFor(100, () => cpu_ms);
  expect(isOver()).toBe(false);
  cpu_ms = 600;
  expect(isOver()).toBe(false);
  cpu_ms = 601;
  expect([isOver(), ENDLESS()]).toEqual([true, false]);
});
