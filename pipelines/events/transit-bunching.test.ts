import { expect, test } from "vitest";
import { CALL, sentencesAt } from "./testing.ts";
import { transitBunching } from "./transit-bunching.ts";

const TWO = {
  ahead_vehicle_id: "0420",
  ahead_trip_id: "7-0602",
  headway_s: 70,
  planned_headway_s: 600,
  skipped: 0,
};

test("says how close the two are, and how far apart they should be", () => {
  expect(sentencesAt(transitBunching, TWO)).toEqual([
    "Автобус 0417, маршрут 7: від зупинки «Ринок» відправився через 70 с після автобуса 0420, за розкладом через 10 хв.",
    "Автобус 0417, маршрут 7: от остановки «Ринок» отправился через 70 с после автобуса 0420, по расписанию через 10 мин.",
    "Bus 0417 on line 7 left “Ринок” 70 s behind bus 0420; the timetable has 10 min.",
  ]);
});

test("search finds it by both buses; how it went on is no part of its identity", () => {
  const data = { ...CALL, ...TWO };
  expect(transitBunching.facets(data).vehicle).toEqual(["0417", "0420"]);
  const later = { ...data, stops: 6, worst_headway_s: 15 };
  expect(transitBunching.identity(later)).toEqual(transitBunching.identity(data));
});
