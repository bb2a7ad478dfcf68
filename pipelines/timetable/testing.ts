import { buffer } from "node:stream/consumers";
import type { LatLon } from "@yardline/domain/geo";
import { ZipFile } from "yazl";
import { loadTimetable } from "./gtfs.ts";
import { timeText } from "./service-day.ts";
import type { Pattern, Timetable } from "./timetable.ts";

/** Files of a feed by name. */
export type Tables = Readonly<Record<string, string>>;

/** Packs files as a zip. */
export async function zipOf(tables: Tables): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [file, text] of Object.entries(tables)) zip.addBuffer(Buffer.from(text), file);
  zip.end();
  return buffer(zip.outputStream);
}

/** South-west corner of the town; a step is 0.007° east (500 m) or 0.0045° north (500 m). */
const CORNER = { latitude: 49.8, longitude: 31.2 };

/** A place in the small town, in steps east and north of its corner. */
export function placeAt(east: number, north: number): LatLon {
  return {
    latitude: CORNER.latitude + north * 0.0045,
    longitude: CORNER.longitude + east * 0.007,
  };
}

/** Line 1 drives an avenue of 2 km east and back; its stops stand on both sides, 10 m from the middle. */
const AVENUE = [0, 1, 2, 3, 4] as const;
/** Line 2 circles a square north of the avenue and ends where it began. */
const CIRCLE = [placeAt(0, 1), placeAt(2, 1), placeAt(2, 3), placeAt(0, 3), placeAt(0, 1)] as const;
/** Seconds from stop to stop: 500 m on the avenue, 1 km on the circle. */
const AVENUE_HOP_S = 75;
const CIRCLE_HOP_S = 150;
const FROM_S = 6 * 3600;
const TO_S = 25 * 3600;
const EVERY_S = 20 * 60;

/** The files of a small invented town: an avenue driven out and back, and a circle; each 20 minutes from 6:00 to 25:00. */
export function smallTown(): Tables {
  const stops = [
    ...AVENUE.flatMap((east) => [
      ["east", east, -0.02],
      ["west", east, 0.02],
    ]).map(([side, east, north]) => stopRow(`${side}-${east}`, placeAt(Number(east), Number(north)))),
    ...CIRCLE.slice(0, 4).map((place, i) => stopRow(`circle-${i}`, place)),
    stopRow("nobody", placeAt(5, 5)),
  ];
  const trips: string[] = [];
  const times: string[] = [];
  for (let at_s = FROM_S; at_s <= TO_S; at_s += EVERY_S) {
    add(
      "1",
      "east",
      at_s,
      AVENUE.map((east) => `east-${east}`),
      AVENUE_HOP_S,
    );
    add(
      "1",
      "west",
      at_s + EVERY_S / 2,
      AVENUE.toReversed().map((east) => `west-${east}`),
      AVENUE_HOP_S,
    );
    add(
      "2",
      "round",
      at_s,
      [0, 1, 2, 3, 0].map((i) => `circle-${i}`),
      CIRCLE_HOP_S,
    );
  }

  function add(route: string, way: string, at_s: number, calls: readonly string[], hop_s: number): void {
    const trip_id = `${way}-${timeText(at_s).slice(0, 5)}`;
    trips.push(`${route},daily,${trip_id},${way},${way}`);
    for (const [i, stop_id] of calls.entries()) {
      const time = timeText(at_s + i * hop_s);
      times.push(`${trip_id},${time},${time},${stop_id},${(i + 1) * 10}`);
    }
  }

  const east = AVENUE.map((each) => placeAt(each, 0));
  return {
    "agency.txt":
      "agency_id,agency_name,agency_url,agency_timezone\nA,Town,https://example.org,Europe/Kyiv\n",
    "routes.txt":
      "route_id,route_short_name,route_long_name,route_type,route_color\n1,1,Avenue,3,aa0000\n2,2,Circle,3,\n",
    "calendar.txt":
      "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\ndaily,1,1,1,1,1,1,1,20260101,20261231\n",
    "stops.txt": ["stop_id,stop_name,stop_lat,stop_lon", ...stops, ""].join("\n"),
    "trips.txt": ["route_id,service_id,trip_id,trip_headsign,shape_id", ...trips, ""].join("\n"),
    "stop_times.txt": ["trip_id,arrival_time,departure_time,stop_id,stop_sequence", ...times, ""].join("\n"),
    "shapes.txt": [
      "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence",
      ...shapeRows("east", east),
      ...shapeRows("west", east.toReversed()),
      ...shapeRows("round", CIRCLE),
      "",
    ].join("\n"),
  };
}

export async function smallTownTimetable(feed = "town"): Promise<Timetable> {
  return loadTimetable(await zipOf(smallTown()), feed);
}

/** The small town with a block on its avenue: east at 8:00, west at 8:10, east at 8:20, west at 8:30. */
export async function blockTownTimetable(): Promise<Timetable> {
  const tables = smallTown();
  const block = new Set(["east-08:00", "west-08:10", "east-08:20", "west-08:30"]);
  const [header = "", ...rows] = (tables["trips.txt"] ?? "").trim().split("\n");
  const withBlock = rows.map((row) => `${row},${block.has(row.split(",")[2] ?? "") ? "avenue" : ""}`);
  const trips = [`${header},block_id`, ...withBlock, ""].join("\n");
  return loadTimetable(await zipOf({ ...tables, "trips.txt": trips }), "town");
}

/** The place on the ground at a distance along a pattern's path. */
export function groundAt({ path: { corners, at_m } }: Pattern, along_m: number): LatLon {
  const to = Math.max(
    1,
    at_m.findIndex((each) => each >= along_m),
  );
  const [a, b] = [corners[to - 1], corners[to]];
  const [from_m = 0, to_m = 1] = [at_m[to - 1], at_m[to]];
  if (!a || !b) throw new Error(`There is nothing at ${along_m} m.`);
  const share = Math.min(1, Math.max(0, (along_m - from_m) / (to_m - from_m)));
  return {
    latitude: a.latitude + share * (b.latitude - a.latitude),
    longitude: a.longitude + share * (b.longitude - a.longitude),
  };
}

function stopRow(stop_id: string, { latitude, longitude }: LatLon): string {
  return `${stop_id},Stop ${stop_id},${latitude.toFixed(6)},${longitude.toFixed(6)}`;
}

function shapeRows(shape_id: string, corners: readonly LatLon[]): readonly string[] {
  return corners.map(
    ({ latitude, longitude }, i) => `${shape_id},${latitude.toFixed(6)},${longitude.toFixed(6)},${i + 1}`,
  );
}
