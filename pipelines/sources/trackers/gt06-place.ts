import type { EpochMs } from "@yardline/domain/time";
import type { Fix } from "./protocol.ts";
import { findFix, findUtc_ms } from "./reported-fix.ts";

const DEGREE = 1_800_000;
/** The bits of the two bytes that end with the course. */
const IS_FIX = 0x1000;
const IS_WEST = 0x0800;
const IS_NORTH = 0x0400;
const COURSE = 0x03ff;
/** Date, satellites, latitude, longitude, speed, course with its bits. */
const PLACE_BYTES = 18;
const DATE_BYTES = 6;

/** Types of packets with a place, by where in the content it begins. Devices of one family; each made its own. */
const PLACE_AT: ReadonlyMap<number, number> = new Map([
  ...[0x10, 0x11, 0x12, 0x16, 0x1a, 0x1e, 0x22, 0x26, 0x27, 0x2d, 0x31, 0x32, 0x37, 0xa0, 0xa3, 0xa4].map(
    (type) => [type, 0] as const,
  ),
  [0x34, 4],
  // After the device's own number.
  [0x61, 8],
]);
/** Types that carry a place in some devices and cells of the mobile network in others. */
const AMBIGUOUS: ReadonlySet<number> = new Set([0x24, 0x36, 0xa2]);
/** Twelve bytes follow, as all places say, and satellites; a country's code begins with 0 to 3. */
const SATELLITES_MARK_MIN = 0xb0;
const LOCATION_WITH_STATUS: ReadonlySet<number> = new Set([0x22, 0x2d, 0x37]);
/** Country and network of the cell, its area and number; one byte more where the country says that its network has two. */
const CELL_BYTES = 8;
const LONG_NETWORK = 0x80;
const NUMBERED = 0x22;
const ALARM = 0x95;

/** The place in a packet that begins with 7878; undefined where it has none. */
export function findPlace(type: number, content: Uint8Array): Fix | undefined {
  if (type === NUMBERED && content[0] === 1) return findNumberedPlace(content);
  if (type === ALARM) return findAlarmPlace(content);
  const at =
    AMBIGUOUS.has(type) && (content[DATE_BYTES] ?? 0) >= SATELLITES_MARK_MIN ? 0 : PLACE_AT.get(type);
  if (at === undefined || content.length < at + PLACE_BYTES) return undefined;
  const buffered = LOCATION_WITH_STATUS.has(type) && isSentAgain(content);
  return readPlace(content.subarray(at), readDate(content.subarray(at)), DATE_BYTES, buffered);
}

/** 1, the device's number, when it was sent, when it was found; a year 2001 is not meant. */
function findNumberedPlace(content: Uint8Array): Fix | undefined {
  const found = content.subarray(1 + 8 + DATE_BYTES);
  return found.length < PLACE_BYTES ? undefined : readPlace(found, readDate(found), DATE_BYTES, false);
}

/** Date, latitude, longitude and course; or, after `ffff`, with satellites, and the speed last. Shorter ones have no place. */
function findAlarmPlace(content: Uint8Array): Fix | undefined {
  const isLong = content[0] === 0xff && content[1] === 0xff;
  const alarm = content.subarray(isLong ? 3 : 0);
  const at = DATE_BYTES + (isLong ? 1 : 0);
  if (alarm.length < at + (isLong ? 12 : 10)) return undefined;
  const view = viewOf(alarm.subarray(at));
  return placeOf({
    at_ms: readDate(alarm),
    latitude: view.getUint32(0),
    longitude: view.getUint32(4),
    bits: view.getUint16(8),
    ...(isLong && { speed_kmh: view.getUint16(10) }),
    buffered: false,
  });
}

/** A place of the devices whose packets begin with 7979: the date, how many bytes follow, then as the others. */
export function findLongPlace(content: Uint8Array): Fix | undefined {
  if (content.length < PLACE_BYTES + 1 || content[DATE_BYTES] === 0) return undefined;
  return readPlace(content, readDate(content), DATE_BYTES + 1, false);
}

const PLACE_MODULE = 0x33;
const MODULE_BYTES_MIN = 18;

/** Modules of a number, a length and that many bytes each: the places among them. */
export function listModulePlaces(content: Uint8Array): readonly Fix[] {
  const fixes: Fix[] = [];
  for (let rest = content; rest.length >= 4; ) {
    const view = viewOf(rest);
    const content = rest.subarray(4, 4 + view.getUint16(2));
    if (view.getUint16(0) === PLACE_MODULE && content.length >= MODULE_BYTES_MIN) {
      // Seconds of the epoch, satellites, height.
      const fix = readPlace(content, viewOf(content).getUint32(0) * 1000, 6, false);
      if (fix) fixes.push(fix);
    }
    rest = rest.subarray(4 + view.getUint16(2));
  }
  return fixes;
}

const SENTENCE =
  /Lat:([NS])(\d+\.\d+),Lon:([EW])(\d+\.\d+),Course:(\d+\.?\d*),Speed:(\d+\.?\d*),DateTime:(\d{4})-(\d\d)-(\d\d) +(\d\d):(\d\d):(\d\d)/;

/** What a device answers to the question where it is. */
export function findSpokenPlace(text: string): Fix | undefined {
  const parts = SENTENCE.exec(text);
  if (!parts) return undefined;
  const [, side, latitude, half, longitude, course, speed, ...when] = parts;
  return findFix({
    latitude: Number(latitude) * (side === "N" ? 1 : -1),
    longitude: Number(longitude) * (half === "E" ? 1 : -1),
    course_deg: Number(course),
    speed_kmh: Number(speed),
    at_ms: findUtc_ms(when.slice(0, 3).map(Number), when.slice(3).map(Number)),
    valid: true,
    buffered: true,
  });
}

/** After the cell come ignition, reason, and whether this was kept while there was no connection. */
function isSentAgain(content: Uint8Array): boolean {
  const isLong = ((content[PLACE_BYTES] ?? 0) & LONG_NETWORK) !== 0;
  return (content[PLACE_BYTES + CELL_BYTES + (isLong ? 1 : 0) + 2] ?? 0) > 0;
}

/** @param satellites_at where the byte of satellites is; a module has the height between that and the latitude. */
function readPlace(
  bytes: Uint8Array,
  at_ms: EpochMs | undefined,
  satellites_at: number,
  buffered: boolean,
): Fix | undefined {
  const view = viewOf(bytes.subarray(satellites_at + 1));
  return placeOf({
    at_ms,
    latitude: view.getUint32(0),
    longitude: view.getUint32(4),
    speed_kmh: view.getUint8(8),
    bits: view.getUint16(9),
    buffered,
  });
}

type Raw = {
  readonly at_ms: EpochMs | undefined;
  readonly latitude: number;
  readonly longitude: number;
  readonly speed_kmh?: number;
  readonly bits: number;
  readonly buffered: boolean;
};

/** A place whose time is none of any calendar is not one of now either. */
function placeOf({ at_ms, latitude, longitude, speed_kmh, bits, buffered }: Raw): Fix | undefined {
  if (at_ms === undefined) return undefined;
  return findFix({
    at_ms,
    latitude: (latitude / DEGREE) * ((bits & IS_NORTH) === 0 ? -1 : 1),
    longitude: (longitude / DEGREE) * ((bits & IS_WEST) === 0 ? 1 : -1),
    speed_kmh,
    course_deg: bits & COURSE,
    valid: (bits & IS_FIX) !== 0,
    buffered,
  });
}

function readDate([year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0]: Uint8Array) {
  return findUtc_ms([2000 + year, month, day], [hours, minutes, seconds]);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
