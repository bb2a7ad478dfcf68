import { expect, test } from "vitest";
import { sharedApp, testApp } from "../testing/app.ts";

const shared = sharedApp();
const ITEMS = "/v1/ogc/collections/vehicles/items";
const idsOf = (answer: { json(): { features: { id: string }[] } }) =>
  answer.json().features.map(({ id }) => id);

test("vehicles as they are shown to everybody", async () => {
  const answer = await shared().inject(`${ITEMS}?limit=1`);
  expect(answer.headers["cache-control"]).toBe("public, max-age=2");
  expect(answer.json().features).toEqual([
    {
      type: "Feature",
      id: "7",
      geometry: { type: "Point", coordinates: [24.02, 49.845] },
      properties: {
        ...{
          at: "2026-11-22T11:59:56.000Z",
          speed_mps: 8.5,
          course_deg: 310,
          delay_s: 95.4,
          stop_id: "вокзал/1",
        },
        ...{ route_id: "r3", trip_id: "t1", service_date: "20261122" },
      },
    },
  ]);
  const link = answer.json().links.find(({ rel }: { rel: string }) => rel === "next");
  const { pathname, search } = new URL(link.href);
  expect(idsOf(await shared().inject(pathname + search))).toEqual(["8"]);
});

test.for([
  ["bbox=24.0,49.842,24.03,49.85", ["7"]],
  ["datetime=2026-11-22T11:59:58Z/..", ["8"]],
  ["datetime=2020-01-01T00:00:00Z", []],
] as const)("?%s", async ([query, ids]) => {
  expect(idsOf(await shared().inject(`${ITEMS}?${query}`))).toEqual(ids);
});

test("one vehicle, or none; none where there is no timetable", async () => {
  expect((await shared().inject(`${ITEMS}/8`)).json()).toMatchObject({ id: "8", properties: {} });
  expect((await shared().inject(`${ITEMS}/9`)).statusCode).toBe(404);
  const bare = await testApp({ transit: undefined });
  expect(idsOf(await bare.inject(ITEMS))).toEqual([]);
});
