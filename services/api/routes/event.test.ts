import { expect, test } from "vitest";
import { sharedApp, testApp } from "../testing/app.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { presence } from "../testing/scenes.ts";

const shared = sharedApp();

test("the highest revision of an occurrence, and 304 to who has it", async () => {
  const event = presence();
  const app = await testApp({ index: memoryIndex([event]) });
  const url = `/v1/events/${event.occurrence}`;
  const response = await app.inject(url);
  expect(response.json()).toMatchObject({ ...event, links: { self: url } });
  const { etag = "" } = response.headers;
  const again = await app.inject({ url, headers: { "if-none-match": etag } });
  expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, "", etag]);
});

test.for(["", "/snapshot", "/clip"])(
  "GET /v1/events/{occurrence}%s of another tenant is unknown",
  async (part) => {
    const event = presence(0, { tenant: "neighbour" });
    const app = await testApp({ index: memoryIndex([event]) });
    const response = await app.inject(`/v1/events/${event.occurrence}${part}`);
    expect([response.statusCode, response.json().type]).toEqual([404, "urn:yardline:problem:event-unknown"]);
  },
);

test.for([
  { id: "0".repeat(32), status: 404 },
  { id: "x", status: 400 },
  { id: "..%2f..%2fetc%2fpasswd", status: 400 },
  { id: "%00", status: 400 },
  { id: `${"0".repeat(32)}.1`, status: 400 },
  { id: "%zz", status: 400 },
])("GET /v1/events/$id answers $status", async ({ id, status }) => {
  const app = shared();
  const response = await app.inject(`/v1/events/${id}`);
  expect(response.statusCode).toBe(status);
  expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  expect(response.headers["x-content-type-options"]).toBe("nosniff");
});
