import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";

test("vehicles as GeoJSON; one on no trip has no line and no delay", async () => {
  const app = await testApp();
  const response = await app.inject("/v1/vehicles");
  expect(response.headers["cache-control"]).toBe("public, max-age=2");
  expect(response.json()).toEqual({
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        geometry: { type: "Point", coordinates: [24.02, 49.845] },
        properties: {
          vehicle_id: "7",
          at: "2026-11-22T11:59:56.000Z",
          speed_mps: 8.5,
          course_deg: 310,
          route_id: "r3",
          route_short_name: "3",
          route_color: "0055AA",
          trip_id: "t1",
          delay_s: 95,
          stop_id: "вокзал/1",
        },
      },
      {
        type: "Feature",
        geometry: { type: "Point", coordinates: [24.02, 49.84] },
        properties: { vehicle_id: "8", at: "2026-11-22T11:59:59.000Z" },
      },
    ],
  });
});
