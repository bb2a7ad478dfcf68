import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { memoryIndex, memoryMedia } from "../testing/fakes.ts";
import { presence, stopVisit } from "../testing/scenes.ts";

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3);

test("the picture of an event, never kept by a browser without asking", async () => {
  const event = presence();
  const app = await testApp({ index: memoryIndex([event]), media: memoryMedia({ "snap-1": JPEG }) });
  const url = `/v1/events/${event.occurrence}/snapshot`;
  const response = await app.inject(url);
  expect(new Uint8Array(response.rawPayload)).toEqual(JPEG);
  const { etag = "", ...headers } = response.headers;
  expect(headers).toMatchObject({ "content-type": "image/jpeg", "cache-control": "private, no-cache" });
  const again = await app.inject({ url, headers: { "if-none-match": etag } });
  expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
});

test.for([
  { why: "it has expired", event: presence() },
  { why: "there is none", event: presence(0, { data: { snapshot: undefined } }) },
  { why: "this kind has no media, whatever its data says", event: stopVisit() },
])("404 when $why", async ({ event }) => {
  const app = await testApp({ index: memoryIndex([event]) });
  const response = await app.inject(`/v1/events/${event.occurrence}/snapshot`);
  expect([response.statusCode, response.json().type]).toEqual([404, "urn:yardline:problem:media-gone"]);
});
