import { type ByteCursor, openCursor } from "./byte-cursor.ts";
import type { Fix, TrackerMessage } from "./protocol.ts";
import { findFix, findUtc_ms } from "./reported-fix.ts";

const DEGREE = 1_000_000;
const COLON = 0x3a;

/** Where each kind has its length, and in how many bytes. */
const LENGTHS: ReadonlyMap<string, readonly [at: number, bytes: 1 | 2]> = new Map([
  ["+RSP", [9, 2]],
  ["+BSP", [9, 2]],
  ["+EVT", [9, 2]],
  ["+BVT", [9, 2]],
  ["+INF", [7, 2]],
  ["+BNF", [7, 2]],
  ["+ACK", [6, 1]],
  ["+HBD", [5, 1]],
  ["+CRD", [6, 2]],
  ["+BRD", [6, 2]],
]);

function kindOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 4)).toString("latin1");
}

/** Of the newest series: a plus, 0, and two bytes of length. */
function isNew(bytes: Uint8Array): boolean {
  return bytes[0] === 0x2b && bytes[1] === 0;
}

export function isBinary(bytes: Uint8Array): boolean {
  return isNew(bytes) || (LENGTHS.has(kindOf(bytes)) && bytes[4] !== COLON);
}

/** The length of a binary packet, of which the first 11 bytes are here; infinity where it says one that cannot be. */
export function findBinaryLength(bytes: Uint8Array): number {
  const [at, size] = isNew(bytes) ? ([2, 2] as const) : (LENGTHS.get(kindOf(bytes)) ?? ([0, 1] as const));
  const length = size === 1 ? (bytes[at] ?? 0) : 256 * (bytes[at] ?? 0) + (bytes[at + 1] ?? 0);
  return length <= at + size ? Number.POSITIVE_INFINITY : length;
}

/** Reads a binary packet. What confirms these is not known from any open description, so nothing is answered. */
export function decodeBinary(bytes: Uint8Array): TrackerMessage {
  const cursor = openCursor(bytes, "big");
  if (isNew(bytes)) return decodeNew(cursor);
  const kind = kindOf(bytes);
  cursor.skip(4);
  if (kind === "+RSP" || kind === "+BSP") return decodeReport(cursor, kind === "+BSP");
  if (kind === "+EVT" || kind === "+BVT") return decodeEvent(cursor, kind === "+BVT");
  return { fixes: [] };
}

const CALL_REPORT = 3;
const GEOFENCE_REPORT = 8;
const COMPRESSED_REPORT = 100;
/** Type, mask, length, kind of device, versions. */
const MASK_TO_VERSIONS_BYTES = 4 + 2 + 1 + 2 + 2;
const PLACES_MAX = 255;

function decodeReport(cursor: ByteCursor, buffered: boolean): TrackerMessage {
  const type = cursor.u8();
  cursor.skip(MASK_TO_VERSIONS_BYTES);
  const device_id = nameOf(cursor.take(8));
  // Battery, power, and what two kinds have besides.
  cursor.skip(1 + 2 + (type === GEOFENCE_REPORT ? 2 : 0) + 1 + 1);
  if (type === COMPRESSED_REPORT) {
    return {
      device_id,
      fixes: [],
      problem: { code: "compression", text: "Compressed places are not read." },
    };
  }
  cursor.skip(1);
  if (type === CALL_REPORT) skipNumber(cursor);
  const count = Math.min(cursor.u8(), PLACES_MAX);
  const places = Array.from({ length: count }, () => readPlace(cursor, buffered));
  return { device_id, fixes: places.flatMap((fix) => fix ?? []) };
}

/** A telephone number in half bytes, which ends with F. */
function skipNumber(cursor: ByteCursor): void {
  cursor.skip(1);
  while (cursor.left() > 0) {
    const byte = cursor.u8();
    if ((byte & 0xf) === 0xf || (byte & 0xf0) === 0xf0) return;
  }
}

/** What stands between the satellites and the place, by the event's number. */
const EVENT_BYTES: ReadonlyMap<number, number> = new Map([
  [6, 2],
  [15, 3],
  [17, 4],
  [21, 5],
  [23, 1],
  [26, 12],
  [31, 2],
  [33, 1],
  [34, 3],
  [35, 1],
  [45, 7],
  [46, 7],
]);

function decodeEvent(cursor: ByteCursor, buffered: boolean): TrackerMessage {
  const type = cursor.u8();
  cursor.skip(MASK_TO_VERSIONS_BYTES);
  const device_id = nameOf(cursor.take(8));
  cursor.skip(1 + 2 + 1 + 1 + (EVENT_BYTES.get(type) ?? 0) + 1);
  const fix = readPlace(cursor, buffered);
  return { device_id, fixes: fix ? [fix] : [] };
}

/** Accuracy (0 for no fix), speed, course, height, longitude, latitude, time, cell. */
function readPlace(cursor: ByteCursor, buffered: boolean): Fix | undefined {
  const accuracy = cursor.u8();
  const speed_kmh = (cursor.u8() * 0x1_0000 + cursor.u16()) / 10;
  const course_deg = cursor.u16();
  cursor.skip(2);
  const [longitude, latitude] = [cursor.i32() / DEGREE, cursor.i32() / DEGREE];
  const date = [cursor.u16(), cursor.u8(), cursor.u8()];
  const at_ms = findUtc_ms(date, [cursor.u8(), cursor.u8(), cursor.u8()]);
  cursor.skip(2 + 2 + 2 + 2 + 1);
  if (cursor.overrun() || at_ms === undefined) return undefined;
  return findFix({ at_ms, latitude, longitude, speed_kmh, course_deg, valid: accuracy > 0, buffered });
}

/** A plus, 0, length, 0, IMEI in decimal half bytes; the place stands before its time, at a place known from recordings. */
function decodeNew(cursor: ByteCursor): TrackerMessage {
  cursor.skip(1 + 1 + 2 + 1);
  const digits = Buffer.from(cursor.take(8)).toString("hex").replace(/^0+/, "");
  cursor.skip(2 + 4 + 1 + 4 + 1 + 2 + 1 + 3);
  const [longitude, latitude] = [cursor.i32() / DEGREE, cursor.i32() / DEGREE];
  const at_ms = cursor.u32() * 1000;
  if (cursor.overrun() || !/^\d+$/.test(digits)) {
    return { fixes: [], problem: { code: "structure", text: "A binary packet is of no known kind." } };
  }
  const fix = findFix({ at_ms, latitude, longitude, valid: true, buffered: false });
  return { device_id: digits, fixes: fix ? [fix] : [] };
}

/** Two decimal digits a byte; or a name that somebody gave the device. */
function nameOf(bytes: Uint8Array): string {
  if (bytes.every((byte) => byte < 100)) {
    return Array.from(bytes, (byte) => String(byte).padStart(2, "0"))
      .join("")
      .replace(/^0+(?=.)/, "");
  }
  const text = Buffer.from(bytes).toString("latin1");
  return /^[\w-]+$/.test(text) ? text : Buffer.from(bytes).toString("hex");
}
