import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readEvent } from "@yardline/events/read-event";
import { expect, test } from "vitest";
import { visitOfEvent } from "./visit-of-event.ts";

const kept = join(import.meta.dirname, "../events/fixtures/transit.stop-visit.v1.json");
const first = readEvent(await readFile(kept));

test("a statement of the first release is read, its hour by the zone that is given for such", () => {
  expect(visitOfEvent(first, "Europe/Kyiv")).toEqual({
    tenant: "town",
    feed: "town",
    service_date: "20261122",
    trip_id_scheduled: "7-0612",
    start_time: "06:12:00",
    scheduled_stop_sequence: 4,
    vehicle_id: "0417",
    route_id: "r7",
    stop_id: "rynok",
    hour: 8,
    schedule_arrival_ms: Date.parse("2026-11-22T06:24:00Z"),
    actual_arrival_ms: Date.parse("2026-11-22T06:26:10Z"),
    actual_departure_ms: Date.parse("2026-11-22T06:26:35Z"),
    delay_s: 130,
    occurrence: "01a201ed04007d83aebc4ee899afc51b",
    revision: 1,
    withdrawn: false,
  });
});

test.for([
  ["an hour before the clocks go forward", "2026-03-29T00:30:00Z", "Europe/Kyiv", 2],
  ["an hour later by the sun, two by the clock", "2026-03-29T01:30:00Z", "Europe/Kyiv", 4],
  ["the hour that the clocks show twice", "2026-10-25T00:30:00Z", "Europe/Kyiv", 3],
  ["and once more", "2026-10-25T01:30:00Z", "Europe/Kyiv", 3],
  ["after midnight of the service day before", "2026-11-22T22:15:00Z", "Europe/Kyiv", 0],
  ["a zone of three quarters of an hour", "2026-11-22T00:20:00Z", "Asia/Kathmandu", 6],
] as const)("the hour is what the clocks at the stop show: %s", ([, scheduled_at, timezone, hour]) => {
  const event = { ...first, data: { ...first.data, scheduled_at, timezone } };
  expect(visitOfEvent(event, "UTC")?.hour).toBe(hour);
});

test("other kinds of events, and zones that nobody knows, are no visits", () => {
  expect(visitOfEvent({ ...first, dataschema: "urn:yardline:transit.stop-visit:v2" }, "UTC")).toBeUndefined();
  expect(
    visitOfEvent({ ...first, data: { ...first.data, timezone: "Mars/Olympus" } }, "UTC"),
  ).toBeUndefined();
});
