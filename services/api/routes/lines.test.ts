import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";

test("lines as GeoJSON", async () => {
  const app = await testApp();
  expect((await app.inject("/v1/lines")).json()).toEqual({
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        geometry: {
          type: "MultiLineString",
          coordinates: [
            [
              [24.03, 49.84],
              [24.01, 49.85],
            ],
          ],
        },
        properties: {
          route_id: "r3",
          route_short_name: "3",
          route_long_name: "Market – Station",
          route_color: "0055AA",
        },
      },
    ],
  });
});
