import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { testIdentity } from "../testing/people.ts";
import { CAMERA } from "../testing/scenes.ts";

const idsOf = (answer: { json(): { places: { id: string }[] } }) => answer.json().places.map(({ id }) => id);

test("stops and cameras by id, by kind, in a box, in a circle, page by page", async () => {
  const app = await testApp();
  const ask = (query: string) => app.inject(`/v1/places?${query}`);
  expect((await ask("kind=stop&limit=1")).json()).toEqual({
    places: [{ id: "stop/market", kind: "stop", name: "Ринок", latitude: 49.84, longitude: 24.03 }],
    cursor: expect.any(String),
  });
  const { cursor } = (await ask("limit=2")).json();
  expect(idsOf(await ask(`limit=2&cursor=${cursor}`))).toEqual(["stop/вокзал/1"]);
  expect(idsOf(await ask("kind=camera"))).toEqual(["camera/yard"]);
  expect(idsOf(await ask("bbox=24.0,49.845,24.02,49.86"))).toEqual(["stop/вокзал/1"]);
  expect(idsOf(await ask("near=49.84,24.03,50"))).toEqual(["camera/yard", "stop/market"]);
  expect((await ask("bbox=1,2,3")).statusCode).toBe(400);
});

test("residents learn of stops, which anybody may keep for a while; of cameras who may know of them, for themselves", async () => {
  const { identity, headersOf } = await testIdentity();
  const cameras = { listCameras: () => [CAMERA, { ...CAMERA, id: "gate" }] };
  const app = await testApp({ identity, cameras });
  const resident = await app.inject("/v1/places");
  expect(idsOf(resident)).toEqual(["stop/market", "stop/вокзал/1"]);
  expect(resident.headers).toMatchObject({
    "cache-control": "public, max-age=60",
    vary: "cookie, authorization",
  });
  const yard = await app.inject({ url: "/v1/places", headers: await headersOf("yard-only") });
  expect(idsOf(yard)).toEqual(["camera/yard", "stop/market", "stop/вокзал/1"]);
  expect(yard.headers["cache-control"]).toBe("no-store");
  const again = { "if-none-match": String(resident.headers["etag"]) };
  expect((await app.inject({ url: "/v1/places", headers: again })).statusCode).toBe(304);
});
