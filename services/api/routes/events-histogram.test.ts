import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { presence, stopVisit } from "../testing/scenes.ts";

const EVENTS = [presence(), presence(1), stopVisit(3_600), presence(9, { tenant: "neighbour" })];
const shared = sharedApp(() => ({ index: memoryIndex(EVENTS) }));

test("counts by the hours and days of the town", async () => {
  const app = shared();
  expect((await app.inject("/v1/events/histogram?q=today&every=hour&by=type")).json()).toEqual({
    timezone: "Europe/Kyiv",
    buckets: [
      { at: "2026-11-22T12:00:00.000Z", value: "yard.presence", count: 2 },
      { at: "2026-11-22T13:00:00.000Z", value: "transit.stop-visit", count: 1 },
    ],
  });
  expect((await app.inject("/v1/events/histogram?q=today 14:00..14:30&every=minute")).json().buckets).toEqual(
    [{ at: "2026-11-22T12:00:00.000Z", count: 2 }],
  );
  const elsewhere = "/v1/events/histogram?q=label:person today&every=day&timezone=Asia/Kathmandu";
  expect((await app.inject(elsewhere)).json()).toEqual({
    timezone: "Asia/Kathmandu",
    buckets: [{ at: "2026-11-21T18:15:00.000Z", count: 2 }],
  });
});

test.for([
  ["q=today", "every"],
  ["q=today&every=second", "every"],
  ["q=today&every=day&by=plate", "by"],
  ["q=label:person&every=day", "both ends"],
  ["q=today&every=minute", "count by ten minutes"],
  ["q=2026-01-01..2026-11-01&every=hour", "at most 1000 hours"],
  ["q=today&every=day&timezone=Mars/Olympus", "time zone"],
])("GET /v1/events/histogram?%s is refused", async ([query, reason]) => {
  const response = await shared().inject(`/v1/events/histogram?${query}`);
  expect(response.statusCode).toBe(400);
  expect(response.json().detail).toContain(reason);
});
