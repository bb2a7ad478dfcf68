import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";

const shared = sharedApp();
const ITEMS = "/v1/ogc/collections/places/items";
const headers = { host: "localhost:8080" };
const ask = (query: string) => shared().inject({ url: `${ITEMS}?${query}`, headers });
const idsOf = (answer: { json(): { features: { id: string }[] } }) =>
  answer.json().features.map(({ id }) => id);

test("places as GeoJSON, longitude first, the next page by its link", async () => {
  const first = await ask("limit=2");
  const { features, links, timeStamp, numberReturned } = first.json();
  expect(features[1]).toEqual({
    type: "Feature",
    id: "stop/market",
    geometry: { type: "Point", coordinates: [24.03, 49.84] },
    properties: { kind: "stop", name: "Ринок" },
  });
  expect([timeStamp, numberReturned]).toEqual(["2026-11-22T12:00:00.000Z", 2]);
  const next = new URL(links.find(({ rel }: { rel: string }) => rel === "next").href);
  const second = await shared().inject({ url: next.pathname + next.search, headers });
  expect(idsOf(second)).toEqual(["stop/вокзал/1"]);
  expect(second.json().links.map(({ rel }: { rel: string }) => rel)).toEqual(["self"]);
});

test.for([
  ["bbox=24.0,49.845,24.02,49.86", ["stop/вокзал/1"]],
  ["bbox=24.0,49.845,0,24.02,49.86,300", ["stop/вокзал/1"]],
  ["datetime=2020-01-01T00:00:00Z", ["camera/yard", "stop/market", "stop/вокзал/1"]],
  ["limit=100000", ["camera/yard", "stop/market", "stop/вокзал/1"]],
] as const)("?%s", async ([query, ids]) => {
  expect(idsOf(await ask(query))).toEqual(ids);
});

test.for(["bbox=1,2,3", "bbox=1,2,3,4,5", "bbox=9,1,8,2", "datetime=now", "limit=0", "crs=EPSG:4326"])(
  "?%s is refused",
  async (query) => {
    expect((await ask(query)).statusCode).toBe(400);
  },
);

test("one place, or none", async () => {
  const one = await shared().inject({ url: `${ITEMS}/${encodeURIComponent("stop/вокзал/1")}`, headers });
  expect(one.json()).toMatchObject({ id: "stop/вокзал/1", links: [{ rel: "self" }, { rel: "collection" }] });
  expect((await shared().inject(`${ITEMS}/nowhere`)).statusCode).toBe(404);
});
