import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import type { Network } from "./network.ts";
import { latLonOf } from "./streets.ts";
import { type Block, clockOf, departureOf_s } from "./timetable.ts";

type Table = readonly (readonly (string | number)[])[];

/** The same bytes for the same town. */
const WRITTEN = new Date(Date.UTC(2026, 0, 1));
const SERVICE = "daily";
/** GTFS route_type. */
const BUS = 3;

/** The invented town's timetable as a GTFS zip: UTF-8, every day of ten years, shapes with distances, blocks. */
export async function buildGtfsZip(network: Network, blocks: readonly Block[]): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, table] of Object.entries(tablesOf(network, blocks))) {
    const text = table.map((row) => row.map(quoted).join(",")).join("\r\n");
    zip.addBuffer(Buffer.from(`${text}\r\n`), `${name}.txt`, { mtime: WRITTEN });
  }
  zip.end();
  return buffer(zip.outputStream);
}

function quoted(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function tablesOf(network: Network, blocks: readonly Block[]): Record<string, Table> {
  return { ...tablesOfTown(), ...tablesOfNetwork(network), ...tablesOfTrips(blocks) };
}

function tablesOfTown(): Record<string, Table> {
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  return {
    agency: [
      ["agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang"],
      ["demo", "Вигадівський автобус (вигадане місто)", "https://example.org/", "Europe/Kyiv", "uk"],
    ],
    feed_info: [
      ["feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_version"],
      ["Yardline, simulated town", "https://example.org/", "uk", "1"],
    ],
    calendar: [
      ["service_id", ...days, "start_date", "end_date"],
      [SERVICE, ...days.map(() => 1), "20260101", "20351231"],
    ],
  };
}

function tablesOfNetwork({ stops, lines }: Network): Record<string, Table> {
  const route = ["route_id", "agency_id", "route_short_name", "route_long_name"];
  return {
    stops: [
      ["stop_id", "stop_name", "stop_lat", "stop_lon"],
      ...stops.map((stop) => [stop.stop_id, stop.stop_name, ...degrees(stop)]),
    ],
    routes: [
      [...route, "route_type", "route_color", "route_text_color"],
      ...lines.map(({ route_id, route_short_name, route_long_name, route_color }) => {
        return [route_id, "demo", route_short_name, route_long_name, BUS, route_color, "FFFFFF"];
      }),
    ],
    shapes: [
      ["shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence", "shape_dist_traveled"],
      ...lines.flatMap(({ route_id, directions }) =>
        directions.flatMap(({ direction_id, way }) =>
          way.points.map((point, index) => {
            const along_m = (way.along_m[index] ?? 0).toFixed(1);
            return [shapeIdOf(route_id, direction_id), ...degrees(latLonOf(point)), index + 1, along_m];
          }),
        ),
      ),
    ],
  };
}

function tablesOfTrips(blocks: readonly Block[]): Record<string, Table> {
  const times = ["trip_id", "arrival_time", "departure_time"];
  return {
    trips: [
      ["route_id", "service_id", "trip_id", "trip_headsign", "direction_id", "block_id", "shape_id"],
      ...blocks.flatMap(({ block_id, trips }) =>
        trips.map(({ route_id, trip_id, direction: { headsign, direction_id } }) => {
          const shape_id = shapeIdOf(route_id, direction_id);
          return [route_id, SERVICE, trip_id, headsign, direction_id, block_id, shape_id];
        }),
      ),
    ],
    stop_times: [
      [...times, "stop_id", "stop_sequence", "shape_dist_traveled"],
      ...blocks.flatMap(({ trips }) =>
        trips.flatMap((trip) =>
          trip.direction.calls.map(({ stop_id, along_m }, call) => {
            const [arrival, departure] = [trip.arrivals_s[call] ?? 0, departureOf_s(trip, call)];
            return [
              trip.trip_id,
              clockOf(arrival),
              clockOf(departure),
              stop_id,
              call + 1,
              along_m.toFixed(1),
            ];
          }),
        ),
      ),
    ],
  };
}

function shapeIdOf(route_id: string, direction_id: number): string {
  return `${route_id}-${direction_id}`;
}

function degrees({ latitude, longitude }: { latitude: number; longitude: number }): [string, string] {
  return [latitude.toFixed(6), longitude.toFixed(6)];
}
