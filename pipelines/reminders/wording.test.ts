import type { Arrival } from "@yardline/domain/trip-run";
import { expect, test } from "vitest";
import type { Told } from "./judge.ts";
import { wordingOf } from "./wording.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const MINUTE_MS = 60_000;
const NAMES = { line: "3", stop: "Ринок", timezone: "Europe/Kyiv" };
const CALL = {
  ...{ stop_id: "a/b?", route_id: "r3", trip_id: "t1", service_date: "20261122" },
  ...{ stop_sequence: 5, scheduled_at: "2026-11-22T12:05:00.000Z" },
};
const ARRIVAL: Arrival = {
  run: { feed: "demo", service_date: "20261122", trip_id: "t1", route_id: "r3" },
  ...{ stop_id: "a/b?", stop_sequence: 5, headsign: "Вокзал", basis: "live" },
  scheduled_at_ms: NOON_MS + 5 * MINUTE_MS,
  predicted_at_ms: NOON_MS + 9.5 * MINUTE_MS,
  low_ms: NOON_MS + 8.5 * MINUTE_MS,
  high_ms: NOON_MS + 12.2 * MINUTE_MS,
};
const said = (language: "uk" | "ru" | "en", what: Told["what"] = "comes", more: Partial<Arrival> = {}) => {
  const told = { what, arrival: { ...ARRIVAL, ...more } };
  const { title, body } = wordingOf({ id: "x", language, call: CALL }, told, NAMES, NOON_MS);
  return `${title} | ${body}`;
};

test("which line, when, how surely, in three languages", () => {
  expect([said("uk"), said("ru"), said("en")]).toEqual([
    "3: за 9 хв | Ринок → Вокзал. Очікується о 14:09 (8–13 хв).",
    "3: через 9 мин | Ринок → Вокзал. Ожидается в 14:09 (8–13 мин).",
    "3: in 9 min | Ринок → Вокзал. Expected at 14:09 (8–13 min).",
  ]);
});

test("what is not known is not said", () => {
  const bare: Partial<Arrival> = { basis: "timetable", predicted_at_ms: NOON_MS + 5 * MINUTE_MS };
  expect(said("en", "comes", bare)).toBe(
    "3: in 5 min | Ринок → Вокзал. By the timetable only, at 14:05: the bus does not report where it is.",
  );
  expect(said("uk", "comes", { basis: "lost", predicted_at_ms: NOON_MS })).toBe(
    "3: уже тут | Ринок → Вокзал. Сигнал автобуса втрачено; очікується близько 14:00 (8–13 хв).",
  );
});

test("a bus that will not come", () => {
  expect(said("ru", "cancelled")).toBe(
    "3: рейс отменён | Ринок → Вокзал. По расписанию должен был быть в 14:05.",
  );
  expect(said("uk", "passes-by")).toBe(
    "3: тут не зупиниться | Ринок → Вокзал. За розкладом мав бути о 14:05.",
  );
});

test("it opens the stop's page, whatever the stop's id is", () => {
  const told: Told = { what: "comes", arrival: ARRIVAL };
  expect(wordingOf({ id: "x", language: "uk", call: CALL }, told, NAMES, NOON_MS)).toMatchObject({
    tag: "x",
    path: "/stops/a%2Fb%3F",
  });
});
