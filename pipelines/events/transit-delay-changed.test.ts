import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { transitDelayChanged } from "./transit-delay-changed.ts";

const change = {
  feed: "town",
  service_date: "20261122",
  trip_id: "7-0612",
  route_id: "r7",
  route_short_name: "7",
  vehicle_id: "0417",
  stop_id: "rynok",
  stop_name: "Ринок",
  stop_sequence: 4,
  scheduled_at: "2026-11-22T06:24:00.000Z",
  delay_before_s: 40,
  delay_s: 310,
};

test("says from what to what and where", () => {
  expect(LANGUAGES.map((language) => transitDelayChanged.sentence(change, language))).toEqual([
    "Автобус 0417, маршрут 7: відхилення від розкладу змінилося з 1 на 5 хв біля зупинки «Ринок».",
    "Автобус 0417, маршрут 7: отклонение от расписания изменилось с 1 на 5 мин у остановки «Ринок».",
    "Bus 0417 on line 7: 1 → 5 min against the timetable, noticed at “Ринок”.",
  ]);
});

test("a late fix that corrects the delay states the same occurrence", () => {
  expect(transitDelayChanged.identity({ ...change, delay_before_s: 0, delay_s: 290 })).toEqual(
    transitDelayChanged.identity(change),
  );
});
