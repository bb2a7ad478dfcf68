/**
 * What the GTFS reference says of each table that a bus timetable has: its columns, their types, what must be there and what refers
 * to what. Fares v2, pathways, flexible services and translations are known by name only.
 * @see https://gtfs.org/documentation/schedule/reference/
 */

/** The field types of the reference; `enum` has its values, `integer` and `float` perhaps a least value. */
export type FieldType =
  | { readonly is: "id" | "text" | "date" | "time" | "color" | "url" | "email" | "timezone" | "language" }
  | { readonly is: "latitude" | "longitude" | "phone" }
  | { readonly is: "integer" | "float"; readonly min: number }
  | { readonly is: "enum"; readonly values: readonly string[] };

export type Field = {
  readonly name: string;
  readonly type: FieldType;
  /** Whether column and value must, or should, be there; else they may. */
  readonly presence?: "required" | "recommended";
  /** The table whose key this value must be. */
  readonly to?: string;
  /** Text for passengers, which the reference wants in mixed case. */
  readonly mixedCase?: true;
};

export type TableSpec = {
  readonly file: string;
  readonly presence: "required" | "recommended" | "optional";
  readonly fields: readonly Field[];
  /** Columns that together name a row. Empty where a table holds one row. */
  readonly key: readonly string[];
};

const id = { is: "id" } as const;
const text = { is: "text" } as const;
const url = { is: "url" } as const;
const time = { is: "time" } as const;
const date = { is: "date" } as const;
const count = { is: "integer", min: 0 } as const;
const length = { is: "float", min: 0 } as const;
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

