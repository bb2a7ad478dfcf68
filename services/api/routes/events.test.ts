import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { sharedApp, testApp } from "../testing/app.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { presence } from "../testing/scenes.ts";

const shared = sharedApp();

test("an event comes as stored, with its sentence in three languages and its links", async () => {
  const event = presence();
  const app = await testApp({ index: memoryIndex([event]) });
  const response = await app.inject("/v1/events");
  expect(response.headers["content-type"]).toBe("application/json; charset=utf-8");
  const { sentence, ...rest } = response.json().events[0];
  const self = `/v1/events/${event.occurrence}`;
  const [snapshot, clip, filmstrip] = ["snapshot", "clip", "filmstrip"].map((name) => `${self}/${name}`);
  expect(rest).toEqual({ ...event, links: { self, snapshot, clip, filmstrip } });
  expect(Object.keys(sentence)).toEqual(["uk", "ru", "en"]);
  expect(sentence.en).toMatch(/^A person in view for 10 s/);
});

test("a kind that a newer release may know keeps its name as its sentence and has no media", async () => {
  const event = { ...presence(), type: "yard.parade", dataschema: "urn:yardline:yard.parade:v1" };
  const app = await testApp({ index: memoryIndex([event]) });
  const [found] = (await app.inject("/v1/events")).json().events;
  expect(found.sentence).toEqual({ uk: "yard.parade", ru: "yard.parade", en: "yard.parade" });
  expect(found.links).toEqual({ self: `/v1/events/${event.occurrence}` });
});

test("another tenant's events are not found", async () => {
  const app = await testApp({ index: memoryIndex([presence(0, { tenant: "neighbour" })]) });
  expect((await app.inject("/v1/events")).json()).toEqual({ events: [] });
});

test.for([
  ["from=yesterday", 'query from: must match format "date-time".'],
  ["from=2016-12-31T23:59:60Z", "query from: is not an instant, as 2026-01-31T12:00:00Z."],
  ["from=2026-11-22T12:00:00Z&to=2026-11-22T12:00:00Z", "query from: must be earlier than to."],
  ["limit=0", "query limit: must be >= 1."],
  ["limit=201", "query limit: must be <= 200."],
  ["limit=ten", "query limit: must be integer."],
  ["limit=1&limit=2", "query limit: must be integer."],
  ["frm=2026-11-22T12:00:00Z", 'query: there is no parameter "frm".'],
  ["bbox=25,49,24,50", "query bbox: west must be less than east; the order is west,south,east,north."],
  ["bbox=24,50,25,49", "query bbox: south must be less than north; the order is west,south,east,north."],
  ["bbox=24,49,25,99", "query bbox: is outside the globe; the order is west,south,east,north."],
  ["near=49,24,0", "query near: the radius must be more than 0 and at most 200000 m."],
  ["near=49,24,999999999", "query near: the radius must be more than 0 and at most 200000 m."],
  ["near=91,24,10", "query near: is outside the globe; the order is latitude,longitude,radius."],
  ["text=%20%20", "query text: has no word in it."],
])("GET /v1/events?%s is refused with what is wrong", async ([query, detail]) => {
  const app = shared();
  const response = await app.inject(`/v1/events?${query}`);
  expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  expect(response.json()).toEqual({
    type: "urn:yardline:problem:invalid-request",
    title: "Bad Request",
    status: 400,
    detail,
  });
});

test.for([
  "text=",
  "text=%00",
  "label=%00",
  `text=${"x".repeat(201)}`,
  `label=${"x".repeat(201)}`,
  Array.from({ length: 51 }, (_, n) => `label=${n}`).join("&"),
  "bbox=1,2,3",
  "bbox=1e9,2,3,4",
  "bbox=NaN,2,3,4",
  "near=49,24",
  "near=49,24,-5",
  "near=49,24,Infinity",
  "near[]=49",
  "__proto__=1",
  "cursor=",
  `cursor=${"x".repeat(1_001)}`,
])("GET /v1/events?%s is refused", async (query) => {
  const app = shared();
  expect((await app.inject(`/v1/events?${query}`)).statusCode).toBe(400);
});

test.for([
  { code: "INDEX_CURSOR", retryable: false, status: 400, detail: "That cursor is not ours." },
  { code: "INDEX_QUERY", retryable: false, status: 400, detail: "That cursor is not ours." },
  { code: "INDEX_UNAVAILABLE", retryable: true, status: 503, detail: undefined },
  { code: "SOMETHING", retryable: false, status: 500, detail: undefined },
])("$code of the index is answered by $status", async ({ code, retryable, status, detail }) => {
  const search = (): Promise<never> =>
    Promise.reject(new AppError(code, "That cursor is not ours.", { retryable }));
  const app = await testApp({ index: { ...memoryIndex(), search } });
  const response = await app.inject("/v1/events?cursor=x");
  expect(response.statusCode).toBe(status);
  if (detail) expect(response.json().detail).toBe(detail);
  else expect(response.body).not.toContain("cursor");
  expect(response.headers["retry-after"]).toBe(status === 503 ? "5" : undefined);
});

test("a failure that nobody expected tells nothing of the inside", async () => {
  const search = (): Promise<never> => Promise.reject(new Error("/srv/secret/path exploded"));
  const app = await testApp({ index: { ...memoryIndex(), search } });
  const response = await app.inject("/v1/events");
  expect(response.json()).toEqual({
    type: "urn:yardline:problem:internal",
    title: "Internal Server Error",
    status: 500,
    detail: expect.stringMatching(/^Something went wrong on our side\. The log has it as request req-\w+\.$/),
  });
});
