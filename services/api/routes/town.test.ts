import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { CAMERA } from "../testing/scenes.ts";

test("the town, with bounds around its stops and cameras", async () => {
  const app = await testApp();
  const { bounds, ...town } = (await app.inject("/v1/town")).json();
  expect(town).toEqual({
    name: "Demo",
    tenant: "demo",
    simulated: true,
    timezone: "Europe/Kyiv",
    cameras: 1,
    stops: 2,
    vehicles: 2,
    now: "2026-11-22T12:00:00.000Z",
  });
  expect(bounds.map((degrees: number) => degrees.toFixed(3))).toEqual([
    "24.005",
    "49.835",
    "24.035",
    "49.855",
  ]);
});

test("a town of cameras alone, nowhere yet", async () => {
  const { place: _, ...camera } = CAMERA;
  const town = { name: "Demo", tenant: "demo", simulated: false, timezone: "Europe/Warsaw" };
  const app = await testApp({ transit: undefined, town, cameras: { listCameras: () => [camera] } });
  expect((await app.inject("/v1/town")).json()).toEqual({
    ...town,
    cameras: 1,
    stops: 0,
    vehicles: 0,
    now: "2026-11-22T12:00:00.000Z",
  });
});
