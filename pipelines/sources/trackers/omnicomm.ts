import { openCursor } from "./byte-cursor.ts";
import { crc16CcittFalse } from "./crc16-ccitt-false.ts";
import { measureJunk } from "./junk.ts";
import { readProtobuf, zigzag } from "./protobuf.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage } from "./protocol.ts";
import { is, isLaidOut } from "./recognise.ts";
import { findFix } from "./reported-fix.ts";

const MARK = 0xc0;
/** Before a byte that stands for the mark or for this one. */
const ESCAPE = 0xdb;
const ESCAPED_MARK = 0xdc;
const ESCAPED_ESCAPE = 0xdd;
/** Type and length; the checksum. */
const HEAD_BYTES = 3;
const CRC_BYTES = 2;
/** Ours, since an archive packet is a few hundred bytes long: what a device may make us keep. */
const CONTENT_BYTES_MAX = 8 * 1024;
const FRAME_BYTES_MAX = 1 + 2 * (HEAD_BYTES + CONTENT_BYTES_MAX + CRC_BYTES);
/** 2009-01-01, where the device's clock begins. */
const EPOCH_S = 1_230_768_000;
const DEGREE = 10_000_000;

const IDENTIFICATION = 0x80;
const ARCHIVE_WANTED = 0x85;
const ARCHIVE = 0x86;
const ARCHIVE_KEPT = 0x87;

/**
 * Omnicomm's recorders: packets between `C0` marks with escapes, protobuf within. The device names itself; it is then asked for its
 * archive, and told up to which record it may forget. A packet with a wrong checksum is not answered.
 * @see "Протокол обмена Omnicomm": 0x80 identification, 0x85 archive wanted, 0x86 archive, 0x87 archive to be removed
 */
export const omnicomm = defineTrackerProtocol({
  name: "omnicomm",
  title: "Omnicomm, binary over TCP",
  recognise: isLaidOut(is(MARK), is(IDENTIFICATION)),
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: {},
  decode: (state, frame) => ({ state, message: decodePacket(plainOf(frame)) }),
});

function measureFrame(bytes: Uint8Array, from: number): number | undefined {
  const [first] = bytes;
  if (first === undefined) return undefined;
  if (first !== MARK) return measureJunk(bytes, from, 1, ([next]) => next === MARK);
  const head = withoutEscapes(bytes.subarray(0, 1 + 2 * HEAD_BYTES));
  if (head.length < HEAD_BYTES) return undefined;
  const content = lengthOf(head);
  if (content > CONTENT_BYTES_MAX) return Number.POSITIVE_INFINITY;
  let left = HEAD_BYTES + content + CRC_BYTES;
  let at = 1;
  for (; left > 0; left--) {
    if (at >= bytes.length) return undefined;
    // A mark within a packet begins the next one: this one was cut off.
    if (bytes[at] === MARK) return at;
    at += bytes[at] === ESCAPE ? 2 : 1;
  }
  return at;
}

/** What stands after the mark, without escapes. */
function withoutEscapes(bytes: Uint8Array): Uint8Array {
  const plain: number[] = [];
  for (let at = 1; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== ESCAPE) plain.push(byte);
    else if (at + 1 < bytes.length) plain.push(bytes[++at] === ESCAPED_MARK ? MARK : ESCAPE);
  }
  return Uint8Array.from(plain);
}

/** Recordings often have the packet without its escapes, some without its checksum too: it is then taken as it stands. */
function plainOf(frame: Uint8Array): Uint8Array {
  const [plain, recorded] = [withoutEscapes(frame), frame.subarray(1)];
  const unchecked = recorded.length === HEAD_BYTES + lengthOf(recorded);
  return !isWhole(plain) && (isWhole(recorded) || unchecked) ? recorded : plain;
}

function lengthOf(packet: Uint8Array): number {
  return (packet[1] ?? 0) + 256 * (packet[2] ?? 0);
}

function isWhole(packet: Uint8Array): boolean {
  const [high = 0, low = 0] = packet.subarray(-CRC_BYTES);
  return crc16CcittFalse(packet.subarray(0, -CRC_BYTES)) === 256 * high + low;
}

function decodePacket(packet: Uint8Array): TrackerMessage {
  const length = lengthOf(packet);
  if (packet.length < HEAD_BYTES + length) return cut();
  const message = decodeContent(packet[0] ?? 0, packet.subarray(HEAD_BYTES, HEAD_BYTES + length));
  if (packet.length === HEAD_BYTES + length + CRC_BYTES && isWhole(packet)) return message;
  const { answer: _answer, ...unanswered } = message;
  return { ...unanswered, problem: { code: "checksum", text: "A packet's checksum is wrong." } };
}

function decodeContent(type: number, content: Uint8Array): TrackerMessage {
  const cursor = openCursor(content, "little");
  if (type === IDENTIFICATION) {
    const device_id = String(cursor.u32());
    if (cursor.overrun()) return cut();
    return { device_id, fixes: [], answer: packetOf(ARCHIVE_WANTED, 0) };
  }
  // An archive without a record is its end.
  if (type !== ARCHIVE || content.length === 0) return { fixes: [] };
  const record = cursor.u32();
  cursor.skip(4 + 1);
  const fixes: Fix[] = [];
  while (cursor.left() > 0) {
    const fix = readRecord(cursor.take(cursor.u16()));
    if (fix) fixes.push(fix);
  }
  if (cursor.overrun()) return { ...cut(), fixes };
  return { fixes, answer: packetOf(ARCHIVE_KEPT, record + 1) };
}

function cut(): TrackerMessage {
  return { fixes: [], problem: { code: "structure", text: "A packet ends too early." } };
}

/** Group 5 is the place: latitude, longitude, speed, course, satellites, height, time; what is left out is 0, as protobuf has it. */
function readRecord(record: Uint8Array): Fix | undefined {
  const values = readProtobuf(record);
  if (!values.has("5")) return undefined;
  const speed = values.get("5.3");
  return findFix({
    latitude: zigzag(values.get("5.1") ?? 0) / DEGREE,
    longitude: zigzag(values.get("5.2") ?? 0) / DEGREE,
    speed_kmh: speed === undefined ? undefined : speed / 10,
    course_deg: values.get("5.4"),
    at_ms: (EPOCH_S + (values.get("5.7") ?? 0)) * 1000,
    valid: true,
    buffered: true,
  });
}

function packetOf(type: number, record: number): Uint8Array {
  const plain = Buffer.alloc(HEAD_BYTES + 4 + CRC_BYTES);
  plain.writeUInt8(type, 0);
  plain.writeUInt16LE(4, 1);
  plain.writeUInt32LE(record >>> 0, HEAD_BYTES);
  plain.writeUInt16BE(crc16CcittFalse(plain.subarray(0, -CRC_BYTES)), HEAD_BYTES + 4);
  return Uint8Array.of(MARK, ...Array.from(plain).flatMap(escaped));
}

function escaped(byte: number): readonly number[] {
  if (byte === MARK) return [ESCAPE, ESCAPED_MARK];
  return byte === ESCAPE ? [ESCAPE, ESCAPED_ESCAPE] : [byte];
}
