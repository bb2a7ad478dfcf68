import { expect, test } from "vitest";
import { sentencesAt } from "./testing.ts";
import { transitLongDwell } from "./transit-long-dwell.ts";

test("says how long it stood at which stop", () => {
  expect(sentencesAt(transitLongDwell, { since_at: "2026-11-22T06:25:00.000Z", stood_s: 250 })).toEqual([
    "Автобус 0417, маршрут 7: стоянка 4 хв на зупинці «Ринок».",
    "Автобус 0417, маршрут 7: стоянка 4 мин на остановке «Ринок».",
    "Bus 0417 on line 7 stood at “Ринок” for 4 min.",
  ]);
});
