import { expect, test } from "vitest";
import { sentencesAt } from "./testing.ts";
import { transitOffRoute } from "./transit-off-route.ts";

const left_at = "2026-11-22T06:25:00.000Z";

test("while it is away", () => {
  expect(sentencesAt(transitOffRoute, { left_at })).toEqual([
    "Автобус 0417, маршрут 7: зійшов з маршруту перед зупинкою «Ринок».",
    "Автобус 0417, маршрут 7: сошёл с маршрута перед остановкой «Ринок».",
    "Bus 0417 on line 7 left its route before “Ринок”.",
  ]);
});

test("when it is back", () => {
  expect(sentencesAt(transitOffRoute, { left_at, away_s: 300, ended: "returned" })).toEqual([
    "Автобус 0417, маршрут 7: повернувся на маршрут через 5 хв (перед зупинкою «Ринок»).",
    "Автобус 0417, маршрут 7: вернулся на маршрут через 5 мин (перед остановкой «Ринок»).",
    "Bus 0417 on line 7 was back on its route after 5 min (left before “Ринок”).",
  ]);
});

test("when it never came back to that trip", () => {
  expect(sentencesAt(transitOffRoute, { left_at, away_s: 300, ended: "left" })[2]).toBe(
    "Bus 0417 on line 7 left its route before “Ринок” and did not come back to this trip.",
  );
});
