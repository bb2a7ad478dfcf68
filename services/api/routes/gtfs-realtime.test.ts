import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";

const shared = sharedApp();

test.for([
  { path: "/gtfs-realtime/trip-updates.pb", bytes: [10, 1, 1] },
  { path: "/gtfs-realtime/vehicle-positions.pb", bytes: [10, 2, 2] },
  { path: "/gtfs-realtime/alerts.pb", bytes: [10, 3, 3] },
])("$path gives the message as it is", async ({ path, bytes }) => {
  const app = shared();
  const response = await app.inject(path);
  expect([...response.rawPayload]).toEqual(bytes);
  const { etag = "", ...headers } = response.headers;
  expect(headers).toMatchObject({
    "content-type": "application/x-protobuf",
    "cache-control": "public, max-age=5",
  });
  const again = await app.inject({ url: path, headers: { "if-none-match": etag } });
  expect(again.statusCode).toBe(304);
});
