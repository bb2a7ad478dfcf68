import { expect, test } from "vitest";
import { CALL, sentencesAt } from "./testing.ts";
import { transitHeadwayGap } from "./transit-headway-gap.ts";

const GAP = {
  ahead_vehicle_id: "0420",
  ahead_trip_id: "7-0552",
  headway_s: 1_500,
  planned_headway_s: 600,
  skipped: 1,
};

test("says for how long nobody came, and how long was planned", () => {
  expect(sentencesAt(transitHeadwayGap, GAP)).toEqual([
    "Маршрут 7: до автобуса 0417 зупинку «Ринок» 25 хв ніхто не обслуговував, за розкладом 10 хв.",
    "Маршрут 7: до автобуса 0417 остановку «Ринок» 25 мин никто не обслуживал, по расписанию 10 мин.",
    "Line 7: nobody served “Ринок” for 25 min before bus 0417; the timetable has 10 min.",
  ]);
});

test("search compares how long", () => {
  expect(transitHeadwayGap.measures({ ...CALL, ...GAP })).toEqual({ duration_s: 1_500 });
});
