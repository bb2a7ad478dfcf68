import { distance_m } from "@yardline/domain/geo";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { originOf } from "@yardline/timetable/service-day";
import { describe, expect, test } from "vitest";
import { buildDemoTown } from "./demo-town.ts";
import { placeBus } from "./drive.ts";
import { latLonOf } from "./streets.ts";

const town = buildDemoTown();

describe("the GTFS zip", async () => {
  const zip = await town.buildGtfs();
  const timetable = await loadTimetable(zip, "demo");
  const trips = [...timetable.trips.values()];

  test("is the same at each call", async () => {
    expect(Buffer.from(await buildDemoTown().buildGtfs()).equals(Buffer.from(zip))).toBe(true);
  });

  test("is read without a complaint, and nothing of it is lost", () => {
    expect(timetable.notices).toEqual([]);
    expect(timetable.timezone).toBe("Europe/Kyiv");
    expect([...timetable.stops.keys()]).toEqual(town.network.stops.map(({ stop_id }) => stop_id));
    expect([...timetable.routes.values()].map((route) => route.route_short_name)).toEqual(
      town.network.lines.map((line) => line.route_short_name),
    );
    expect(trips.length).toBe(town.blocks.flatMap((block) => block.trips).length);
    for (const { trip_id, direction, arrivals_s } of town.blocks.flatMap((block) => block.trips)) {
      const trip = timetable.trips.get(trip_id);
      expect([...(trip?.arrival_s ?? [])]).toEqual(arrivals_s);
      expect(trip?.pattern.stops.map(({ stop_id }) => stop_id)).toEqual(
        direction.calls.map((call) => call.stop_id),
      );
    }
  });

  test("every stop has a bus, on every day of the week", () => {
    const visited = new Set(trips.flatMap(({ pattern }) => pattern.stops.map(({ stop_id }) => stop_id)));
    expect(visited.size).toBe(town.network.stops.length);
    for (const date of ["20260302", "20260307", "20260308"]) {
      expect(timetable.patterns.flatMap((pattern) => timetable.listRunsOn(pattern, date))).toHaveLength(
        trips.length,
      );
    }
  });

  test("times and distances grow along each trip; the night line passes 24:00", () => {
    for (const { arrival_s, departure_s, pattern } of trips) {
      for (const [call, arrival] of arrival_s.entries()) {
        expect(departure_s[call]).toBeGreaterThanOrEqual(arrival);
        if (call === 0) continue;
        expect(arrival).toBeGreaterThan(departure_s[call - 1] ?? 0);
        expect(pattern.stop_at_m[call]).toBeGreaterThan(pattern.stop_at_m[call - 1] ?? 0);
      }
    }
    expect(Math.max(...trips.map(({ arrival_s }) => arrival_s.at(-1) ?? 0))).toBeGreaterThan(86_400);
  });

  test("a bus of a block is never in two places", () => {
    for (const block of Map.groupBy(trips, ({ block_id }) => block_id).values()) {
      const spans = block
        .map(({ arrival_s, departure_s }) => [departure_s[0] ?? 0, arrival_s.at(-1) ?? 0] as const)
        .toSorted(([a], [b]) => a - b);
      for (const [index, [from]] of spans.entries()) expect(from).toBeGreaterThan(spans[index - 1]?.[1] ?? 0);
    }
  });

  test("buses count their service day as the timetable does, also when the clocks change", () => {
    for (const date of ["20260302", "20260329", "20261025"]) {
      const day_ms = originOf(date, timetable.timezone);
      const states = town.blocks.flatMap((block) => placeBus(block, day_ms + 12 * 3_600_000, 0) ?? []);
      expect(new Set(states.map((state) => state.day_ms))).toEqual(new Set([day_ms]));
    }
  });
});

test("twenty buses are on the road from the morning to the evening, and some by night", () => {
  const onRoad = (hour: number) =>
    town.blocks.filter(({ trips }) => {
      const [first, last] = [trips[0]?.arrivals_s[0] ?? 0, trips.at(-1)?.arrivals_s.at(-1) ?? 0];
      return first <= hour * 3600 && last >= hour * 3600;
    }).length;
  expect([3, 7, 12, 23, 25].map(onRoad)).toEqual([0, 20, 20, 20, 2]);
  expect(town.listBlocks(4).map(({ block_id }) => block_id)).toEqual([
    "1-1",
    "2-1",
    "3-1",
    "4-1",
    "N1-1",
    "N1-2",
  ]);
});

test("poles stand at the kerb of the street that the bus drives along", () => {
  const poles = new Map(town.network.stops.map((stop) => [stop.stop_id, stop]));
  for (const { directions } of town.network.lines) {
    for (const { way, calls } of directions) {
      for (const { stop_id } of calls) {
        const pole = poles.get(stop_id);
        const away = Math.min(
          ...way.points.map((point) => (pole ? distance_m(pole, latLonOf(point)) : Infinity)),
        );
        expect(away, stop_id).toBeLessThan(60);
      }
    }
  }
});

test("the stop to show is one that many buses pass, and lies inside the town", () => {
  const calls = town.blocks.flatMap(({ trips }) => trips.flatMap(({ direction }) => direction.calls));
  expect(calls.filter(({ stop_id }) => stop_id === town.stop_id).length).toBeGreaterThan(300);
  const { south, north, west, east } = town.bounds;
  for (const { latitude, longitude } of [town.centre, ...town.cameras]) {
    expect(latitude > south && latitude < north && longitude > west && longitude < east).toBe(true);
  }
});
