import type { EpochMs } from "@yardline/domain/time";
import { type ByteCursor, openCursor } from "./byte-cursor.ts";
import type { Fix } from "./protocol.ts";
import { findFix, findUtc_ms } from "./reported-fix.ts";

const LOCATION = 0x0200;
const LOCATION_ASKED = 0x0201;
const BATCH = 0x0704;
const SHORT_BATCH = 0x0210;
const LOCK_LOCATION = 0x5501;
const LOCK_LOCATION_KEPT = 0x5502;
const TRANSPARENT = 0x0900;

/** Alarms, status, place, height, speed, course, time. */
const LOCATION_BYTES = 28;
/** A short batch of this length tells the battery alone. */
const BATTERY_BYTES = 7;
const BEIJING_MS = 8 * 3_600_000;
const DEGREE = 1_000_000;
const KNOT_IN_KMH = 1.852;

/** The places in a packet's body. */
export function decodeBody(type: number, body: Uint8Array): readonly Fix[] {
  switch (type) {
    case LOCATION:
      return listOf(readLocation(body, false));
    case LOCATION_ASKED:
      return listOf(readLocation(body.subarray(2), false));
    case BATCH:
      return readBatch(body);
    case SHORT_BATCH:
      return body.length === BATTERY_BYTES ? [] : readRecords(body, 1, true);
    case LOCK_LOCATION:
    case LOCK_LOCATION_KEPT:
      return listOf(readLockLocation(body, type === LOCK_LOCATION_KEPT));
    case TRANSPARENT:
      return listOf(readTransparent(body));
    default:
      return [];
  }
}

function listOf(fix: Fix | undefined): readonly Fix[] {
  return fix ? [fix] : [];
}

/** How many, whether they come out of the memory, and each with its length. */
function readBatch(body: Uint8Array): readonly Fix[] {
  return readRecords(body.subarray(3), 2, (body[2] ?? 0) > 0);
}

function readRecords(body: Uint8Array, length_bytes: 1 | 2, buffered: boolean): readonly Fix[] {
  const cursor = openCursor(body, "big");
  const fixes: Fix[] = [];
  while (cursor.left() > 0) {
    const record = cursor.take(length_bytes === 1 ? cursor.u8() : cursor.u16());
    if (cursor.overrun()) break;
    fixes.push(...listOf(readLocation(record, buffered)));
  }
  return fixes;
}

function readLocation(record: Uint8Array, buffered: boolean): Fix | undefined {
  if (record.length < LOCATION_BYTES) return undefined;
  const cursor = openCursor(record, "big");
  cursor.skip(4);
  return readStatusPlace(cursor, buffered);
}

/** Status, latitude, longitude, height, speed, course, time. */
function readStatusPlace(cursor: ByteCursor, buffered: boolean): Fix | undefined {
  const status = cursor.u32();
  const [latitude, longitude] = [cursor.u32() / DEGREE, cursor.u32() / DEGREE];
  cursor.skip(2);
  const [speed_kmh, course_deg] = [cursor.u16() / 10, cursor.u16()];
  const at_ms = readTime(cursor, BEIJING_MS);
  if (cursor.overrun() || at_ms === undefined) return undefined;
  return findFix({
    at_ms,
    latitude: latitude * ((status & 4) === 0 ? 1 : -1),
    longitude: longitude * ((status & 8) === 0 ? 1 : -1),
    speed_kmh,
    course_deg,
    valid: (status & 2) !== 0,
    buffered,
  });
}

/** Six pairs of decimal digits, the year first. */
function readTime(cursor: ByteCursor, ahead_ms: number): EpochMs | undefined {
  const digits = Buffer.from(cursor.take(6)).toString("hex");
  if (!/^\d{12}$/.test(digits)) return undefined;
  const [year = 0, month = 0, day = 0, ...clock] = digits.match(/\d\d/g)?.map(Number) ?? [];
  const local_ms = findUtc_ms([2000 + year, month, day], clock);
  return local_ms === undefined ? undefined : local_ms - ahead_ms;
}

const LOCK_PLACE = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{6})(\d{3})(\d{6})([\da-f])/;

/** Date and time of UTC, latitude, longitude, half a byte of bits, knots, half the course: decimal digits in half bytes. */
function readLockLocation(body: Uint8Array, kept: boolean): Fix | undefined {
  const [, ...parts] = LOCK_PLACE.exec(Buffer.from(body.subarray(0, 15)).toString("hex")) ?? [];
  const [day, month, year = 0, hours = 0, minutes = 0, seconds = 0, ...place] = parts
    .slice(0, -1)
    .map(Number);
  const at_ms = findUtc_ms([2000 + year, month ?? 0, day ?? 0], [hours, minutes, seconds]);
  const [south = 0, south_minutes = 0, east = 0, east_minutes = 0] = place;
  const flags = Number.parseInt(parts.at(-1) ?? "", 16);
  const [knots, half_course] = body.subarray(15, 17);
  if (at_ms === undefined || half_course === undefined || knots === undefined) return undefined;
  return findFix({
    at_ms,
    latitude: (south + south_minutes / 600_000) * ((flags & 2) === 0 ? -1 : 1),
    longitude: (east + east_minutes / 600_000) * ((flags & 4) === 0 ? -1 : 1),
    speed_kmh: knots * KNOT_IN_KMH,
    course_deg: half_course * 2,
    valid: !kept,
    buffered: kept,
  });
}

const COLLISION = 0xff;
const SENSORS: ReadonlySet<number> = new Set([0x53, 0x54]);

/** What makers put around a place: a collision's, or that of sensors. */
function readTransparent(body: Uint8Array): Fix | undefined {
  const cursor = openCursor(body, "big");
  const type = cursor.u8();
  if (SENSORS.has(type)) return readStatusPlace(cursor, false);
  if (type !== COLLISION) return undefined;
  const at_ms = readTime(cursor, BEIJING_MS);
  const [latitude, longitude] = [cursor.i32() / DEGREE, cursor.i32() / DEGREE];
  cursor.skip(2);
  const [speed_kmh, course_deg] = [cursor.u16() / 10, cursor.u16()];
  if (cursor.overrun() || at_ms === undefined) return undefined;
  return findFix({ at_ms, latitude, longitude, speed_kmh, course_deg, valid: true, buffered: false });
}
