import sharp from "sharp";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { memoryIndex, memoryMedia } from "../testing/fakes.ts";
import { presence, stopVisit } from "../testing/scenes.ts";

const JPEG = await sharp({ create: { width: 320, height: 180, channels: 3, background: "#204020" } })
  .jpeg()
  .toBuffer();

test("the picture of an event as it was stored, never kept by a browser without asking", async () => {
  const event = presence();
  const app = await testApp({ index: memoryIndex([event]), media: memoryMedia({ "snap-1": JPEG }) });
  const url = `/v1/events/${event.occurrence}/snapshot?box=0`;
  const response = await app.inject(url);
  expect(response.rawPayload).toEqual(JPEG);
  const { etag = "", ...headers } = response.headers;
  expect(headers).toMatchObject({ "content-type": "image/jpeg", "cache-control": "private, no-cache" });
  const again = await app.inject({ url, headers: { "if-none-match": etag } });
  expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
});

test("with the event's box drawn around what it is about; each form has a tag of its own", async () => {
  const event = presence();
  const app = await testApp({ index: memoryIndex([event]), media: memoryMedia({ "snap-1": JPEG }) });
  const url = `/v1/events/${event.occurrence}/snapshot`;
  const [without, framed, asked] = await Promise.all(
    ["?box=0", "", "?box=1"].map((q) => app.inject(url + q)),
  );
  expect(asked?.rawPayload).toEqual(framed?.rawPayload);
  expect(asked?.headers.etag).toBe(framed?.headers.etag);
  expect(without?.headers.etag).not.toBe(framed?.headers.etag);
  const { data } = await sharp(framed?.rawPayload).raw().toBuffer({ resolveWithObject: true });
  const redAt = (x: number, y: number) => data[(y * 320 + x) * 3] ?? 0;
  // The box is [0.1, 0.2, 0.3, 0.6] of 320×180.
  expect([redAt(31, 70) > 100, redAt(64, 70) > 100, redAt(200, 70) > 100]).toEqual([true, false, false]);
  const again = await app.inject({ url, headers: { "if-none-match": framed?.headers.etag ?? "" } });
  expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
  expect((await app.inject(`${url}?box=yes`)).statusCode).toBe(400);
});

test("where an event has no box there is nothing to frame", async () => {
  const event = presence(0, { data: { box: undefined } });
  const app = await testApp({ index: memoryIndex([event]), media: memoryMedia({ "snap-1": JPEG }) });
  expect((await app.inject(`/v1/events/${event.occurrence}/snapshot`)).rawPayload).toEqual(JPEG);
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
