import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";

test("stops as GeoJSON, longitude first, and 304 to who has them", async () => {
  const app = await testApp();
  const response = await app.inject("/v1/stops");
  expect(response.headers["content-type"]).toBe("application/geo+json; charset=utf-8");
  expect(response.headers["cache-control"]).toBe("public, max-age=300");
  expect(response.json()).toEqual({
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        geometry: { type: "Point", coordinates: [24.03, 49.84] },
        properties: { stop_id: "market", stop_name: "Ринок" },
      },
      {
        type: "Feature",
        geometry: { type: "Point", coordinates: [24.01, 49.85] },
        properties: { stop_id: "вокзал/1", stop_name: "Вокзал" },
      },
    ],
  });
  const { etag = "" } = response.headers;
  const again = await app.inject({ url: "/v1/stops", headers: { "if-none-match": etag } });
  expect([again.statusCode, again.body]).toEqual([304, ""]);
});

test.for([
  "/v1/stops",
  "/v1/stops/market/arrivals",
  "/v1/lines",
  "/v1/vehicles",
  "/gtfs-realtime/trip-updates.pb",
  "/gtfs-realtime/vehicle-positions.pb",
])("GET %s without a timetable says how to load one", async (url) => {
  const app = await testApp({ transit: undefined });
  const response = await app.inject(url);
  expect(response.json()).toEqual({
    type: "urn:yardline:problem:no-timetable",
    title: "Not Found",
    status: 404,
    detail: "No timetable loaded: start with --gtfs, or choose one in the browser.",
  });
});
