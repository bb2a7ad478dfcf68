import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";

const shared = sharedApp();

test("what is planned at a stop today and in the next days, a line once, the same bytes until something changes", async () => {
  const app = shared();
  const response = await app.inject("/v1/stops/market/timetable");
  expect(response.headers["cache-control"]).toBe("public, max-age=300");
  expect(response.json()).toEqual({
    stop: { stop_id: "market", stop_name: "Ринок" },
    timezone: "Europe/Kyiv",
    from: "2026-11-21T22:00:00.000Z",
    until: "2026-11-24T22:00:00.000Z",
    lines: [
      {
        route_id: "r3",
        route_short_name: "3",
        route_color: "0055AA",
        headsign: "Station",
        scheduled_at: ["2026-11-22T12:00:00.000Z", "2026-11-22T12:20:00.000Z", "2026-11-23T12:00:00.000Z"],
      },
    ],
  });
  const headers = { "if-none-match": String(response.headers["etag"]) };
  expect((await app.inject({ url: "/v1/stops/market/timetable", headers })).statusCode).toBe(304);
});

test.for([
  ["nowhere", 404],
  ["%00", 400],
])("stop %s answers %i", async ([stop, status]) => {
  expect((await shared().inject(`/v1/stops/${stop}/timetable`)).statusCode).toBe(status);
});
