import { distance_m } from "@yardline/domain/geo";
import type { CheckRule, Feed } from "./feed.ts";
import type { Findings } from "./findings.ts";
import type { RawRow } from "./raw-table.ts";
import { PLATFORM, placeOf, STATION, typeOf } from "./stops.ts";

const FILE = "transfers.txt";
/** Farther apart than this nobody changes on foot; and what is only unusual. The canonical validator's. */
const APART_MAX_M = 10_000;
const APART_FAR_M = 2_000;

export const checkTransfers: CheckRule = (feed, findings) => {
  const rows = feed.rows(FILE);
  if (rows.length === 0) return;
  const stops = feed.byId("stops.txt", "stop_id");
  const trips = feed.byId("trips.txt", "trip_id");
  for (const row of rows) {
    checkDistance(row, stops, findings);
    for (const side of ["from", "to"] as const) {
      const stop = stops.get(row.text(`${side}_stop_id`));
      const trip = trips.get(row.text(`${side}_trip_id`));
      checkType(row, side, stop, findings);
      if (trip) checkTrip(feed, row, { trip, stop, route_id: row.text(`${side}_route_id`) }, findings);
    }
  }
};

function checkDistance(row: RawRow, stops: ReadonlyMap<string, RawRow>, findings: Findings): void {
  const [a, b] = ["from_stop_id", "to_stop_id"].map((column) => placeOf(stops.get(row.text(column))));
  const apart_m = a && b ? distance_m(a, b) : 0;
  const text = `the stops are ${(apart_m / 1000).toFixed(1)} km apart`;
  if (apart_m > APART_MAX_M) findings.warning("transfer_distance_too_large", FILE, row.line, text);
  else if (apart_m > APART_FAR_M) findings.info("transfer_distance_above_2_km", FILE, row.line, text);
}

function checkType(row: RawRow, side: "from" | "to", stop: RawRow | undefined, findings: Findings): void {
  if (!stop || typeOf(stop) === PLATFORM || typeOf(stop) === STATION) return;
  const text = `${side}_stop_id is neither a stop nor a station`;
  findings.error("transfer_with_invalid_stop_location_type", FILE, row.line, text);
}

type Named = { readonly trip: RawRow; readonly stop: RawRow | undefined; readonly route_id: string };

function checkTrip(feed: Feed, row: RawRow, { trip, stop, route_id }: Named, findings: Findings): void {
  const trip_id = trip.text("trip_id");
  if (route_id !== "" && route_id !== trip.text("route_id")) {
    const text = `trip ${trip_id} is not of route ${route_id}`;
    findings.error("transfer_with_invalid_trip_and_route", FILE, row.line, text);
  }
  if (!stop || typeOf(stop) !== PLATFORM) return;
  const calls = feed.grouped("stop_times.txt", "trip_id", "stop_sequence").get(trip_id) ?? [];
  const stop_id = stop.text("stop_id");
  if (!calls.some((call) => call.text("stop_id") === stop_id)) {
    const text = `trip ${trip_id} does not call at ${stop_id}`;
    findings.error("transfer_with_invalid_trip_and_stop", FILE, row.line, text);
  }
}
