import { decodeArnaviText } from "./arnavi-text.ts";
import { openCursor } from "./byte-cursor.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage, type TrackerProblem } from "./protocol.ts";
import { beginsWith, either, is, isLaidOut } from "./recognise.ts";
import { findFix } from "./reported-fix.ts";

const TEXT = 0x24;
const NEWLINE = 0x0a;
const HEADER = 0xff;
const PACKAGE = 0x5b;
const PACKAGE_END = 0x5d;
/** In a package's number: the answer to a command, without records. Commands are never sent. */
const COMMAND_ANSWER = 0xfd;

/** The version says whether the answer tells the time, and whether eight more bytes follow the device's number. */
const FIRST_VERSION = 0x22;
const LONG_VERSION = 0x24;
const HEADER_BYTES = 10;
const LONG_HEADER_BYTES = 18;
/** Type, two bytes of length and four of time before a record's tags, a checksum after them. */
const RECORD_BYTES = 8;
const RECORDS_MAX = 500;
const FRAME_BYTES_MAX = 64 * 1024;

const DATA = 0x01;
/** Each tag is one byte, its value four. */
const TAG_BYTES = 5;
const LATITUDE = 3;
const LONGITUDE = 4;
const MOTION = 5;
const KNOT_IN_KMH = 1.852;
/** In place of satellites: the receiver is off, or sees none. */
const NO_SATELLITES_MIN = 0xfe;

/**
 * Arnavi 4 and 5 over TCP: a header with the device's number, then packages of records, low byte first; older devices send lines
 * of text. A package is confirmed by its number; the header's answer sets the device's clock, from its second version on.
 * @see "Arnavi: protocol of exchange with a server"
 */
export const arnavi = defineTrackerProtocol({
  name: "arnavi",
  title: "Arnavi 4 and 5, binary and text over TCP",
  recognise: either(isLaidOut(is(HEADER), is(0x22, 0x23, 0x24, 0x25)), beginsWith("$AV,")),
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: undefined,
  decode: (state, frame) => {
    const message = decodeFrame(frame);
    return message ? { state, message } : { state };
  },
});

function measureFrame(bytes: Uint8Array, from: number): number | undefined {
  switch (bytes[0]) {
    case undefined:
      return undefined;
    // What ends a line before it, and nothing else.
    case NEWLINE:
    case 0x0d:
      return 1;
    case TEXT: {
      const end = bytes.indexOf(NEWLINE, from);
      return end < 0 ? undefined : end + 1;
    }
    case HEADER:
      if (bytes.length < 2) return undefined;
      return bytes[1] === LONG_VERSION ? LONG_HEADER_BYTES : HEADER_BYTES;
    case PACKAGE:
      return measurePackage(bytes);
    default:
      return Number.POSITIVE_INFINITY;
  }
}

function measurePackage(bytes: Uint8Array): number | undefined {
  if (bytes[1] === COMMAND_ANSWER) return 4;
  let at = 2;
  for (let records = 0; records <= RECORDS_MAX; records++) {
    if (bytes[at] === PACKAGE_END) return at + 1;
    if (at + 2 >= bytes.length) return undefined;
    at += RECORD_BYTES + (bytes[at + 1] ?? 0) + 256 * (bytes[at + 2] ?? 0);
  }
  return Number.POSITIVE_INFINITY;
}

function decodeFrame(frame: Uint8Array): TrackerMessage | undefined {
  if (frame[0] === TEXT) return decodeArnaviText(Buffer.from(frame).toString("latin1"));
  if (frame[0] === HEADER) return decodeHeader(frame);
  if (frame[0] === PACKAGE) return decodePackage(frame);
  const blank = frame.every((byte) => byte === NEWLINE || byte === 0x0d);
  return blank ? undefined : unread("structure", "A message is none of Arnavi.");
}

function decodeHeader(frame: Uint8Array): TrackerMessage {
  if (frame.length < HEADER_BYTES) return unread("structure", "A header is cut off.");
  const device_id = Buffer.from(frame).readBigUInt64LE(2).toString();
  if (frame[1] === FIRST_VERSION) return { device_id, fixes: [], answer: Uint8Array.of(0x7b, 0, 0, 0x7d) };
  return { device_id, fixes: [], answerAt: tellTime };
}

/** Seconds since 1970, their checksum before them. */
function tellTime(now_ms: number): Uint8Array {
  const time = Buffer.alloc(4);
  time.writeUInt32LE(Math.floor(now_ms / 1000) % 2 ** 32);
  return Uint8Array.of(0x7b, time.length, 0, sumOf(time), ...time, 0x7d);
}

function decodePackage(frame: Uint8Array): TrackerMessage {
  if (frame[1] === COMMAND_ANSWER) return { fixes: [] };
  if (measurePackage(frame) !== frame.length) return unread("structure", "A package is cut off.");
  const fixes: Fix[] = [];
  let damaged = false;
  for (let at = 2; at < frame.length - 1; ) {
    const tags_bytes = (frame[at + 1] ?? 0) + 256 * (frame[at + 2] ?? 0);
    const end = at + RECORD_BYTES + tags_bytes;
    const content = frame.subarray(at + 3, end - 1);
    damaged ||= sumOf(content) !== frame[end - 1];
    const fix = frame[at] === DATA ? readRecord(content) : undefined;
    if (fix) fixes.push(fix);
    at = end;
  }
  if (damaged) return { ...unread("checksum", "A record's checksum is wrong."), fixes };
  return { fixes, answer: Uint8Array.of(0x7b, 0, frame[1] ?? 0, 0x7d) };
}

/** All bytes added up, without what does not fit in one. */
function sumOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => (sum + byte) & 0xff, 0);
}

/** A record without both coordinates has no place: the device sends what changed, and no coordinates where it has none. */
function readRecord(content: Uint8Array): Fix | undefined {
  const cursor = openCursor(content, "little");
  const at_ms = cursor.u32() * 1000;
  let latitude: number | undefined;
  let longitude: number | undefined;
  let motion: { speed_kmh?: number; course_deg?: number; valid?: boolean } = {};
  while (cursor.left() >= TAG_BYTES) {
    const tag = cursor.u8();
    if (tag === LATITUDE) latitude = cursor.f32();
    else if (tag === LONGITUDE) longitude = cursor.f32();
    else if (tag === MOTION) motion = readMotion(cursor.take(4));
    else cursor.skip(4);
  }
  if (latitude === undefined || longitude === undefined) return undefined;
  return findFix({ latitude, longitude, at_ms, ...motion, buffered: false });
}

function readMotion([course = 0, , satellites = 0, knots = 0]: Uint8Array) {
  if (satellites >= NO_SATELLITES_MIN) return { valid: false };
  // GPS in the low four bits, GLONASS in the high ones.
  return { course_deg: course * 2, speed_kmh: knots * KNOT_IN_KMH, valid: satellites > 0 };
}

function unread(code: TrackerProblem["code"], text: string): TrackerMessage {
  return { fixes: [], problem: { code, text } };
}
