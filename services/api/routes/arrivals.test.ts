import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";

const shared = sharedApp();

test("what comes to a stop, with its interval and why we think so", async () => {
  const app = shared();
  const response = await app.inject("/v1/stops/market/arrivals");
  expect(response.headers["cache-control"]).toBe("public, max-age=5");
  expect(response.json()).toEqual({
    stop: { stop_id: "market", stop_name: "Ринок", latitude: 49.84, longitude: 24.03 },
    made_at: "2026-11-22T12:00:00.000Z",
    heard_at: "2026-11-22T11:59:59.000Z",
    timezone: "Europe/Kyiv",
    alerts: [expect.objectContaining({ id: "order-4", concerns: [{ stop_id: "market" }] })],
    arrivals: [
      {
        route_id: "r3",
        route_short_name: "3",
        route_color: "0055AA",
        headsign: "Station",
        trip_id: "t1",
        service_date: "20261122",
        stop_sequence: 5,
        vehicle_id: "7",
        scheduled_at: "2026-11-22T12:01:00.000Z",
        predicted_at: "2026-11-22T12:02:35.400Z",
        low: "2026-11-22T12:02:00.000Z",
        high: "2026-11-22T12:03:20.000Z",
        delay_s: 95,
        basis: "live",
        signal_at: "2026-11-22T11:59:40.000Z",
        reason: {
          uk: "За місцем автобуса 20 с тому.",
          ru: "По месту автобуса 20 с назад.",
          en: "By where the bus was 20 s ago.",
        },
      },
      {
        route_id: "r99",
        route_short_name: "r99",
        route_color: "FFFFFF",
        trip_id: "t9",
        service_date: "20261122",
        stop_sequence: 5,
        scheduled_at: "2026-11-22T12:10:00.000Z",
        predicted_at: "2026-11-22T12:10:00.000Z",
        delay_s: 0,
        basis: "timetable",
        reason: {
          uk: "Лише за розкладом: автобус не передає, де він.",
          ru: "Только по расписанию: автобус не передаёт, где он.",
          en: "By the timetable only: the bus does not report where it is.",
        },
      },
    ],
  });
});

test.for([
  { stop: encodeURIComponent("вокзал/1"), status: 200 },
  { stop: "nowhere", status: 404 },
  { stop: "..%2f..", status: 404 },
  { stop: "%00", status: 400 },
  { stop: "x".repeat(201), status: 400 },
])("stop $stop answers $status", async ({ stop, status }) => {
  const app = shared();
  expect((await app.inject(`/v1/stops/${stop}/arrivals`)).statusCode).toBe(status);
});
