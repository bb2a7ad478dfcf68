import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { presence, stopVisit } from "../testing/scenes.ts";

const { place: _, ...placeless } = presence(20);
const EVENTS = [presence(0), stopVisit(10), placeless, presence(30, { tenant: "neighbour" })];
const shared = sharedApp(() => ({ index: memoryIndex(EVENTS) }));
const ITEMS = "/v1/ogc/collections/events/items";
const headers = { host: "localhost:8080" };
const ask = (query: string) => shared().inject({ url: `${ITEMS}?${query}`, headers });
const idsOf = (answer: { json(): { features: { id: string }[] } }) =>
  answer.json().features.map(({ id }) => EVENTS.findIndex(({ occurrence }) => occurrence === id));

test("events as GeoJSON, newest first, the next page by its link, another tenant's never", async () => {
  const first = await ask("limit=2");
  expect(first.headers["cache-control"]).toBe("no-store");
  const { features, links } = first.json();
  expect(features[0]).toMatchObject({ geometry: null, properties: { type: "yard.presence" } });
  expect(features[1]).toMatchObject({
    geometry: { type: "Point", coordinates: [24.03, 49.84] },
    properties: {
      type: "transit.stop-visit",
      data: { stop_id: "market" },
      sentence: { uk: expect.any(String) },
    },
  });
  const { pathname, search } = new URL(links.find(({ rel }: { rel: string }) => rel === "next").href);
  expect([...idsOf(first), ...idsOf(await shared().inject({ url: pathname + search, headers }))]).toEqual([
    2, 1, 0,
  ]);
});

test.for([
  ["bbox=24,49.8,24.1,49.9", [1, 0]],
  ["bbox=24,49.8,0,24.1,49.9,100", [1, 0]],
  ["bbox=25,49.8,26,49.9", []],
  ["datetime=2026-11-22T12:00:10Z/2026-11-22T12:00:20Z", [2, 1]],
  ["datetime=../2026-11-22T12:00:00Z", [0]],
  ["limit=5000", [2, 1, 0]],
] as const)("?%s", async ([query, found]) => {
  expect(idsOf(await ask(query))).toEqual(found);
});

test("one event by its occurrence; nothing else is one", async () => {
  const id = stopVisit(10).occurrence;
  const one = await shared().inject({ url: `${ITEMS}/${id}`, headers });
  expect(one.json()).toMatchObject({ type: "Feature", id, properties: { event: `/v1/events/${id}` } });
  expect((await shared().inject({ url: `${ITEMS}/nothing`, headers })).statusCode).toBe(404);
});
