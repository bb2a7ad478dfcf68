import { expect, test } from "vitest";
import { CALL, sentencesAt } from "./testing.ts";
import { transitEarlyDeparture } from "./transit-early-departure.ts";

test("says how early and where", () => {
  expect(sentencesAt(transitEarlyDeparture, { early_s: 130 })).toEqual([
    "Автобус 0417, маршрут 7: відправився від зупинки «Ринок» на 2 хв раніше розкладу.",
    "Автобус 0417, маршрут 7: отправился от остановки «Ринок» на 2 мин раньше расписания.",
    "Bus 0417 on line 7 left “Ринок” 2 min before its time.",
  ]);
});

test("search compares it with delays", () => {
  expect(transitEarlyDeparture.measures({ ...CALL, early_s: 130 })).toEqual({ delay_s: -130 });
});
