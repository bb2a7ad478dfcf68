import type { Arrival, LiveVehicle } from "@yardline/domain/trip-run";
import fc from "fast-check";
import bindings from "gtfs-realtime-bindings";
import { describe, expect, test } from "vitest";
import { tripUpdatesFeed, vehiclePositionsFeed } from "./gtfs-realtime.ts";

const { FeedMessage } = bindings.transit_realtime;
const NOW = Date.parse("2026-03-01T12:00:00Z");
const MINUTE = 60_000;
const run = { feed: "town", service_date: "20260301", trip_id: "1-up-1200", route_id: "1" };

const arrival = (stop_sequence: number, minutes: number, rest: Partial<Arrival> = {}): Arrival => ({
  run,
  stop_id: `s${stop_sequence}`,
  stop_sequence,
  scheduled_at_ms: NOW + (minutes - 2) * MINUTE,
  predicted_at_ms: NOW + minutes * MINUTE,
  basis: "live",
  vehicle_id: "17",
  signal_at_ms: NOW - 4000,
  ...rest,
});

/** A feed as a consumer reads it: only what was really sent, numbers as numbers. */
const read = (bytes: Uint8Array) =>
  FeedMessage.toObject(FeedMessage.decode(bytes), { longs: Number, enums: String });

const HEADER = {
  gtfsRealtimeVersion: "2.0",
  incrementality: "FULL_DATASET",
  timestamp: NOW / 1000,
};

describe("trip updates", () => {
  test("a run with its stops in order, delays and uncertainty", () => {
    const arrivals = [arrival(4, 6), arrival(3, 3, { low_ms: NOW + 2 * MINUTE, high_ms: NOW + 5 * MINUTE })];
    expect(read(tripUpdatesFeed(arrivals, NOW))).toEqual({
      header: HEADER,
      entity: [
        {
          id: "town:20260301:1-up-1200",
          tripUpdate: {
            trip: {
              tripId: "1-up-1200",
              routeId: "1",
              startDate: "20260301",
              scheduleRelationship: "SCHEDULED",
            },
            vehicle: { id: "17", label: "17" },
            timestamp: NOW / 1000 - 4,
            stopTimeUpdate: [
              {
                stopSequence: 3,
                stopId: "s3",
                scheduleRelationship: "SCHEDULED",
                arrival: { time: NOW / 1000 + 180, delay: 120, uncertainty: 90 },
              },
              {
                stopSequence: 4,
                stopId: "s4",
                scheduleRelationship: "SCHEDULED",
                arrival: { time: NOW / 1000 + 360, delay: 120 },
              },
            ],
          },
        },
      ],
    });
  });

  test("what rests on the timetable alone, or on a vehicle that fell silent, is left out", () => {
    const arrivals = [arrival(1, 1, { basis: "timetable" }), arrival(2, 2, { basis: "lost" })];
    expect(read(tripUpdatesFeed(arrivals, NOW))).toEqual({ header: HEADER });
  });

  test("what people ordered: stops passed by, an added run with all its calls, a cancelled run of which nothing else is said", () => {
    const added = { ...run, trip_id: "extra", added: true as const };
    const arrivals = [
      arrival(1, 1),
      arrival(2, 2, { skipped: "stop-closed" }),
      arrival(3, 3),
      arrival(1, 8, { run: added, basis: "timetable" }),
      arrival(1, 9, { run: { ...run, trip_id: "gone" } }),
    ];
    const { entity } = read(tripUpdatesFeed(arrivals, NOW, undefined, [{ ...run, trip_id: "gone" }]));
    const lines = (entity as readonly bindings.transit_realtime.IFeedEntity[]).map(({ tripUpdate }) => [
      tripUpdate?.trip.tripId,
      tripUpdate?.trip.scheduleRelationship,
      ...(tripUpdate?.stopTimeUpdate ?? []).map(
        ({ stopId, scheduleRelationship, arrival }) =>
          `${stopId} ${scheduleRelationship} ${arrival ? "timed" : "untimed"}`,
      ),
    ]);
    expect(lines).toEqual([
      ["1-up-1200", "SCHEDULED", "s1 SCHEDULED timed", "s2 SKIPPED untimed", "s3 SCHEDULED timed"],
      ["extra", "ADDED", "s1 SCHEDULED timed"],
      ["gone", "CANCELED"],
    ]);
  });

  test("of two vehicles that claim one run, the one heard last is believed", () => {
    const arrivals = [
      arrival(1, 1, { vehicle_id: "old", signal_at_ms: NOW - 60_000 }),
      arrival(1, 5, { vehicle_id: "new", signal_at_ms: NOW - 1000 }),
    ];
    const { entity } = read(tripUpdatesFeed(arrivals, NOW));
    expect(entity).toHaveLength(1);
    expect(entity[0].tripUpdate.vehicle.id).toBe("new");
  });

  test.for([
    [true, "SCHEDULED"],
    [false, "UNSCHEDULED"],
  ] as const)("a run by headway carries its start time, exact %s", ([exact, scheduleRelationship]) => {
    const byHeadway = arrival(1, 1, { run: { ...run, start_time: "11:40:00" } });
    const { entity } = read(tripUpdatesFeed([byHeadway], NOW, () => exact));
    expect(entity[0].id).toBe("town:20260301:1-up-1200:11:40:00");
    expect(entity[0].tripUpdate.trip).toEqual({
      tripId: "1-up-1200",
      routeId: "1",
      startDate: "20260301",
      startTime: "11:40:00",
      scheduleRelationship,
    });
  });
});