export const TABLES: readonly TableSpec[] = [
  {
    file: "agency.txt",
    presence: "required",
    key: ["agency_id"],
    fields: [
      may("agency_id", id),
      must("agency_name", text),
      must("agency_url", url),
      must("agency_timezone", { is: "timezone" }),
      should("agency_lang", { is: "language" }),
      may("agency_phone", { is: "phone" }),
      may("agency_fare_url", url),
      should("agency_email", { is: "email" }),
    ],
  },
  {
    file: "stops.txt",
    presence: "required",
    key: ["stop_id"],
    fields: [
      must("stop_id", id),
      may("stop_code", text),
      { ...may("stop_name", text), mixedCase: true },
      may("tts_stop_name", text),
      may("stop_desc", text),
      may("stop_lat", { is: "latitude" }),
      may("stop_lon", { is: "longitude" }),
      may("zone_id", id),
      may("stop_url", url),
      may("location_type", values(4)),
      may("parent_station", id),
      may("stop_timezone", { is: "timezone" }),
      may("wheelchair_boarding", values(2)),
      may("level_id", id),
      may("platform_code", text),
      may("stop_access", values(1)),
    ],
  },
  {
    file: "routes.txt",
    presence: "required",
    key: ["route_id"],
    fields: [
      must("route_id", id),
      may("agency_id", id, "agency.txt"),
      may("route_short_name", text),
      { ...may("route_long_name", text), mixedCase: true },
      may("route_desc", text),
      // The extended types have three or four digits.
      must("route_type", { is: "integer", min: 0 }),
      may("route_url", url),
      may("route_color", { is: "color" }),
      may("route_text_color", { is: "color" }),
      may("route_sort_order", count),
      may("continuous_pickup", values(3)),
      may("continuous_drop_off", values(3)),
      may("network_id", id),
    ],
  },
  {
    file: "trips.txt",
    presence: "required",
    key: ["trip_id"],
    fields: [
      must("route_id", id, "routes.txt"),
      must("service_id", id),
      must("trip_id", id),
      { ...may("trip_headsign", text), mixedCase: true },
      may("trip_short_name", text),
      may("direction_id", values(1)),
      may("block_id", id),
      may("shape_id", id, "shapes.txt"),
      may("wheelchair_accessible", values(2)),
      may("bikes_allowed", values(2)),
      may("cars_allowed", values(2)),
    ],
  },
  {
    file: "stop_times.txt",
    presence: "required",
    key: ["trip_id", "stop_sequence"],
    fields: [
      must("trip_id", id, "trips.txt"),
      may("arrival_time", time),
      may("departure_time", time),
      may("stop_id", id, "stops.txt"),
      may("location_group_id", id),
      may("location_id", id),
      must("stop_sequence", count),
      may("stop_headsign", text),
      may("start_pickup_drop_off_window", time),
      may("end_pickup_drop_off_window", time),
      may("pickup_type", values(3)),
      may("drop_off_type", values(3)),
      may("continuous_pickup", values(3)),
      may("continuous_drop_off", values(3)),
      may("shape_dist_traveled", length),
      may("timepoint", values(1)),
      may("pickup_booking_rule_id", id),
      may("drop_off_booking_rule_id", id),
    ],
  },
  {
    file: "calendar.txt",
    presence: "optional",
    key: ["service_id"],
    fields: [
      must("service_id", id),
      ...DAYS.map((day) => must(day, values(1))),
      must("start_date", date),
      must("end_date", date),
    ],
  },
  {
    file: "calendar_dates.txt",
    presence: "optional",
    key: ["service_id", "date"],
    fields: [
      must("service_id", id),
      must("date", date),
      must("exception_type", { is: "enum", values: ["1", "2"] }),
    ],
  },
  {
    file: "shapes.txt",
    presence: "recommended",
    key: ["shape_id", "shape_pt_sequence"],
    fields: [
      must("shape_id", id),
      must("shape_pt_lat", { is: "latitude" }),
      must("shape_pt_lon", { is: "longitude" }),
      must("shape_pt_sequence", count),
      may("shape_dist_traveled", length),
    ],
  },
  {
    file: "frequencies.txt",
    presence: "optional",
    key: ["trip_id", "start_time"],
    fields: [
      must("trip_id", id, "trips.txt"),
      must("start_time", time),
      must("end_time", time),
      must("headway_secs", { is: "integer", min: 1 }),
      may("exact_times", values(1)),
    ],
  },
  {
    file: "transfers.txt",
    presence: "optional",
    key: ["from_stop_id", "to_stop_id", "from_trip_id", "to_trip_id", "from_route_id", "to_route_id"],
    fields: [
      may("from_stop_id", id, "stops.txt"),
      may("to_stop_id", id, "stops.txt"),
      may("from_route_id", id, "routes.txt"),
      may("to_route_id", id, "routes.txt"),
      may("from_trip_id", id, "trips.txt"),
      may("to_trip_id", id, "trips.txt"),
      must("transfer_type", values(5)),
      may("min_transfer_time", count),
    ],
  },
  {
    file: "feed_info.txt",
    presence: "recommended",
    key: [],
    fields: [
      must("feed_publisher_name", text),
      must("feed_publisher_url", url),
      must("feed_lang", { is: "language" }),
      may("default_lang", { is: "language" }),
      should("feed_start_date", date),
      should("feed_end_date", date),
      should("feed_version", text),
      may("feed_contact_email", { is: "email" }),
      may("feed_contact_url", url),
    ],
  },
  {
    file: "attributions.txt",
    presence: "optional",
    key: ["attribution_id"],
    fields: [
      may("attribution_id", id),
      may("agency_id", id, "agency.txt"),
      may("route_id", id, "routes.txt"),
      may("trip_id", id, "trips.txt"),
      must("organization_name", text),
      may("is_producer", values(1)),
      may("is_operator", values(1)),
      may("is_authority", values(1)),
      may("attribution_url", url),
      may("attribution_email", { is: "email" }),
      may("attribution_phone", { is: "phone" }),
    ],
  },
];

/** Tables of the reference that are not looked into. */
export const OTHER_FILES: ReadonlySet<string> = new Set([
  ...["fare_attributes.txt", "fare_rules.txt", "timeframes.txt", "rider_categories.txt", "fare_media.txt"],
  ...["fare_products.txt", "fare_leg_rules.txt", "fare_leg_join_rules.txt", "fare_transfer_rules.txt"],
  ...["areas.txt", "stop_areas.txt", "networks.txt", "route_networks.txt", "pathways.txt", "levels.txt"],
  ...["location_groups.txt", "location_group_stops.txt", "locations.geojson", "booking_rules.txt"],
  ...["translations.txt"],
]);

function may(name: string, type: FieldType, to?: string): Field {
  return { name, type, ...(to !== undefined && { to }) };
}

function must(name: string, type: FieldType, to?: string): Field {
  return { ...may(name, type, to), presence: "required" };
}

function should(name: string, type: FieldType): Field {
  return { name, type, presence: "recommended" };
}

/** An enumeration from 0 to its last value. */
function values(last: number): FieldType {
  return { is: "enum", values: Array.from({ length: last + 1 }, (_, value) => String(value)) };
}
