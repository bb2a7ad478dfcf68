import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import { stateEvent } from "@yardline/events/event-type";
import type { StopVisit } from "@yardline/history/history";
import { missedTrips } from "@yardline/history/review/missed-trips";
import { onTimePerformance } from "@yardline/history/review/on-time";
import { plannedCalls } from "@yardline/history/review/planned-calls";
import { recordedRuns } from "@yardline/history/review/recorded-runs";
import { runTimes } from "@yardline/history/review/run-times";
import { suggestRunTimes } from "@yardline/history/review/suggested-run-times";
import { remembering } from "@yardline/history/review/testing";
import { visitOfEvent } from "@yardline/history/visit-of-event";
import { Network } from "@yardline/matching/network";
import { loadTimetable } from "@yardline/timetable/gtfs";
import type { Timetable } from "@yardline/timetable/timetable";
import { Fleet } from "@yardline/transit/fleet";
import { saidOf } from "@yardline/transit/said";
import { expect, test } from "vitest";

const FOLDER = join(import.meta.dirname, "../../../shared/data/transport/capmetro-2015-06-07");
const DAY = "20150607";
const ROUTE = "7";
const filter = { tenant: "town", from: DAY, to: DAY, route_ids: [ROUTE] };

/** The recorded fixes of the vehicles that ever drove the line that day, by time. */
function recordedFixes(): readonly VehiclePosition[] {
  const path = join(FOLDER, "vehicle_positions_2015-06-07.csv.gz");
  const [header = "", ...lines] = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  const columns = header.split(",");
  const rows = lines.map((line) => new Map(line.split(",").map((cell, i) => [columns[i], cell])));
  const vehicles = new Set(
    rows.filter((row) => row.get("route_id") === ROUTE).map((row) => row.get("vehicle_id")),
  );
  return rows
    .filter((row) => vehicles.has(row.get("vehicle_id")))
    .map((row) => {
      const at_ms = Date.parse(row.get("timestamp") ?? "");
      const [trip_id, vehicle_id = ""] = [row.get("trip_id"), row.get("vehicle_id")];
      const [latitude, longitude] = [Number(row.get("latitude")), Number(row.get("longitude"))];
      return { vehicle_id, at_ms, received_at_ms: at_ms, latitude, longitude, ...(trip_id && { trip_id }) };
    })
    .toSorted((a, b) => a.at_ms - b.at_ms);
}

/** The stop visits that the live service would have stated, as the history takes them in. */
function statedVisits(timetable: Timetable): readonly StopVisit[] {
  const fleet = new Fleet(new Network([timetable]));
  fleet.take(recordedFixes(), false);
  return fleet.listTold().flatMap((finding) => {
    if (finding.raises !== "transit.stop-visit") return [];
    const { eventType, data, ...said } = saidOf(finding);
    const event = stateEvent(eventType, data, { ...said, tenant: "town", revision: 0 });
    return visitOfEvent(event, timetable.timezone) ?? [];
  });
}

test.skipIf(!existsSync(FOLDER))(
  "a line's recorded day, matched as live: figures as a plain count gives them",
  async () => {
    const timetable = await loadTimetable(join(FOLDER, "gtfs-derived.zip"), "gtfs");
    const visits = statedVisits(timetable);
    const history = remembering(visits);
    const own = visits.filter(({ route_id }) => route_id === ROUTE);
    expect(own.length).toBeGreaterThan(1_000);

    // On time: by departures against the planned ones, straight from the visits.
    const delays_s = own.flatMap(({ actual_departure_ms, schedule_departure_ms, schedule_arrival_ms }) =>
      actual_departure_ms === undefined
        ? []
        : (actual_departure_ms - (schedule_departure_ms ?? schedule_arrival_ms)) / 1_000,
    );
    const share = (isOne: (delay_s: number) => boolean) => delays_s.filter(isOne).length / delays_s.length;
    const [whole] = await onTimePerformance(history, filter, []);
    expect(whole?.n).toBe(delays_s.length);
    expect(whole?.early).toBeCloseTo(
      share((s) => Math.round(s) < -60),
      10,
    );
    expect(whole?.on_time).toBeCloseTo(
      share((s) => Math.round(s) >= -60 && Math.round(s) <= 300),
      10,
    );

    // Run times: of the three hops that most drives were seen on, the median by hand.
    const { rows } = await runTimes(history, plannedCalls([timetable], filter), filter);
    for (const hop of rows.toSorted((a, b) => b.n - a.n).slice(0, 3)) {
      const took_s = hopsOf(own, hop).toSorted((a, b) => a - b);
      const [low = 0, high = 0] = [
        took_s[Math.floor((took_s.length - 1) / 2)],
        took_s[Math.ceil((took_s.length - 1) / 2)],
      ];
      expect([hop.n, hop.p50_s]).toEqual([took_s.length, (low + high) / 2]);
    }

    // Missed: trips of which nothing beyond the first stop is among the visits.
    const trips = [...timetable.patterns].flatMap((pattern) =>
      pattern.route.route_id === ROUTE ? timetable.listRunsOn(pattern, DAY) : [],
    );
    const driven = trips.filter(({ trip }) => {
      const [first] = trip.pattern.stop_sequences;
      return own.some(
        (each) => each.trip_id_scheduled === trip.trip_id && each.scheduled_stop_sequence > (first ?? 0),
      );
    });
    const [missed] = await missedTrips(history, [timetable], filter);
    expect(missed).toMatchObject({ planned_trips: trips.length, missed_trips: trips.length - driven.length });

    // Suggested run times: what they would have done is counted over the same departures.
    const { runs } = await recordedRuns(history, [timetable], filter);
    const { rows: suggestions, now, kept } = await suggestRunTimes(runs, undefined);
    expect(suggestions.length).toBeGreaterThan(0);
    expect(kept.n).toBe(now.n);
    expect(kept.on_time).toBeGreaterThanOrEqual(now.on_time);
  },
  60_000,
);

/** Seconds from leaving a stop to arriving at the next one that the same vehicle was seen at on the same trip. */
function hopsOf(
  visits: readonly StopVisit[],
  {
    stop_id,
    next_stop_id,
    direction_id,
  }: { stop_id: string; next_stop_id: string; direction_id: number | null },
): readonly number[] {
  const drives = Map.groupBy(
    visits,
    ({ trip_id_scheduled, vehicle_id }) => `${trip_id_scheduled} ${vehicle_id}`,
  );
  return [...drives.values()].flatMap((drive) => {
    const calls = drive.toSorted((a, b) => a.scheduled_stop_sequence - b.scheduled_stop_sequence);
    return calls.flatMap((call, i) => {
      const next = calls[i + 1];
      if (call.stop_id !== stop_id || next?.stop_id !== next_stop_id) return [];
      if ((call.direction_id ?? null) !== direction_id || call.actual_departure_ms === undefined) return [];
      return Math.round((next.actual_arrival_ms - call.actual_departure_ms) / 1_000);
    });
  });
}
