import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";
import { fakeDispatch } from "../testing/dispatch.ts";

const shared = sharedApp(() => ({ dispatch: fakeDispatch() }));

test("vehicles with their runs and how sure those are", async () => {
  expect((await shared().inject("/v1/dispatch/vehicles")).json()).toEqual({
    vehicles: [
      {
        vehicle_id: "7",
        at: "2026-11-22T11:59:56.000Z",
        latitude: 49.845,
        longitude: 24.02,
        feed: "demo",
        service_date: "20261122",
        trip_id: "t1",
        route_id: "r3",
        confidence: 0.9,
        parked: false,
      },
    ],
  });
});
