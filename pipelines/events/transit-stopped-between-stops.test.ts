import { expect, test } from "vitest";
import { sentencesAt } from "./testing.ts";
import { transitStoppedBetweenStops } from "./transit-stopped-between-stops.ts";

test("says how long it stood before which stop", () => {
  expect(
    sentencesAt(transitStoppedBetweenStops, { since_at: "2026-11-22T06:25:00.000Z", stood_s: 250 }),
  ).toEqual([
    "Автобус 0417, маршрут 7: стоїть 4 хв на дорозі перед зупинкою «Ринок».",
    "Автобус 0417, маршрут 7: стоит 4 мин на дороге перед остановкой «Ринок».",
    "Bus 0417 on line 7 stood on the road before “Ринок” for 4 min.",
  ]);
});
