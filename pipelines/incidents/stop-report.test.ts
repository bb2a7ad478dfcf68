import { memoryRecords } from "@yardline/records/memory";
import { expect, test } from "vitest";
import { addStopReport, listStopReports } from "./stop-report.ts";
import { NOON_MS } from "./testing.ts";

const MINUTE_MS = 60_000;

test("who says so within ten minutes is counted together, by stop and line; many at once are all counted", async () => {
  const records = memoryRecords();
  const say = (stop_id: string, after_min: number, route_id?: string) =>
    addStopReport(records, { stop_id, ...(route_id && { route_id }) }, NOON_MS + after_min * MINUTE_MS);
  await Promise.all(Array.from({ length: 5 }, () => say("market", 3, "r3")));
  await say("market", 9.9, "r3");
  await say("market", 10, "r3");
  await say("market", 3);
  await say("вокзал/1", 3, "r3");
  const listed = await listStopReports(records, NOON_MS, NOON_MS + 60 * MINUTE_MS);
  expect(
    listed
      .map(({ stop_id, route_id, at, count }) => `${at.slice(11, 16)} ${stop_id} ${route_id} ${count}`)
      .toSorted(),
  ).toEqual(["12:00 market r3 6", "12:00 market undefined 1", "12:00 вокзал/1 r3 1", "12:10 market r3 1"]);
});

test("of other times nothing is listed; days follow each other", async () => {
  const records = memoryRecords();
  const midnight_ms = Date.parse("2026-11-23T00:00:00Z");
  for (const at_ms of [midnight_ms - 1, midnight_ms, midnight_ms + 86_400_000]) {
    await addStopReport(records, { stop_id: "market" }, at_ms);
  }
  const count = async (from_ms: number, to_ms: number) =>
    (await listStopReports(records, from_ms, to_ms)).length;
  expect(await count(midnight_ms - 600_000, midnight_ms + 1)).toBe(2);
  expect(await count(midnight_ms, midnight_ms + 1)).toBe(1);
  expect(await count(0, 0)).toBe(0);
});

test("nothing that is kept says who it was", async () => {
  const records = memoryRecords();
  await addStopReport(records, { stop_id: "market", route_id: "r3" }, NOON_MS);
  expect(
    (await records.list("stop-report:2026-11-22")).map(({ value }) => Object.keys(value as object)),
  ).toEqual([["stop_id", "route_id", "at", "count"]]);
});
