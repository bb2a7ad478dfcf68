import { expect, test } from "vitest";
import { CALL, sentencesAt } from "./testing.ts";
import { transitDelayChanged } from "./transit-delay-changed.ts";

const change = { ...CALL, delay_before_s: 40, delay_s: 310 };

test("says from what to what and where", () => {
  expect(sentencesAt(transitDelayChanged, change)).toEqual([
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
