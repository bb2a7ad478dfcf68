import { expect, test } from "vitest";
import { sentencesAt } from "./testing.ts";
import { transitBreakdownLike } from "./transit-breakdown-like.ts";

test("says how long it stood, and claims no more than it knows", () => {
  expect(sentencesAt(transitBreakdownLike, { since_at: "2026-11-22T06:25:00.000Z", stood_s: 250 })).toEqual([
    "Автобус 0417, маршрут 7: стоїть 4 хв біля зупинки «Ринок»; можливо, несправний.",
    "Автобус 0417, маршрут 7: стоит 4 мин у остановки «Ринок»; возможно, неисправен.",
    "Bus 0417 on line 7 stood near “Ринок” for 4 min; it may have broken down.",
  ]);
});
