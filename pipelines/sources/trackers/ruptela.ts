import { type ByteCursor, openCursor } from "./byte-cursor.ts";
import { crc16Kermit } from "./crc16-reflected.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage } from "./protocol.ts";
import { any, is, isLaidOut, times } from "./recognise.ts";
import { findFix } from "./reported-fix.ts";

const LENGTH_BYTES = 2;
const CRC_BYTES = 2;
const FRAME_BYTES_MAX = LENGTH_BYTES + 0xffff + CRC_BYTES;
/** The device's number and the command. */
const PAYLOAD_BYTES_MIN = 8 + 1;
const ID_DIGITS = 15;
const ID_MAX = 10n ** 18n;
const DEGREE = 10_000_000;
/** What a device without a place sends for latitude and longitude. */
const NOWHERE = -0x8000_0000;
const UNKNOWN = 0xffff;

const RECORDS = 1;
const TROUBLE_CODES = 9;
const IDENTIFICATION = 15;
const HEARTBEAT = 16;
const DRIVER_CARD = 36;
const FILES = 37;
const EXTENDED_RECORDS = 68;
/** What a connection may begin with. */
const COMMANDS = [RECORDS, TROUBLE_CODES, IDENTIFICATION, HEARTBEAT, DRIVER_CARD, FILES, EXTENDED_RECORDS];
/** The command that answers records of both kinds; other answers are the command and 100. */
const RECORDS_ANSWER = 100;
const ACCEPTED = 1;
const TROUBLE_CODE_BYTES = 5;
const FROM_MEMORY = 2;

/**
 * Ruptela's devices: records, extended records and trouble codes. Each packet names its device. A packet whose checksum is wrong is
 * not answered, so that it comes again; one whose records cannot be read to their end is, since it would come for ever.
 * @see "Communication protocol" by Ruptela
 */
export const ruptela = defineTrackerProtocol({
  name: "ruptela",
  title: "Ruptela, binary over TCP",
  recognise: isLaidOut(
    (byte) => byte <= 7,
    any,
    is(0),
    (byte) => byte <= 3,
    ...times(6, any),
    is(...COMMANDS),
  ),
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame: ([high = 0, low]) =>
    low === undefined ? undefined : LENGTH_BYTES + 256 * high + low + CRC_BYTES,
  start: {},
  decode: (state, frame) => ({ state, message: decodePacket(frame) }),
});

function decodePacket(frame: Uint8Array): TrackerMessage {
  const payload = frame.subarray(LENGTH_BYTES, -CRC_BYTES);
  const [high = 0, low = 0] = frame;
  if (payload.length < PAYLOAD_BYTES_MIN || payload.length !== 256 * high + low) {
    return { fixes: [], problem: { code: "structure", text: "A packet's length is wrong." } };
  }
  const [crcHigh = 0, crcLow = 0] = frame.subarray(-CRC_BYTES);
  if (crc16Kermit(payload) !== 256 * crcHigh + crcLow) {
    return { fixes: [], problem: { code: "checksum", text: "A packet's checksum is wrong." } };
  }
  const number = Buffer.from(payload.subarray(0, 8)).readBigUInt64BE();
  const device_id = String(number).padStart(ID_DIGITS, "0");
  if (number === 0n || number >= ID_MAX) {
    return { fixes: [], problem: { code: "structure", text: "A packet names no device." } };
  }
  return { device_id, ...decodeCommand(payload[8] ?? 0, payload.subarray(PAYLOAD_BYTES_MIN)) };
}

function decodeCommand(command: number, content: Uint8Array): TrackerMessage {
  switch (command) {
    case RECORDS:
    case EXTENDED_RECORDS:
      return decodeRecords(content, command === EXTENDED_RECORDS);
    case TROUBLE_CODES:
      return decodeTroubleCodes(content);
    case IDENTIFICATION:
    case HEARTBEAT:
    case DRIVER_CARD:
      return { fixes: [], answer: answer(command + 100) };
    case FILES:
      return { fixes: [], problem: { code: "unwanted", text: "Photos and files of devices are not taken." } };
    default:
      // The device's answers to commands of a server.
      return { fixes: [] };
  }
}

function decodeRecords(content: Uint8Array, extended: boolean): TrackerMessage {
  const cursor = openCursor(content, "big");
  const buffered = cursor.u8() > 0;
  const count = cursor.u8();
  const fixes: Fix[] = [];
  for (let number = 0; number < count; number++) {
    const { fix, continues } = readRecord(cursor, extended, buffered);
    if (cursor.overrun()) break;
    // The parts of a record too long for one differ in their sensors only.
    if (fix && !(continues && fixes.at(-1)?.at_ms === fix.at_ms)) fixes.push(fix);
  }
  return whole(fixes, cursor.overrun(), answer(RECORDS_ANSWER));
}

function readRecord(cursor: ByteCursor, extended: boolean, buffered: boolean) {
  const time_s = cursor.u32();
  cursor.skip(1);
  // How many further parts, and which one this is.
  const part = extended ? cursor.u8() : 0;
  cursor.skip(1);
  const [longitude, latitude] = [cursor.i32(), cursor.i32()];
  cursor.skip(2);
  const course = cursor.u16();
  cursor.skip(1);
  const speed_kmh = cursor.u16();
  cursor.skip(1 + (extended ? 2 : 1));
  for (const value_bytes of [1, 2, 4, 8]) cursor.skip(cursor.u8() * ((extended ? 2 : 1) + value_bytes));
  const known = longitude !== NOWHERE && latitude !== NOWHERE;
  const fix = findFix({
    latitude: known ? latitude / DEGREE : Number.NaN,
    longitude: longitude / DEGREE,
    at_ms: time_s * 1000,
    course_deg: course / 100,
    speed_kmh: speed_kmh === UNKNOWN ? undefined : speed_kmh,
    valid: true,
    buffered,
  });
  return { fix, continues: (part & 0x0f) > 0 };
}

function decodeTroubleCodes(content: Uint8Array): TrackerMessage {
  const cursor = openCursor(content, "big");
  const count = cursor.u8();
  const fixes: Fix[] = [];
  for (let number = 0; number < count; number++) {
    cursor.skip(1);
    const at_ms = cursor.u32() * 1000;
    const [longitude, latitude] = [cursor.i32() / DEGREE, cursor.i32() / DEGREE];
    const buffered = cursor.u8() === FROM_MEMORY;
    cursor.skip(TROUBLE_CODE_BYTES);
    if (cursor.overrun()) break;
    const fix = findFix({ latitude, longitude, at_ms, valid: true, buffered });
    if (fix) fixes.push(fix);
  }
  return whole(fixes, cursor.overrun(), answer(TROUBLE_CODES + 100));
}

function whole(fixes: readonly Fix[], cut: boolean, reply: Uint8Array): TrackerMessage {
  const problem = { code: "structure", text: "A packet's records do not fit its length." } as const;
  return { fixes, answer: reply, ...(cut && { problem }) };
}

function answer(command: number): Uint8Array {
  const payload = Uint8Array.of(command, ACCEPTED);
  const crc = crc16Kermit(payload);
  return Uint8Array.of(0, payload.length, ...payload, crc >> 8, crc & 0xff);
}
