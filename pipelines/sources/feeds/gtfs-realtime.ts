import protobuf from "protobufjs/minimal.js";
import { Type } from "typebox";
import { findFix } from "../trackers/reported-fix.ts";
import { broken, defineFeed, type FeedContent, type FeedFix, named, openContent } from "./feed.ts";

/** 20,000 vehicles at 400 bytes. */
const BYTES_MAX = 8 * 1024 * 1024;
/** A run of the trip that will not take place, or a copy of one: its vehicle is not on that trip. */
const CANCELED = 3;

type Reader = protobuf.Reader;
/** Told each field by its tag (number × 8 + wire type); returns whether it has read the value. */
type TakeField = (tag: number) => boolean;

/**
 * VehiclePositions of GTFS-Realtime 2.0. Only the fields that we want are read, so that a message of a few bytes a part cannot become
 * millions of objects. Passengers are passed over.
 * @see https://gtfs.org/documentation/realtime/reference/
 */
export const gtfsRealtime = defineFeed({
  name: "gtfs-realtime",
  way: "poll",
  accept: "application/x-protobuf, application/protobuf, application/octet-stream, */*;q=0.1",
  bytes_max: BYTES_MAX,
  settings: {
    vehicle_name: Type.Optional(
      Type.Enum(["id", "label"], {
        description: "What the bus is called by: the vehicle's `id` (where nothing is said), or its `label`.",
      }),
    ),
  },
  open:
    ({ vehicle_name = "id" }) =>
    ({ bytes }) => {
      try {
        return readMessage(protobuf.Reader.create(bytes), vehicle_name);
      } catch {
        // The library's words tell offsets, which help nobody.
        throw broken("it is no whole GTFS-Realtime message");
      }
    },
});

function readMessage(reader: Reader, vehicle_name: "id" | "label"): FeedContent {
  const content = openContent();
  const parts: VehiclePart[] = [];
  let version = "";
  let made_at_s = 0;
  const takeHeader: TakeField = (tag) => {
    if (tag === TAG.version) version = reader.string();
    else if (tag === TAG.header_timestamp) made_at_s = Number(reader.uint64());
    else return false;
    return true;
  };
  readFields(reader, reader.len, (tag) => {
    if (tag === TAG.header) readNested(reader, takeHeader);
    else if (tag === TAG.entity) parts.push(...readEntity(reader));
    else return false;
    return true;
  });
  if (version === "") throw new RangeError("no header");
  for (const part of parts) content.add(fixOf(part, vehicle_name, made_at_s));
  return content.done(made_at_s > 0 ? made_at_s * 1000 : undefined);
}

/** What is read of one VehiclePosition; numbers that are absent are undefined, texts empty. */
type VehiclePart = {
  id: string;
  label: string;
  /** Read to see whether it is what the vehicle is called by, and no further. */
  plate: string;
  trip_id: string;
  route_id: string;
  start_date: string;
  start_time: string;
  direction_id?: number;
  relationship: number;
  latitude?: number;
  longitude?: number;
  bearing_deg?: number;
  speed_mps?: number;
  at_s: number;
};

/** Field numbers × 8 + wire types, of gtfs-realtime.proto. */
const TAG = {
  header: 0x0a,
  entity: 0x12,
  version: 0x0a,
  header_timestamp: 0x18,
  deleted: 0x10,
  vehicle_position: 0x22,
  trip: 0x0a,
  position: 0x12,
  timestamp: 0x28,
  descriptor: 0x42,
} as const;

/** @returns nothing for an entity without a vehicle, or one that is deleted. */
function readEntity(reader: Reader): readonly VehiclePart[] {
  let part: VehiclePart | undefined;
  let deleted = false;
  readNested(reader, (tag) => {
    if (tag === TAG.vehicle_position) part = readVehicle(reader);
    else if (tag === TAG.deleted) deleted = reader.bool();
    else return false;
    return true;
  });
  return part && !deleted ? [part] : [];
}

function readVehicle(reader: Reader): VehiclePart {
  const part: VehiclePart = {
    ...{ id: "", label: "", plate: "", trip_id: "", route_id: "", start_date: "", start_time: "" },
    ...{ relationship: 0, at_s: 0 },
  };
  readNested(reader, (tag) => {
    if (tag === TAG.trip) readNested(reader, takeTrip(reader, part));
    else if (tag === TAG.position) readNested(reader, takePosition(reader, part));
    else if (tag === TAG.descriptor) readNested(reader, takeDescriptor(reader, part));
    else if (tag === TAG.timestamp) part.at_s = Number(reader.uint64());
    else return false;
    return true;
  });
  return part;
}

function takeTrip(reader: Reader, part: VehiclePart): TakeField {
  return (tag) => {
    if (tag === 0x0a) part.trip_id = reader.string();
    else if (tag === 0x12) part.start_time = reader.string();
    else if (tag === 0x1a) part.start_date = reader.string();
    else if (tag === 0x20) part.relationship = reader.uint32();
    else if (tag === 0x2a) part.route_id = reader.string();
    else if (tag === 0x30) part.direction_id = reader.uint32();
    else return false;
    return true;
  };
}

function takePosition(reader: Reader, part: VehiclePart): TakeField {
  return (tag) => {
    if (tag === 0x0d) part.latitude = reader.float();
    else if (tag === 0x15) part.longitude = reader.float();
    else if (tag === 0x1d) part.bearing_deg = reader.float();
    else if (tag === 0x2d) part.speed_mps = reader.float();
    else return false;
    return true;
  };
}

function takeDescriptor(reader: Reader, part: VehiclePart): TakeField {
  return (tag) => {
    if (tag === 0x0a) part.id = reader.string();
    else if (tag === 0x12) part.label = reader.string();
    else if (tag === 0x1a) part.plate = reader.string();
    else return false;
    return true;
  };
}

function readNested(reader: Reader, take: TakeField): void {
  const length = reader.uint32();
  readFields(reader, reader.pos + length, take);
}

function readFields(reader: Reader, end: number, take: TakeField): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (!take(tag)) reader.skipType(tag & 7);
  }
  if (reader.pos !== end) throw new RangeError("a part that is longer than its whole");
}

function fixOf(part: VehiclePart, vehicle_name: "id" | "label", made_at_s: number): FeedFix | "no-place" {
  const { latitude = Number.NaN, longitude = Number.NaN, speed_mps, relationship } = part;
  const at_s = part.at_s || made_at_s;
  const fix = findFix({
    ...{ latitude, longitude },
    at_ms: at_s > 0 ? at_s * 1000 : undefined,
    speed_mps,
    course_deg: part.bearing_deg,
    // Without a time of its own or of the feed, nobody knows when it was there.
    buffered: true,
  });
  if (!fix) return "no-place";
  const vehicle = part[vehicle_name].trim();
  const is_plate = vehicle !== "" && lettersOf(vehicle) === lettersOf(part.plate);
  return { ...fix, vehicle, ...(is_plate && { is_plate }), ...(relationship !== CANCELED && tripOf(part)) };
}

function lettersOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, "").toUpperCase();
}

function tripOf({ trip_id, route_id, direction_id, start_date, start_time }: VehiclePart) {
  return {
    ...named("trip_id", trip_id),
    ...named("route_id", route_id),
    ...named("start_date", start_date),
    ...named("start_time", start_time),
    ...((direction_id === 0 || direction_id === 1) && { direction_id }),
  };
}
