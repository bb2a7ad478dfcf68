import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import bindings from "gtfs-realtime-bindings";
import { expect, test } from "vitest";
import type { FeedContent } from "./feed.ts";
import { gtfsRealtime } from "./gtfs-realtime.ts";

const { FeedMessage } = bindings.transit_realtime;
const NOW = Date.parse("2026-11-30T09:00:00Z");
const NOW_S = NOW / 1000;

function read(bytes: Uint8Array, settings = {}): FeedContent {
  return gtfsRealtime.open(settings)({ bytes, received_at_ms: NOW });
}

const message = (entity: object[], timestamp: number | undefined = NOW_S) =>
  FeedMessage.encode({
    header: { gtfsRealtimeVersion: "2.0", ...(timestamp && { timestamp }) },
    entity: entity.map((vehicle, at) => ({ id: String(at), vehicle })),
  }).finish();

const bus = {
  trip: { tripId: "32262_2_1", routeId: "142", directionId: 1, startDate: "20261130", startTime: "10:40:00" },
  position: { latitude: 49.5, longitude: 24.25, bearing: 286, speed: 5.5 },
  timestamp: NOW_S - 9,
  vehicle: { id: "5476", label: "12" },
};

test("a vehicle with its trip, and when the feed was made", () => {
  expect(read(message([bus]))).toEqual({
    made_at_ms: NOW,
    fixes: [
      {
        ...{ vehicle: "5476", latitude: 49.5, longitude: 24.25, at_ms: NOW - 9000, buffered: true },
        ...{ speed_mps: 5.5, course_deg: 286 },
        ...{ trip_id: "32262_2_1", route_id: "142", direction_id: 1 },
        ...{ start_date: "20261130", start_time: "10:40:00" },
      },
    ],
    left_out: new Map(),
  });
  expect(read(message([bus]), { vehicle_name: "label" }).fixes.map(({ vehicle }) => vehicle)).toEqual(["12"]);
});

test("what a vehicle does not say is absent; without a time of its own the feed's counts", () => {
  const bare = { position: { latitude: 49.5, longitude: 24.25 }, vehicle: { id: "7" } };
  const place = { vehicle: "7", latitude: 49.5, longitude: 24.25, buffered: true };
  expect(read(message([bare])).fixes).toEqual([{ ...place, at_ms: NOW }]);
  expect(read(message([bare], 0)).fixes).toEqual([place]);
});

test("a cancelled trip is not the vehicle's; a name that is the plate is told to be one", () => {
  const cancelled = { ...bus, trip: { ...bus.trip, scheduleRelationship: 3 } };
  const plated = { ...bus, vehicle: { id: "АТ0007АF", licensePlate: "ат 0007-аf" } };
  const [first, second] = read(message([cancelled, plated])).fixes;
  expect([first?.trip_id, second?.is_plate]).toEqual([undefined, true]);
});

test("what cannot be used is counted: no name, no place, deleted", () => {
  const deleted = FeedMessage.encode({
    header: { gtfsRealtimeVersion: "2.0" },
    entity: [
      { id: "1", isDeleted: true, vehicle: bus },
      { id: "2", tripUpdate: { trip: {} } },
    ],
  }).finish();
  expect(read(deleted)).toEqual({ fixes: [], left_out: new Map() });
  const wrong = [
    { ...bus, vehicle: {} },
    { ...bus, vehicle: { id: "x".repeat(65) } },
    { ...bus, position: { latitude: 91, longitude: 0 } },
    { vehicle: { id: "1" } },
  ];
  expect(read(message(wrong)).left_out).toEqual(
    new Map([
      ["no-vehicle", 2],
      ["no-place", 2],
    ]),
  );
});

test("half a message, another one and any bytes are one error", () => {
  const whole = message([bus, bus]);
  const codeOf = (bytes: Uint8Array) => {
    try {
      read(bytes);
      return "read";
    } catch (failure) {
      return Reflect.get(Object(failure), "code");
    }
  };
  const cut = Array.from({ length: whole.length }, (_, length) => codeOf(whole.subarray(0, length)));
  // Two of the cuts fall between parts, where nothing shows that more was to come.
  expect(cut.filter((code) => code !== "FEED_BROKEN")).toHaveLength(2);
  expect([Buffer.from("<html>Not found</html>"), new Uint8Array()].map(codeOf)).toEqual([
    "FEED_BROKEN",
    "FEED_BROKEN",
  ]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => /read|FEED_BROKEN/.test(codeOf(bytes))),
  );
});

test("parts of two bytes each, millions of them, are read in the room of the message", () => {
  const header = Buffer.from([0x0a, 0x05, 0x0a, 0x03, 0x32, 0x2e, 0x30]);
  const bomb = Buffer.alloc(2_000_000, Buffer.from([0x12, 0x00]));
  const carriages = Buffer.alloc(500_000, Buffer.from([0x5a, 0x00]));
  const before = process.memoryUsage().heapUsed;
  expect(read(Buffer.concat([header, bomb])).fixes).toEqual([]);
  expect(
    read(Buffer.concat([header, lengthOf(0x12, lengthOf(0x22, carriages))])).left_out.get("no-place"),
  ).toBe(1);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
});

function lengthOf(tag: number, bytes: Uint8Array): Uint8Array {
  const length: number[] = [];
  for (let rest = bytes.length; rest > 0; rest = Math.floor(rest / 128))
    length.push((rest % 128) + (rest > 127 ? 128 : 0));
  return Buffer.concat([Buffer.from([tag, ...length]), bytes]);
}

test("more vehicles than any town has are counted, not taken", () => {
  const many = Array.from({ length: 20_100 }, (_, at) => ({ ...bus, vehicle: { id: String(at) } }));
  const { fixes, left_out } = read(message(many));
  expect([fixes.length, left_out.get("too-many")]).toEqual([20_000, 100]);
});

const SHARED = join(import.meta.dirname, "../../../../shared/data/transport/formats/gtfs-rt");

test.skipIf(!existsSync(SHARED))(
  "a recorded feed gives what the specification's own classes read of it",
  async () => {
    const { execFileSync } = await import("node:child_process");
    const bytes = execFileSync("bunzip2", ["-c", join(SHARED, "nyc-vehicle-positions.pb.bz2")], {
      maxBuffer: 1e8,
    });
    const reference = FeedMessage.decode(bytes);
    const vehicles = reference.entity.filter(({ vehicle }) => vehicle?.position);
    const { fixes, made_at_ms } = read(bytes);
    expect(made_at_ms).toBe(Number(reference.header.timestamp) * 1000);
    expect(fixes.map(({ vehicle, latitude, trip_id }) => [vehicle, latitude, trip_id])).toEqual(
      vehicles.map(({ vehicle }) => [
        vehicle?.vehicle?.id,
        vehicle?.position?.latitude,
        vehicle?.trip?.tripId || undefined,
      ]),
    );
    expect(fixes.length).toBeGreaterThan(500);
    expect(readFileSync(join(SHARED, "vehicle_position.pb")).length).toBe(37);
  },
);
