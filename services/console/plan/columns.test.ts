import { expect, test } from "vitest";
import { columnsOf, minutesText } from "./columns.ts";

test("seconds as minutes", () => {
  expect([0, 5, 65, 3600, -90, -0.2].map(minutesText)).toEqual([
    "0:00",
    "0:05",
    "1:05",
    "60:00",
    "−1:30",
    "0:00",
  ]);
});

test("a town with one timetable is not told its name in each row", () => {
  const rows = [
    { feed: "town", n: 1 },
    { feed: "town", n: 2, hour: 8 },
  ];
  expect(columnsOf(rows)).toEqual(["n", "hour"]);
  expect(columnsOf([...rows, { feed: "region", n: 1 }])).toEqual(["feed", "n", "hour"]);
  expect(columnsOf([])).toEqual([]);
});
