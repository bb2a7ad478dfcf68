import type { Fix } from "./protocol.ts";
import { findFix } from "./reported-fix.ts";

/** How many bytes each field of FLEX 1.0 (69 fields), 2.0 (122) and 3.0 (255) takes, in the order of the mask's bits. */
const FIELD_BYTES: readonly number[] = [
  4, 2, 4, 1, 1, 1, 1, 1, 4, 4, 4, 4, 4, 2, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 4, 4, 2, 2,
  4, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 2, 1, 4, 2, 2, 2, 2, 2, 1, 1, 1, 2, 4, 2, 1, 8, 2, 1,
  16, 4, 2, 4, 37, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 6, 12, 24, 48, 1, 1, 2, 1, 4, 4, 1, 4, 2,
  6, 2, 6, 2, 2, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 1, 1, 1, 1, 1, 4, 4, 4, 4, 4, 4, 2, 2, 2, 2, 2, 2, 1, 1, 2, 3,
  2, 1, 1, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 2, 4, 4, 4, 2, 4, 2, 2,
  4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 6, 3, 1, 2, 2, 1, 4, 5, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 8, 8, 8,
];

/** The fields that are read, by their bit: the specification counts from 1. */
const FIELD = {
  event_time: 2,
  navigation: 7,
  time: 8,
  latitude: 9,
  longitude: 10,
  speed: 12,
  course: 13,
} as const;

/** Bit 1 of the navigation sensor's state: whether the place is valid. */
const PLACE_IS_VALID = 2;
const DEGREE = 600_000;

/** How long the records of a connection are and where their fields begin: what the device said with `*>FLEX`. */
export type FlexLayout = {
  readonly record_bytes: number;
  /** By bit; a field that is not sent is missing. */
  readonly offsets: ReadonlyMap<number, number>;
};

/** @param mask one bit a field, the highest of the first byte first. */
export function readLayout(mask: Uint8Array, bits: number): FlexLayout {
  const offsets = new Map<number, number>();
  let record_bytes = 0;
  for (let bit = 0; bit < bits; bit++) {
    if (((mask[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) === 0) continue;
    offsets.set(bit, record_bytes);
    record_bytes += FIELD_BYTES[bit] ?? 0;
  }
  return { record_bytes, offsets };
}

/** One record of a layout; undefined where the device does not send its place, or none on earth. */
export function readFlexRecord(
  record: Uint8Array,
  { offsets }: FlexLayout,
  buffered: boolean,
): Fix | undefined {
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  const read = (bit: number, from: (at: number) => number): number | undefined => {
    const at = offsets.get(bit);
    return at === undefined ? undefined : from(at);
  };
  const latitude = read(FIELD.latitude, (at) => view.getInt32(at, true));
  const longitude = read(FIELD.longitude, (at) => view.getInt32(at, true));
  if (latitude === undefined || longitude === undefined) return undefined;
  const time_s =
    read(FIELD.time, (at) => view.getUint32(at, true)) ??
    read(FIELD.event_time, (at) => view.getUint32(at, true));
  const navigation = read(FIELD.navigation, (at) => view.getUint8(at));
  return findFix({
    latitude: latitude / DEGREE,
    longitude: longitude / DEGREE,
    at_ms: time_s === undefined ? undefined : time_s * 1000,
    speed_kmh: read(FIELD.speed, (at) => view.getFloat32(at, true)),
    course_deg: read(FIELD.course, (at) => view.getUint16(at, true)),
    valid: navigation === undefined ? undefined : (navigation & PLACE_IS_VALID) !== 0,
    buffered,
  });
}

const ADDITIONAL_TYPE = 0x0a;
/** Type, length of the fixed part, index, event, its time, navigation, time, place, height, speed, course. */
const ADDITIONAL_BYTES_MIN = 2 + 4 + 2 + 4 + 1 + 4 + 4 + 4 + 4 + 4 + 2;

/** A record of FLEX 2.0's additional packets, without its length: of its own fixed layout. Other types carry no place. */
export function readAdditionalRecord(record: Uint8Array, buffered: boolean): Fix | undefined {
  if (record[0] !== ADDITIONAL_TYPE || record.length < ADDITIONAL_BYTES_MIN) return undefined;
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  return findFix({
    at_ms: view.getUint32(13, true) * 1000,
    latitude: view.getInt32(17, true) / DEGREE,
    longitude: view.getInt32(21, true) / DEGREE,
    speed_kmh: view.getFloat32(29, true),
    course_deg: view.getUint16(33, true),
    valid: (view.getUint8(12) & PLACE_IS_VALID) !== 0,
    buffered,
  });
}
