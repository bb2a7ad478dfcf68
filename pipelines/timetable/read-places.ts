import { AppError } from "@yardline/domain/errors";
import type { LatLon } from "@yardline/domain/geo";
import type { Archive } from "./archive.ts";
import type { Notices } from "./notices.ts";
import { readTable } from "./table.ts";
import type { Route, Stop } from "./timetable.ts";

/** agency.txt: who runs the vehicles, and the zone in which all times of the feed are read (every agency must have the same). */
export async function readAgencies(archive: Archive) {
  let timezone: string | undefined;
  const agency_ids = new Set<string>();
  const columns = { required: ["agency_timezone"], optional: ["agency_id"] } as const;
  await readTable(archive, "agency.txt", columns, (row, line) => {
    if (row.agency_id !== undefined) agency_ids.add(row.agency_id);
    if (timezone !== undefined) return;
    timezone = row.agency_timezone;
    if (!isTimezone(timezone)) {
      throw new AppError(
        "TIMETABLE_VALUE",
        `agency.txt line ${line}: agency_timezone is "${timezone}", not an IANA name; write one such as Europe/Kyiv.`,
      );
    }
  });
  if (timezone === undefined) {
    throw new AppError("TIMETABLE_VALUE", "agency.txt has no agency; add one with its agency_timezone.");
  }
  return { timezone, agency_ids };
}

function isTimezone(name: string): boolean {
  try {
    return name !== "" && Temporal.Now.zonedDateTimeISO(name).timeZoneId !== "";
  } catch {
    return false;
  }
}

/** routes.txt */
export async function readRoutes(archive: Archive): Promise<Map<string, Route>> {
  const routes = new Map<string, Route>();
  const columns = {
    required: ["route_id", "route_type"],
    optional: ["route_short_name", "route_long_name", "route_color"],
  } as const;
  await readTable(archive, "routes.txt", columns, (row) => {
    const long = row.route_long_name ?? "";
    const color = row.route_color ?? "";
    routes.set(row.route_id, {
      route_id: row.route_id,
      route_short_name: row.route_short_name ?? (long || row.route_id),
      route_long_name: long,
      route_type: Number(row.route_type) || 0,
      route_color: /^[0-9a-f]{6}$/i.test(color) ? color.toUpperCase() : DEFAULT_COLOR,
    });
  });
  return routes;
}

/** For routes without a colour of their own: readable on a light map. */
const DEFAULT_COLOR = "1F6FB2";

/** stops.txt: the places where vehicles call; stations, entrances and nodes are left out. */
export async function readStops(archive: Archive, notices: Notices): Promise<Map<string, Stop>> {
  const stops = new Map<string, Stop>();
  const columns = {
    required: ["stop_id"],
    optional: ["stop_name", "stop_code", "stop_lat", "stop_lon", "location_type"],
  } as const;
  await readTable(archive, "stops.txt", columns, (row, line) => {
    if (row.location_type !== undefined && row.location_type !== "0") return;
    const place = placeOf(row.stop_lat, row.stop_lon);
    if (!place) {
      notices.add("stops.txt", line, "stop_lat, stop_lon are no place on earth; stop left out");
      return;
    }
    stops.set(row.stop_id, {
      stop_id: row.stop_id,
      stop_name: row.stop_name ?? row.stop_id,
      ...(row.stop_code !== undefined && { stop_code: row.stop_code }),
      ...place,
    });
  });
  return stops;
}

/** shapes.txt, where there is one: corners of each line in their order. */
export async function readShapes(archive: Archive, notices: Notices): Promise<Map<string, LatLon[]>> {
  const shapes = new Map<string, { readonly order: number; readonly place: LatLon }[]>();
  if (!archive.has("shapes.txt")) return new Map();
  const columns = {
    required: ["shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"],
  } as const;
  await readTable(archive, "shapes.txt", columns, (row, line) => {
    const place = placeOf(row.shape_pt_lat, row.shape_pt_lon);
    const order = Number(row.shape_pt_sequence);
    if (!place || !Number.isFinite(order)) {
      notices.add("shapes.txt", line, "not a place on earth with a sequence; point left out");
      return;
    }
    const corners = shapes.get(row.shape_id);
    if (corners) corners.push({ order, place });
    else shapes.set(row.shape_id, [{ order, place }]);
  });
  return new Map(
    [...shapes].map(([shape_id, corners]) => [
      shape_id,
      corners.sort((a, b) => a.order - b.order).map(({ place }) => place),
    ]),
  );
}

/** A place, or undefined for what is none: missing, not a number, out of range, or 0/0 (no fix). */
function placeOf(latitude_text: string | undefined, longitude_text: string | undefined): LatLon | undefined {
  if (!latitude_text || !longitude_text) return undefined;
  const [latitude, longitude] = [Number(latitude_text), Number(longitude_text)];
  const isPlace =
    Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0);
  return isPlace ? { latitude, longitude } : undefined;
}
