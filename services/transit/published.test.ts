import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testApp } from "@yardline/api/testing/app";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { drive, runOf } from "@yardline/matching/testing";
import { openProducer } from "@yardline/records/open-occurrences";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { startTransit } from "./transit.ts";

const timetable = await smallTownTimetable();
const START_MS = Date.parse("2026-06-01T08:00:00+03:00");
const MINUTE_MS = 60_000;
const HOUR = [
  "east-08:00",
  "west-08:10",
  "round-08:00",
  "east-08:20",
  "west-08:30",
  "round-08:20",
  "east-08:40",
  "west-08:50",
];
/** What a source may say beside the position, and nobody must ever read: plates in both alphabets, a driver, an IMEI. */
const CANARIES = ["AA1042KX", "АА1042КХ", "DRIVER-77", "Ivan Petrenko", "356307042441013"];

/** An hour of buses of which the sources say too much, and every byte that the town publishes of it. */
async function publishedHour(
  public_ids: "fleet" | "rotating",
): Promise<{ events: string; doors: string; dispatched: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-published-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const clock = handClock(START_MS);
  const log = pino({ level: "silent" });
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock });
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  const remember_ms = 86_400_000;
  const producer = await openProducer({ name: "transit", tenant: "town", bus, records, clock, remember_ms });
  const stop = new AbortController();
  const settings = {
    tenant: "town",
    timetables: [timetable],
    bus,
    records,
    producer,
    public_ids,
    clock,
    log,
  } as const;
  const { view, dispatch, stopped } = await startTransit(settings, stop.signal);
  const app = await testApp({ bus, transit: view, clock, log });
  let doors = "";
  const fixes = HOUR.flatMap((trip_id, i) =>
    drive(runOf(timetable, trip_id, "20260601"), { every_s: 10 }).map((fix) => ({
      vehicle_id: `10${42 + i}`,
      ...fix,
    })),
  ).toSorted((a, b) => a.at_ms - b.at_ms);
  for (let now_ms = START_MS; now_ms < START_MS + 60 * MINUTE_MS; now_ms += 5 * MINUTE_MS) {
    clock.setNow(now_ms + 5 * MINUTE_MS);
    const heard = fixes.filter(({ at_ms }) => at_ms > now_ms && at_ms <= clock.now_ms());
    await bus.publish("positions", heard.map(recordOf));
    const newest = Math.max(...heard.map(({ at_ms }) => at_ms));
    // The public view is kept for a second, in which this clock stands.
    const newestSeen = () => Math.max(...dispatch.listVehicles(clock.now_ms()).map(({ at_ms }) => at_ms));
    if (heard.length > 0) await eventually(() => expect(newestSeen()).toBe(newest));
    for (const path of PATHS) doors += (await app.inject(path)).rawPayload.toString("latin1");
  }
  await eventually(async () => expect(await bus.lag("events", "published")).toBeGreaterThan(5));
  let events = "";
  const waiting = await bus.lag("events", "published");
  const reading = new AbortController();
  let read = 0;
  for await (const batch of bus.subscribe("events", "published", reading.signal)) {
    for (const { key, source, body } of batch)
      events += `${key} ${source} ${Buffer.from(body).toString("latin1")}\n`;
    read += batch.length;
    if (read >= waiting) reading.abort();
  }
  const dispatched = dispatch.listVehicles(clock.now_ms()).map(({ vehicle_id }) => vehicle_id);
  await app.close();
  stop.abort();
  await stopped;
  await records.close();
  await bus.close();
  return { events, doors, dispatched };
}

const PATHS = [
  "/v1/vehicles",
  "/v1/stops",
  "/v1/lines",
  "/v1/stops/east-4/arrivals",
  "/v1/stops/circle-2/arrivals",
  "/gtfs-realtime/trip-updates.pb",
  "/gtfs-realtime/vehicle-positions.pb",
  "/siri/2.0/vehicle-monitoring.xml",
  "/siri/2.0/stop-monitoring.xml?MonitoringRef=east-4",
  "/v1/town",
  "/healthz",
];

function recordOf(fix: { readonly vehicle_id: string; readonly at_ms: number }) {
  const [license_plate, plate, driver_id, driver, device_id] = CANARIES;
  const said = { ...fix, received_at_ms: fix.at_ms, license_plate, plate, driver_id, driver, device_id };
  return { key: fix.vehicle_id, source: "tracker/test", body: Buffer.from(JSON.stringify(said)) };
}

/** Bytes as they were, and what of UTF-8 and of escapes in JSON would look like. */
function finds(published: string, canary: string): boolean {
  const utf8 = Buffer.from(canary).toString("latin1");
  const escaped = JSON.stringify(canary).replaceAll(
    /[\u0080-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return [canary, utf8, escaped.slice(1, -1)].some((form) => published.includes(form));
}

test("an hour of everything that is published names no plate, no driver and no device, whatever the sources say", async () => {
  const { events, doors } = await publishedHour("fleet");
  expect(CANARIES.filter((canary) => finds(events, canary) || finds(doors, canary))).toEqual([]);
  // What is looked for would be found: the fleet numbers are there.
  expect([finds(events, "1042"), finds(doors, "1042"), finds(doors, "VehicleActivity")]).toEqual([
    true,
    true,
    true,
  ]);
}, 30_000);

test("with rotating ids no feed, board or map names a fleet number; dispatchers have those numbers", async () => {
  const { doors, dispatched } = await publishedHour("rotating");
  const fleet = HOUR.map((_, i) => `10${42 + i}`);
  expect(fleet.filter((vehicle_id) => new RegExp(`(?<![0-9])${vehicle_id}(?![0-9])`).test(doors))).toEqual(
    [],
  );
  expect(doors).toMatch(/v-[-\w]{12}/);
  expect(dispatched.length).toBeGreaterThan(0);
  expect(dispatched.filter((vehicle_id) => !fleet.includes(vehicle_id))).toEqual([]);
}, 30_000);
