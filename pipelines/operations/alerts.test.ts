import { blockTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { alertsOf, isActive } from "./alerts.ts";
import { type Order, standingOf } from "./order.ts";
import { EIGHT_MS, orderOf, trip } from "./testing.ts";

const timetable = await blockTownTimetable();
const MINUTE_MS = 60_000;
const alertsAt = (minutes: number, ...log: readonly Order[]) =>
  alertsOf(standingOf(log), [timetable], EIGHT_MS + minutes * MINUTE_MS);

const TEXT = { header: { uk: "Ярмарок", ru: "Ярмарка", en: "Fair" }, effect: "OTHER_EFFECT" } as const;

test("a closed stop and a detour say so themselves, until they end or are undone", () => {
  const closed = orderOf(1, { order: "close-stop", stop_id: "east-1" }, 10, 60);
  const [alert] = alertsAt(0, closed);
  expect(alert).toMatchObject({
    id: "order-1",
    effect: "NO_SERVICE",
    header: { en: "Stop “Stop east-1” is closed" },
    description: { uk: "Автобуси не зупиняються на зупинці «Stop east-1» до 09:00, 1 червня." },
    concerns: [{ feed: "town", stop_id: "east-1" }],
  });
  expect([0, 10, 59, 60].map((minutes) => alert && isActive(alert, EIGHT_MS + minutes * MINUTE_MS))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(alertsAt(60, closed)).toEqual([]);
  expect(alertsAt(20, closed, orderOf(2, { order: "undo", of: "1" }, 15))).toEqual([]);
  const detour = orderOf(1, { order: "detour", route_id: "1", from_stop_id: "east-1", to_stop_id: "east-3" });
  expect(alertsAt(1, detour)).toMatchObject([
    { effect: "DETOUR", header: { ru: "Маршрут 1 идёт в объезд" }, concerns: [{ route_id: "1" }] },
  ]);
});

test("a free text with periods of its own, as far as the order is in force; what nobody has any more concerns nobody", () => {
  const periods = [
    { from: "2026-06-01T04:00:00Z", until: "2026-06-01T05:30:00Z" },
    { from: "2026-06-01T10:00:00Z" },
  ];
  const concerns = [{ run: trip("east-08:20") }, { stop_id: "gone" }];
  const [alert] = alertsAt(45, orderOf(1, { order: "alert", concerns, text: TEXT, periods }));
  expect(alert).toMatchObject({ ...TEXT, concerns: [{ run: { trip_id: "east-08:20", route_id: "1" } }] });
  expect(alert?.periods).toEqual([
    { from_ms: EIGHT_MS + 300 * MINUTE_MS, until_ms: EIGHT_MS + 600 * MINUTE_MS },
  ]);
  expect(alertsAt(1, orderOf(1, { order: "alert", concerns: [{ stop_id: "gone" }], text: TEXT }))).toEqual(
    [],
  );
});
