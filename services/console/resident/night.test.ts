import { expect, test } from "vitest";
import { isNight } from "./night.ts";

test("the night is the town's, also when the clocks change", () => {
  const hours = ["05:59", "06:00", "21:59", "22:00", "00:30"];
  const of = (day: string, offset: string) =>
    hours.map((hour) => isNight(Date.parse(`${day}T${hour}:00${offset}`), "Europe/Kyiv"));
  expect(of("2026-11-30", "+02:00")).toEqual([true, false, false, true, true]);
  expect(of("2026-06-01", "+03:00")).toEqual([true, false, false, true, true]);
});
