import { expect, test } from "vitest";
import { sharedApp, testApp } from "./testing/app.ts";
import { memoryIndex } from "./testing/fakes.ts";
import { presence, stopVisit, TENANT } from "./testing/scenes.ts";

const EVENTS = [
  presence(),
  presence(60, { data: { zone: "парк", label: "dog" } }),
  presence(-86_400, { data: { zone: "парк" } }),
  stopVisit(30),
  presence(5, { tenant: "neighbour" }),
];
const shared = sharedApp(() => ({ index: memoryIndex(EVENTS) }));

/** What a query finds, as seconds after noon. */
async function secondsOf(path: string): Promise<number[]> {
  const response = await shared().inject(path);
  const events: { time: string }[] = response.json().events ?? response.json();
  return events.map(({ time }) => (Date.parse(time) - Date.parse("2026-11-22T12:00:00Z")) / 1000);
}

test.for([
  ["q=", [60, 30, 0, -86_400]],
  ["q=label:person", [0, -86_400]],
  ["q=мітка:собака", [60]],
  ["q=route:3 stop:Market", [30]],
  ["q=zone:парк yesterday", [-86_400]],
  ["q=today sort:old", [0, 30, 60]],
  ["q=today 14:01..14:02", [60]],
  ["q=label:person or route:3", [30, 0, -86_400]],
  ["q=зона:парк&label=dog", [60]],
  ["q=today&from=2026-11-22T12:00:10Z&to=2026-11-22T12:00:40Z", [30]],
  ["q=сьогодні собака", [60]],
])("GET /v1/events?%s", async ([query = "", found]) => {
  expect(await secondsOf(`/v1/events?${new URLSearchParams(String(query))}`)).toEqual(found);
});

test("where a query is wrong the answer points at it, in three languages", async () => {
  const query = new URLSearchParams({ q: "label:person zoen:парк delay:5" });
  const response = await shared().inject(`/v1/events?${query}`);
  expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  const { errors, ...problem } = response.json();
  expect(problem).toEqual({
    type: "urn:yardline:problem:invalid-query",
    title: "Bad Request",
    status: 400,
    detail:
      "q, character 14: There is no field “zoen”. The nearest is zone:. If it is text, put it in quotation marks. q, character 24: Compare it with a duration: delay:>5m, delay:<=90s or delay:2m..10m.",
  });
  expect(errors).toEqual([
    {
      at: 13,
      length: 4,
      code: "field-unknown",
      message: expect.objectContaining({ uk: expect.stringContaining("Немає поля") }),
    },
    {
      at: 23,
      length: 7,
      code: "measure",
      message: expect.objectContaining({ ru: expect.stringContaining("Сравните") }),
    },
  ]);
});

test.for([
  { what: "another tenant", query: "q=tenant:neighbour", detail: "is not asked about here" },
  {
    what: "two times apart",
    query: "q=yesterday&from=2026-11-22T12:00:00Z",
    detail: "have no time in common",
  },
  {
    what: "a very long query",
    query: `q=${"x".repeat(1_001)}`,
    detail: "must NOT have more than 1000 characters",
  },
])("$what is refused", async ({ query, detail }) => {
  const response = await shared().inject(`/v1/events?${query}`);
  expect(response.statusCode).toBe(400);
  expect(response.json().detail).toContain(detail);
});

/** Asks by the structured form. */
async function ask(payload: object, app = shared()) {
  return app.inject({ method: "POST", url: "/v1/events/search", payload });
}

test("programs ask by a tree of conditions, and page", async () => {
  const where = {
    op: "any",
    of: [
      { op: "is", field: "zone", values: ["ПАРК"] },
      { op: "measure", measure: "delay_s", min: 0, max: 10 },
      { op: "not", of: { op: "words", text: "людина" } },
    ],
  };
  const first = await ask({ where, order: "oldest", limit: 2 });
  expect(first.statusCode).toBe(200);
  const { events, cursor } = first.json();
  expect(events.map((event: { occurrence: string }) => event.occurrence)).toEqual(
    [EVENTS[2], EVENTS[3]].map((event) => event?.occurrence),
  );
  const second = (await ask({ where, order: "oldest", limit: 2, cursor })).json();
  expect(second.events.map((event: { occurrence: string }) => event.occurrence)).toEqual([
    EVENTS[1]?.occurrence,
  ]);
  expect(second.cursor).toBeUndefined();
});

test("the hours of days are told in words", async () => {
  const question = {
    from: "2026-11-21T00:00:00Z",
    to: "2026-11-23T00:00:00Z",
    hours: { from: "14:00", to: "14:01", timezone: "Europe/Kyiv" },
  };
  expect((await ask(question)).json().events).toHaveLength(3);
});

test("no tree reaches past the tenant", async () => {
  const neighbours = { op: "is", field: "tenant", values: ["neighbour"] };
  expect((await ask({ where: neighbours })).statusCode).toBe(400);
  const anything = { op: "any", of: [{ op: "not", of: { op: "is", field: "label", values: ["x"] } }] };
  const { events } = (await ask({ where: anything })).json();
  expect(new Set(events.map(({ tenant }: { tenant: string }) => tenant))).toEqual(new Set([TENANT]));
});

test.for<[string, unknown]>([
  ["no object", "x"],
  ["an unknown field", { where: { op: "is", field: "plate", values: ["x"] } }],
  ["an unknown operation", { where: { op: "regexp", text: ".*" } }],
  ["something beside the condition", { where: { op: "words", text: "x", boost: 2 } }],
  ["something beside the question", { sort: "random" }],
  ["a condition of none", { where: { op: "all", of: [] } }],
  [
    "too many values",
    { where: { op: "is", field: "label", values: Array.from({ length: 51 }, (_, n) => `${n}`) } },
  ],
  ["a measure without bounds", { where: { op: "measure", measure: "delay_s" } }],
  ["bounds that contradict", { where: { op: "measure", measure: "delay_s", min: 2, max: 1 } }],
  [
    "a circle around the earth",
    { where: { op: "circle", center: { latitude: 0, longitude: 0 }, radius_m: 1e9 } },
  ],
  [
    "a place beyond the pole",
    { where: { op: "circle", center: { latitude: 91, longitude: 0 }, radius_m: 1 } },
  ],
  ["an hour of no day", { hours: { from: "24:00", to: "06:00", timezone: "UTC" } }],
  ["hours of all time", { hours: { from: "22:00", to: "06:00", timezone: "UTC" } }],
  ["times the wrong way round", { from: "2026-11-22T12:00:00Z", to: "2026-11-22T11:00:00Z" }],
  [
    "a tree too deep",
    Array.from({ length: 25 }).reduce((of) => ({ op: "not", of }), { op: "words", text: "x" }),
  ],
])("%s is refused by name", async ([what, payload]) => {
  const body = what === "a tree too deep" ? { where: payload } : payload;
  const response = await shared().inject({
    method: "POST",
    url: "/v1/events/search",
    payload: body as object,
  });
  expect(response.statusCode).toBeGreaterThanOrEqual(400);
  expect(response.statusCode).toBeLessThan(500);
  expect(response.json().detail).toEqual(expect.stringMatching(/.+/));
});

test("a body as long as the doors take is answered, one that is longer is not read", async () => {
  const app = await testApp({ limits: { body_bytes_max: 1_000 } });
  const wide = { op: "any", of: Array.from({ length: 50 }, () => ({ op: "words", text: "x" })) };
  expect((await ask({ where: wide }, app)).statusCode).toBe(413);
  expect((await ask({ where: wide })).statusCode).toBe(200);
});
