import { expect, test } from "vitest";
import { byHour, meanBy } from "./by-hour.ts";

const rows = [
  { hour: 9, n: 10, late: 0.5 },
  { hour: 8, n: 30, late: 0.1 },
  { hour: 9, n: 30, late: 0.1 },
];

test("hours in their order, and what holds of all their rows together", () => {
  const hours = byHour(rows) ?? [];
  expect(hours.map(({ label, rows: own }) => `${label} ${meanBy(own, "late", "n")}`)).toEqual([
    "8:00 0.1",
    "9:00 0.2",
  ]);
});

test("without hours there are none, and without figures no mean", () => {
  expect(byHour([{ n: 1 }])).toBeUndefined();
  expect(meanBy([{ n: 1, late: null }], "late", "n")).toBeUndefined();
});
