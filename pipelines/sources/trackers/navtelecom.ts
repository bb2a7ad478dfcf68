import { crc8 } from "./crc8.ts";
import { measureJunk } from "./junk.ts";
import { type FlexLayout, readAdditionalRecord, readFlexRecord, readLayout } from "./navtelecom-flex.ts";
import { findNtcbRecord } from "./navtelecom-ntcb.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage, type TrackerProblem } from "./protocol.ts";
import { beginsWith } from "./recognise.ts";

/** 255 records with every field of FLEX 3.0 are 176,000 bytes. */
const FRAME_BYTES_MAX = 256 * 1024;
/** `@NTC`, receiver, sender, length, exclusive or of the data, exclusive or of the header before it. */
const HEAD_BYTES = 16;
const MARK = Buffer.from("@NTC");
const TILDE = 0x7e;
const PING = 0x7f;
const FLEX_MARK = 0xb0;
/** FLEX 1.0, 2.0 and 3.0, each with how many fields its mask may have. */
const FLEX_FIELDS_MAX: ReadonlyMap<number, number> = new Map([
  [0x0a, 69],
  [0x14, 122],
  [0x1e, 255],
]);
const FLEX_NEWEST = 0x1e;
const CRC_BYTES = 1;

type State = { readonly layout?: FlexLayout };
type Decoded = { readonly state: State; readonly message?: TrackerMessage };

/**
 * Navtelecom's devices (Signal, Smart): NTCB with its fixed formats, and FLEX 1.0 to 3.0, agreed on by `*>FLEX`, after which the
 * device sends records of the fields that it named. Arrays come out of the device's memory. What is wrong is not answered: the
 * device sends it again.
 * @see "NTCB" and "FLEX" by Navtelecom
 */
export const navtelecom = defineTrackerProtocol<State>({
  name: "navtelecom",
  title: "Navtelecom NTCB and FLEX 1.0 to 3.0, binary over TCP",
  recognise: beginsWith("@NTC"),
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: {},
  decode(state, frame) {
    if (frame[0] === PING) return { state };
    if (frame[0] === TILDE) return { state, message: decodeFlex(state.layout, frame) };
    if (frame.length < HEAD_BYTES || !isMark(frame.subarray(0, MARK.length))) {
      return { state, message: unread("structure", "Bytes are no Navtelecom packet.") };
    }
    return decodeNtcb(state, frame);
  },
});

function isMark(bytes: Uint8Array): boolean {
  return MARK.equals(bytes);
}

function measureFrame(bytes: Uint8Array, from: number, { layout }: State): number | undefined {
  if (bytes.length === 0) return undefined;
  if (bytes[0] === PING) return 1;
  if (bytes[0] === TILDE && layout) return measureFlex(bytes, from, layout);
  if (bytes.length < MARK.length && MARK.subarray(0, bytes.length).equals(bytes)) return undefined;
  if (!isMark(bytes.subarray(0, MARK.length))) return measureJunk(bytes, from, MARK.length, isMark);
  return bytes.length < HEAD_BYTES ? undefined : HEAD_BYTES + (bytes[12] ?? 0) + 256 * (bytes[13] ?? 0);
}

function measureFlex(bytes: Uint8Array, from: number, { record_bytes }: FlexLayout): number | undefined {
  const [, type, count] = bytes;
  if (type === undefined) return undefined;
  switch (String.fromCharCode(type)) {
    case "A":
      return count === undefined ? undefined : 3 + count * record_bytes + CRC_BYTES;
    case "T":
      return 6 + record_bytes + CRC_BYTES;
    case "C":
      return 2 + record_bytes + CRC_BYTES;
    case "E":
      return count === undefined ? undefined : measureAdditional(bytes, 3, count);
    case "X":
      return measureAdditional(bytes, 6, 1);
    default:
      return measureJunk(bytes, from, MARK.length, isMark);
  }
}

/** Additional records say their own length, so that the whole is known only when the last of them has begun. */
function measureAdditional(bytes: Uint8Array, start: number, count: number): number | undefined {
  let end = start;
  for (let record = 0; record < count && end <= FRAME_BYTES_MAX; record++) {
    if (end + 2 > bytes.length) return undefined;
    end += 2 + (bytes[end] ?? 0) + 256 * (bytes[end + 1] ?? 0);
  }
  return end + CRC_BYTES;
}

function decodeNtcb(state: State, frame: Uint8Array): Decoded {
  const head = frame.subarray(0, HEAD_BYTES);
  const body = frame.subarray(HEAD_BYTES);
  if (exclusiveOr(head.subarray(0, HEAD_BYTES - 1)) !== head[15] || exclusiveOr(body) !== head[14]) {
    return { state, message: unread("checksum", "A packet's checksum is wrong.") };
  }
  // An empty packet keeps the connection open.
  if (body.length === 0) return { state };
  const reply = (...parts: readonly (string | readonly number[])[]) => wrap(head, parts);
  const type = Buffer.from(body.subarray(0, 6)).toString("latin1");
  if (type.startsWith("*>S")) return { state, message: decodeLogin(body, reply("*<S")) };
  if (type === "*>FLEX") return agree(body, reply);
  if (type.startsWith("*>T")) {
    const record = findNtcbRecord(body.subarray(3), false);
    if (!record) return { state, message: unread("structure", "A record's format is unknown.") };
    return {
      state,
      message: { fixes: record.fix ? [record.fix] : [], answer: reply("*<T", littleEndian(record.index)) },
    };
  }
  if (type.startsWith("*>A")) return { state, message: decodeArray(body, reply) };
  return { state, message: unread("unwanted", "A packet is none that gives places.") };
}

