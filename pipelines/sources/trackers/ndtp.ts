import { crc16Modbus } from "./crc16-reflected.ts";
import { measureJunk } from "./junk.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage } from "./protocol.ts";
import { beginsWith } from "./recognise.ts";
import { findFix } from "./reported-fix.ts";

/** `~~`, length of the rest, flags, checksum of the rest, kind, device, number: the transport's head, low bytes first. */
const HEAD_BYTES = 15;
/** Service, type, flags, number: the session's head. */
const SESSION_HEAD_BYTES = 10;
const FRAME_BYTES_MAX = HEAD_BYTES + 0xffff;
const MARK = 0x7e;
const MARK_BYTES = 2;
const WITH_CHECKSUM = 0x02;
const SESSION_LAYER = 0x02;
const WANTS_ANSWER = 0x01;

const CONTROL_SERVICE = 0;
const NAVIGATION_SERVICE = 1;
const CONNECT = 100;
const HISTORY = 100;
const REALTIME = 101;
const RESULT = 0;
const OK = 0;

/** Version and flags before the device's address in the first packet of a connection. */
const ADDRESS_AT = 6;

/** The cell of a place, and what the others take, their type and number not counted: what is not here ends the reading. */
const PLACE_CELL = 0;
const CELL_BYTES: ReadonlyMap<number, number> = new Map([
  [PLACE_CELL, 26],
  [2, 26],
  [3, 14],
  [4, 15],
  [5, 6],
  [6, 9],
  [7, 1],
  [8, 6],
  [9, 40],
  [10, 37],
  [15, 50],
  [16, 8],
]);
const DEGREE = 10_000_000;
const IS_VALID = 0x80;
const IS_EAST = 0x40;
const IS_NORTH = 0x20;

/**
 * NDTP 6 by Navis: a connection begins with the device's address, then come cells of navigation, live or from history. What asks for
 * an answer gets one; a wrong checksum gets none, and the device sends it again.
 */
export const ndtp = defineTrackerProtocol({
  name: "ndtp",
  title: "NDTP 6 by Navis, binary over TCP",
  recognise: beginsWith("~~"),
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: {},
  decode: (state, frame) => ({ state, message: decodePacket(frame) }),
});

function measureFrame(bytes: Uint8Array, from: number): number | undefined {
  if (bytes.length < MARK_BYTES) return undefined;
  if (!isMark(bytes)) return measureJunk(bytes, from, MARK_BYTES, isMark);
  return bytes.length < 4 ? undefined : HEAD_BYTES + viewOf(bytes).getUint16(2, true);
}

function isMark(bytes: Uint8Array): boolean {
  return bytes[0] === MARK && bytes[1] === MARK;
}

function decodePacket(frame: Uint8Array): TrackerMessage {
  const view = viewOf(frame);
  const whole = frame.length >= HEAD_BYTES + SESSION_HEAD_BYTES && isMark(frame);
  if (!whole || HEAD_BYTES + view.getUint16(2, true) !== frame.length || frame[8] !== SESSION_LAYER) {
    return { fixes: [], problem: { code: "structure", text: "Bytes are no whole NDTP packet." } };
  }
  const body = frame.subarray(HEAD_BYTES);
  // The only number here whose high byte comes first.
  if ((view.getUint16(4, true) & WITH_CHECKSUM) !== 0 && crc16Modbus(body) !== view.getUint16(6)) {
    return { fixes: [], problem: { code: "checksum", text: "A packet's checksum is wrong." } };
  }
  const wantsAnswer = (viewOf(body).getUint16(4, true) & WANTS_ANSWER) !== 0;
  return { ...decodeBody(body), ...(wantsAnswer && { answer: resultOf(frame) }) };
}

function decodeBody(body: Uint8Array): TrackerMessage {
  const view = viewOf(body);
  const service = view.getUint16(0, true);
  const type = view.getUint16(2, true);
  const content = body.subarray(SESSION_HEAD_BYTES);
  if (type === RESULT) return { fixes: [] };
  if (service === CONTROL_SERVICE && type === CONNECT) return decodeConnection(content);
  if (service === NAVIGATION_SERVICE && (type === HISTORY || type === REALTIME)) {
    return decodeCells(content, type === HISTORY);
  }
  return { fixes: [], problem: { code: "unwanted", text: "A packet is none that gives places." } };
}

function decodeConnection(content: Uint8Array): TrackerMessage {
  if (content.length < ADDRESS_AT + 4) {
    return { fixes: [], problem: { code: "structure", text: "The first packet names no device." } };
  }
  return { device_id: String(viewOf(content).getUint32(ADDRESS_AT, true)), fixes: [] };
}

function decodeCells(content: Uint8Array, buffered: boolean): TrackerMessage {
  const fixes: Fix[] = [];
  let rest = content;
  while (rest.length >= 2) {
    const length = CELL_BYTES.get(rest[0] ?? 0);
    // The place comes first, so that a cell of a kind not known here hides sensors at most.
    if (length === undefined) break;
    if (rest.length < 2 + length) {
      return { fixes, problem: { code: "structure", text: "A packet's cells do not fit its length." } };
    }
    const fix = rest[0] === PLACE_CELL ? readPlace(rest.subarray(2), buffered) : undefined;
    if (fix) fixes.push(fix);
    rest = rest.subarray(2 + length);
  }
  return { fixes };
}

/** Time, longitude, latitude, flags, battery, mean and highest speed, course, and more that is not read. */
function readPlace(cell: Uint8Array, buffered: boolean): Fix | undefined {
  const view = viewOf(cell);
  const flags = view.getUint8(12);
  const longitude = view.getUint32(4, true) / DEGREE;
  const latitude = view.getUint32(8, true) / DEGREE;
  return findFix({
    at_ms: view.getUint32(0, true) * 1000,
    latitude: (flags & IS_NORTH) === 0 ? -latitude : latitude,
    longitude: (flags & IS_EAST) === 0 ? -longitude : longitude,
    speed_kmh: view.getUint16(14, true),
    course_deg: view.getUint16(18, true),
    valid: (flags & IS_VALID) !== 0,
    buffered,
  });
}

/** The packet's own heads with type 0, and four bytes of success. */
function resultOf(frame: Uint8Array): Uint8Array {
  const reply = new Uint8Array(HEAD_BYTES + SESSION_HEAD_BYTES + 4);
  reply.set(frame.subarray(0, HEAD_BYTES + SESSION_HEAD_BYTES));
  const view = viewOf(reply);
  view.setUint16(2, reply.length - HEAD_BYTES, true);
  view.setUint16(4, WITH_CHECKSUM, true);
  view.setUint16(HEAD_BYTES + 2, RESULT, true);
  view.setUint16(HEAD_BYTES + 4, 0, true);
  view.setUint32(HEAD_BYTES + SESSION_HEAD_BYTES, OK, true);
  view.setUint16(6, crc16Modbus(reply.subarray(HEAD_BYTES)));
  return reply;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
