import { openCursor } from "./byte-cursor.ts";
import { crc16Arc } from "./crc16-arc.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage, type TrackerProblem } from "./protocol.ts";
import { any, either, is, isDigit, isLaidOut } from "./recognise.ts";
import { findTeltonikaFix, type TeltonikaCodec } from "./teltonika-record.ts";

const PING = 0xff;
/** Four zeros and the length of the data. */
const HEAD_BYTES = 8;
const CHECKSUM_BYTES = 4;
/** Devices send 1280 bytes of data at most; blocks of the files that we do not take are up to 2 KiB. */
const FRAME_BYTES_MAX = 16 * 1024;
const DATAGRAM = 1;

/** By the packet's first byte: the ways in which its records may be built, the usual one first. */
const CODECS: ReadonlyMap<number, readonly [TeltonikaCodec, ...TeltonikaCodec[]]> = new Map([
  [0x07, ["7"]],
  [0x08, ["8", "8 long"]],
  [0x8e, ["8E"]],
  [0x10, ["16"]],
]);
/** Codecs 12 to 15: answers to commands, which are never sent, and files. */
const UNWANTED_CODECS: ReadonlySet<number> = new Set([0x0c, 0x0d, 0x0e, 0x0f]);

/**
 * Teltonika's AVL packets over TCP, high byte first: a login by IMEI, then packets of records. The answer says how many records
 * were taken, in four bytes; the device keeps the packet until that is the number that it sent.
 * @see "Teltonika Data Sending Protocols" and "Codec" in the maker's wiki; codec 7 from the protocol of the GH devices
 */
export const teltonika = defineTrackerProtocol({
  name: "teltonika",
  title: "Teltonika Codec 8, 8 Extended, 16 and 7, binary over TCP",
  recognise: either(
    isLaidOut(is(0), is(15, 16, 17), isDigit, isDigit, isDigit),
    isLaidOut(any, any, any, any, is(DATAGRAM), any, is(0), is(15, 16, 17), isDigit, isDigit),
  ),
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: undefined,
  decode: (state, frame) => ({ state, message: decodeFrame(frame) }),
});

function measureFrame(bytes: Uint8Array): number | undefined {
  if (bytes[0] === PING) return 1;
  if (bytes.length < 2) return undefined;
  const cursor = openCursor(bytes, "big");
  const length = cursor.u16();
  if (length > 0) return 2 + length;
  if (bytes.length < HEAD_BYTES) return undefined;
  return cursor.u16() === 0 ? HEAD_BYTES + cursor.u32() + CHECKSUM_BYTES : Number.POSITIVE_INFINITY;
}

function decodeFrame(frame: Uint8Array): TrackerMessage {
  if (frame[0] === PING) return { fixes: [] };
  const cursor = openCursor(frame, "big");
  const length = cursor.u16();
  if (cursor.overrun()) return unread("structure", "A message is cut off.");
  if (length === 0) return decodePacket(frame);
  return frame[4] === DATAGRAM && length + 2 === frame.length
    ? decodeDatagram(frame)
    : decodeLogin(cursor.take(length));
}

function decodeLogin(bytes: Uint8Array): TrackerMessage {
  const device_id = findDeviceId(bytes);
  if (device_id === undefined) {
    return { ...unread("structure", "A login names no device."), answer: Uint8Array.of(0) };
  }
  return { device_id, fixes: [], answer: Uint8Array.of(1), refusal: Uint8Array.of(0) };
}

function findDeviceId(bytes: Uint8Array): string | undefined {
  const id = Buffer.from(bytes).toString("latin1");
  return /^\d{5,20}$/.test(id) ? id : undefined;
}

function decodePacket(frame: Uint8Array): TrackerMessage {
  const cursor = openCursor(frame.subarray(4), "big");
  const whole = frame.length === HEAD_BYTES + cursor.u32() + CHECKSUM_BYTES;
  if (frame.length < HEAD_BYTES + 2) return unread("structure", "A packet is cut off.");
  const data = frame.subarray(HEAD_BYTES, whole ? frame.length - CHECKSUM_BYTES : frame.length);
  const { message, confirmed } = decodeRecords(data);
  // In a stream every packet is whole; in a recording it may have lost a part, and what there is can be shown.
  if (!whole)
    return {
      ...message,
      ...unread("structure", "A packet's length is not what it says."),
      fixes: message.fixes,
    };
  const cursorAtEnd = openCursor(frame.subarray(frame.length - CHECKSUM_BYTES), "big");
  if (crc16Arc(data) !== cursorAtEnd.u32()) {
    const problem = { code: "checksum", text: "A packet's checksum is wrong." } as const;
    return { ...message, problem, answer: be32(0) };
  }
  return { ...message, ...(confirmed !== undefined && { answer: be32(confirmed) }) };
}

/** UDP's form: lengths, the packet's numbers and the IMEI before the same data, without a checksum. */
function decodeDatagram(frame: Uint8Array): TrackerMessage {
  const cursor = openCursor(frame, "big");
  cursor.skip(2);
  const channel = cursor.u16();
  cursor.skip(1);
  const packet = cursor.u8();
  const device_id = findDeviceId(cursor.take(cursor.u16()));
  if (device_id === undefined) return unread("structure", "A datagram names no device.");
  const { message, confirmed } = decodeRecords(cursor.take(cursor.left()));
  const answer =
    confirmed === undefined ? [] : [0, 5, channel >> 8, channel & 0xff, DATAGRAM, packet, confirmed];
  return { device_id, ...message, ...(answer.length > 0 && { answer: Uint8Array.from(answer) }) };
}

type Records = { readonly message: TrackerMessage; readonly confirmed?: number };

/**
 * `confirmed`: how many records the answer says were taken, which is all of them, read or not: what came whole and cannot be
 * read now will not be readable the next time. None where there is nothing to confirm.
 */
function decodeRecords(data: Uint8Array): Records {
  const codecs = CODECS.get(data[0] ?? 0);
  if (codecs === undefined) {
    return UNWANTED_CODECS.has(data[0] ?? 0)
      ? { message: { fixes: [] } }
      : { message: unread("unwanted", "A packet is of an unknown codec.") };
  }
  const [usual, ...others] = codecs;
  const read = readRecords(data, usual);
  if (!read.message.problem) return read;
  return others.map((codec) => readRecords(data, codec)).find(({ message }) => !message.problem) ?? read;
}

/** The records and, after them, their count once more. */
function readRecords(data: Uint8Array, codec: TeltonikaCodec): Records {
  const cursor = openCursor(data, "big");
  cursor.skip(1);
  const count = cursor.u8();
  const fixes: Fix[] = [];
  let taken = 0;
  while (taken < count) {
    const fix = findTeltonikaFix(cursor, codec);
    if (cursor.overrun()) break;
    taken++;
    if (fix) fixes.push(fix);
  }
  if (taken === count && cursor.left() === 1 && cursor.u8() === count)
    return { message: { fixes }, confirmed: count };
  const problem = {
    code: "structure",
    text: "A packet's records are not as many or as long as it says.",
  } as const;
  return { message: { fixes, problem }, confirmed: count };
}

function unread(code: TrackerProblem["code"], text: string): TrackerMessage {
  return { fixes: [], problem: { code, text } };
}

function be32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}