type Reply = (...parts: readonly (string | readonly number[])[]) => Uint8Array;

function decodeLogin(body: Uint8Array, answer: Uint8Array): TrackerMessage {
  const device_id = /^\*>S:(\w{1,32})\s*$/.exec(Buffer.from(body).toString("latin1"))?.[1];
  return device_id ? { device_id, fixes: [], answer } : unread("structure", "The login names no device.");
}

/** The device proposes versions and fields. We take what we know; to a newer version we say the newest that we know. */
function agree(body: Uint8Array, reply: Reply): Decoded {
  const [mark, protocol = 0, structure = 0, bits = 0] = body.subarray(6);
  const mask = body.subarray(10);
  const fields_max = FLEX_FIELDS_MAX.get(structure);
  if (mark !== FLEX_MARK || mask.length < Math.ceil(bits / 8)) {
    return { state: {}, message: unread("structure", "The agreement on FLEX cannot be read.") };
  }
  if (!FLEX_FIELDS_MAX.has(protocol) || fields_max === undefined || bits > fields_max) {
    const answer = reply("*<FLEX", [FLEX_MARK, FLEX_NEWEST, FLEX_NEWEST]);
    return { state: {}, message: { fixes: [], answer } };
  }
  const answer = reply("*<FLEX", [FLEX_MARK, protocol, structure]);
  return { state: { layout: readLayout(mask, bits) }, message: { fixes: [], answer } };
}

function decodeArray(body: Uint8Array, reply: Reply): TrackerMessage {
  const count = body[3] ?? 0;
  const fixes: Fix[] = [];
  let rest = body.subarray(4);
  for (let number = 0; number < count; number++) {
    const record = findNtcbRecord(rest, true);
    if (!record) return unread("structure", "An array's records do not fit its length.");
    if (record.fix) fixes.push(record.fix);
    rest = rest.subarray(record.bytes);
  }
  return { fixes, answer: reply("*<A", [count]) };
}

function decodeFlex(layout: FlexLayout | undefined, frame: Uint8Array): TrackerMessage {
  if (!layout) return unread("structure", "A FLEX packet came before the agreement on its fields.");
  if (measureFlex(frame, 0, layout) !== frame.length)
    return unread("structure", "A FLEX packet's length is wrong.");
  if (crc8(frame.subarray(0, -CRC_BYTES)) !== frame.at(-1)) {
    return unread("checksum", "A FLEX packet's checksum is wrong.");
  }
  const type = String.fromCharCode(frame[1] ?? 0);
  // The answer repeats the packet's beginning: how many records, or which event.
  const start = { A: 3, E: 3, T: 6, X: 6 }[type] ?? 2;
  const buffered = type === "A" || type === "E";
  const records = frame.subarray(start, -CRC_BYTES);
  const fixes =
    type === "E" || type === "X"
      ? splitAdditional(records).map((record) => readAdditionalRecord(record, buffered))
      : split(records, layout.record_bytes).map((record) => readFlexRecord(record, layout, buffered));
  const said = frame.slice(0, start);
  return {
    fixes: fixes.filter((fix) => fix !== undefined),
    answer: Uint8Array.of(...said, crc8(said)),
  };
}

function split(records: Uint8Array, size: number): Uint8Array[] {
  const count = size === 0 ? 0 : Math.floor(records.length / size);
  return Array.from({ length: count }, (_, index) => records.subarray(index * size, (index + 1) * size));
}

function splitAdditional(records: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at + 2 <= records.length; ) {
    const end = at + 2 + (records[at] ?? 0) + 256 * (records[at + 1] ?? 0);
    parts.push(records.subarray(at + 2, end));
    at = end;
  }
  return parts;
}

/** An answer goes to who sent the packet. */
function wrap(head: Uint8Array, parts: readonly (string | readonly number[])[]): Uint8Array {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))),
  );
  const start = Uint8Array.of(
    ...head.subarray(0, 4),
    ...head.subarray(8, 12),
    ...head.subarray(4, 8),
    body.length & 0xff,
    body.length >> 8,
    exclusiveOr(body),
  );
  return Buffer.concat([start, Uint8Array.of(exclusiveOr(start)), body]);
}

function exclusiveOr(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}

function littleEndian(value: number): readonly number[] {
  return [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
}

function unread(code: TrackerProblem["code"], text: string): TrackerMessage {
  return { fixes: [], problem: { code, text } };
}