describe("vehicle positions", () => {
  const vehicle: LiveVehicle = {
    vehicle_id: "17",
    at_ms: NOW - 3000,
    latitude: 49.5,
    longitude: 31.25,
    speed_mps: 8,
    course_deg: 270,
    run,
    delay_s: 60,
    stop_id: "s3",
    stop_sequence: 3,
  };

  test("one on a trip, one between trips; nothing about plates or drivers", () => {
    const parked: LiveVehicle = { vehicle_id: "18", at_ms: NOW + 9000, latitude: 49.25, longitude: 31 };
    expect(read(vehiclePositionsFeed([vehicle, parked], NOW))).toEqual({
      header: HEADER,
      entity: [
        {
          id: "17",
          vehicle: {
            trip: {
              tripId: "1-up-1200",
              routeId: "1",
              startDate: "20260301",
              scheduleRelationship: "SCHEDULED",
            },
            vehicle: { id: "17", label: "17" },
            position: { latitude: 49.5, longitude: 31.25, bearing: 270, speed: 8 },
            currentStopSequence: 3,
            stopId: "s3",
            currentStatus: "IN_TRANSIT_TO",
            timestamp: NOW / 1000 - 3,
          },
        },
        {
          id: "18",
          vehicle: {
            vehicle: { id: "18", label: "18" },
            position: { latitude: 49.25, longitude: 31 },
            timestamp: NOW / 1000,
          },
        },
      ],
    });
  });

  test("each vehicle once, with its newest place, and never at 0/0", () => {
    const { entity } = read(
      vehiclePositionsFeed(
        [
          vehicle,
          { ...vehicle, at_ms: NOW - 90_000, latitude: 1 },
          { ...vehicle, vehicle_id: "19", latitude: 0, longitude: 0 },
        ],
        NOW,
      ),
    );
    expect(
      entity.map((each: { vehicle: { position: { latitude: number } } }) => each.vehicle.position.latitude),
    ).toEqual([49.5]);
  });
});

/**
 * The rules of MobilityData's validator that a feed can break by itself, whatever the timetable: E001, E002, E009, E012, E020,
 * E021, E022, E026, E027, E036–E041, E043, E044, E048–E050, E052, W001, W002, W006, W009.
 */
describe("the validator's rules hold whatever is predicted", () => {
  const runs = fc.record({
    feed: fc.constant("town"),
    service_date: fc.constantFrom("20260228", "20260301"),
    trip_id: fc.constantFrom("a", "b", "c"),
    route_id: fc.constant("1"),
  });
  const arrivals = fc.array(
    fc.record({
      run: runs,
      stop_id: fc.constantFrom("s1", "s2", "s3", "s4"),
      stop_sequence: fc.integer({ min: 0, max: 8 }),
      scheduled_at_ms: fc.integer({ min: NOW - 3_600_000, max: NOW + 3_600_000 }),
      predicted_at_ms: fc.integer({ min: NOW - 60_000, max: NOW + 3_600_000 }),
      low_ms: fc.constant(NOW),
      high_ms: fc.integer({ min: NOW, max: NOW + 600_000 }),
      basis: fc.constantFrom("live" as const, "timetable" as const, "lost" as const),
      vehicle_id: fc.constantFrom("17", "18"),
      signal_at_ms: fc.integer({ min: NOW - 600_000, max: NOW + 300_000 }),
    }),
    { maxLength: 40 },
  );

  test("trip updates", () => {
    fc.assert(
      fc.property(arrivals, (given) => {
        const { header, entity = [] } = read(tripUpdatesFeed(given, NOW));
        expect(header).toEqual(HEADER);
        expect(new Set(entity.map(({ id }: { id: string }) => id)).size).toBe(entity.length);
        for (const { tripUpdate } of entity) {
          expect(tripUpdate.timestamp).toBeLessThanOrEqual(header.timestamp);
          expect(tripUpdate.trip).toMatchObject({
            tripId: expect.any(String),
            scheduleRelationship: "SCHEDULED",
          });
          expect(tripUpdate.trip.startDate).toMatch(/^\d{8}$/);
          expect(tripUpdate.vehicle.id).toBeTruthy();
          expect(tripUpdate.stopTimeUpdate.length).toBeGreaterThan(0);
          for (const [index, stop] of tripUpdate.stopTimeUpdate.entries()) {
            expect(stop).toMatchObject({ stopId: expect.any(String), scheduleRelationship: "SCHEDULED" });
            const before = tripUpdate.stopTimeUpdate[index - 1];
            if (!before) continue;
            expect(stop.stopSequence).toBeGreaterThan(before.stopSequence);
            expect(stop.stopId).not.toBe(before.stopId);
            expect(stop.arrival.time).toBeGreaterThan(before.arrival.time);
          }
        }
      }),
    );
  });
});
