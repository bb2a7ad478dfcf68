import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { transitStopVisit } from "./transit-stop-visit.ts";

const visit = {
  feed: "town",
  service_date: "20261122",
  trip_id: "7-0612",
  route_id: "r7",
  route_short_name: "7",
  stop_id: "rynok",
  stop_name: "Ринок",
  stop_sequence: 4,
  vehicle_id: "0417",
  scheduled_at: "2026-11-22T06:24:00.000Z",
  arrived_at: "2026-11-22T06:26:10.000Z",
  delay_s: 130,
} as const;

test.for([
  [130, "запізнення 2 хв", "опоздание 2 мин", "2 min late"],
  [-100, "раніше на 2 хв", "раньше на 2 мин", "2 min early"],
  [-20, "вчасно", "вовремя", "on time"],
] as const)("%i s against the timetable", ([delay_s, uk, ru, en]) => {
  expect(LANGUAGES.map((language) => transitStopVisit.sentence({ ...visit, delay_s }, language))).toEqual([
    `Автобус 0417, маршрут 7, зупинка «Ринок»: ${uk}.`,
    `Автобус 0417, маршрут 7, остановка «Ринок»: ${ru}.`,
    `Bus 0417 on line 7 at “Ринок”: ${en}.`,
  ]);
});

test("the measured instants are no part of the identity, the trip run and the stop are", () => {
  const measured = { ...visit, arrived_at: "2026-11-22T06:27:00.000Z", delay_s: 180, ended: "lost" } as const;
  expect(transitStopVisit.identity(measured)).toEqual(transitStopVisit.identity(visit));
  for (const other of [
    { feed: "district" },
    { service_date: "20261123" },
    { trip_id: "7-0630" },
    { start_time: "06:12:00" },
    { stop_sequence: 9 },
    { vehicle_id: "0418" },
  ]) {
    expect(transitStopVisit.identity({ ...visit, ...other })).not.toEqual(transitStopVisit.identity(visit));
  }
});
