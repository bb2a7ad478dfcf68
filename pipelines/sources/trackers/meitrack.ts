import { type ByteCursor, openCursor } from "./byte-cursor.ts";
import { measureJunk } from "./junk.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage } from "./protocol.ts";
import { any, is, isDigit, isLaidOut } from "./recognise.ts";
import { findFix, findUtc_ms, readUnsigned } from "./reported-fix.ts";

/** Four digits of length is what photos need. */
const FRAME_BYTES_MAX = 10_000;
const MARK = 0x24;
const MARK_BYTES = 2;
const COMMA = 0x2c;
/** `$$`, the packet's letter and up to four digits of length. */
const HEAD_BYTES_MAX = 3 + 4;
const DEGREE = 1_000_000;
/** 2000-01-01, where the binary records' clocks begin. */
const EPOCH_S = 946_684_800;
/** A record of the older binary kind. */
const RECORD_BYTES = 0x34;

/**
 * Meitrack's MVT, T and P series: `$$`, a letter, the length, the device's number and a command; AAA and AFF in text, CCC and CCE in
 * binary. A packet with a wrong checksum is not answered, so that kept ones come again.
 * @see "MEITRACK GPRS Protocol": cached records leave the device's memory after `@@…,CCC,count*`, `@@…,CCE,count*`, `@@…,AFF,number*`
 */
export const meitrack = defineTrackerProtocol({
  name: "meitrack",
  title: "Meitrack, text and binary over TCP and UDP",
  recognise: isLaidOut(is(MARK), is(MARK), any, isDigit),
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: {},
  decode: (state, frame) =>
    frame.every((byte) => byte === 0x0d || byte === 0x0a)
      ? { state }
      : { state, message: decodePacket(frame) },
});

function isMark([first, second]: Uint8Array): boolean {
  return first === MARK && second === MARK;
}

function measureFrame(bytes: Uint8Array, from: number): number | undefined {
  if (bytes.length < MARK_BYTES) return undefined;
  if (!isMark(bytes)) return measureJunk(bytes, from, MARK_BYTES, isMark);
  const comma = bytes.subarray(0, HEAD_BYTES_MAX + 1).indexOf(COMMA, 3);
  if (comma < 0) return bytes.length > HEAD_BYTES_MAX ? Number.POSITIVE_INFINITY : undefined;
  const digits = Buffer.from(bytes.subarray(3, comma)).toString("latin1");
  return /^\d+$/.test(digits) ? comma + Number(digits) : Number.POSITIVE_INFINITY;
}

type Packet = { readonly letter: string; readonly device_id: string; readonly type: string };

function decodePacket(frame: Uint8Array): TrackerMessage {
  const text = Buffer.from(frame).toString("latin1");
  const [head = "", letter = "", device_id = "", type = ""] =
    /^\$\$([\s\S])\d+,(\d{10,17}),([\dA-F]{3}),?/.exec(text) ?? [];
  const star = text.lastIndexOf("*");
  if (device_id === "" || star < head.length - 1) {
    return { fixes: [], problem: { code: "structure", text: "Bytes are no Meitrack packet." } };
  }
  const packet = { letter, device_id, type };
  const body = frame.subarray(head.length, star);
  const message = { device_id, ...decodeBody(packet, body) };
  if (sumOf(frame.subarray(0, star + 1)) === text.slice(star + 1, star + 3).toUpperCase()) return message;
  const { answer: _answer, ...unanswered } = message;
  return { ...unanswered, problem: { code: "checksum", text: "A packet's checksum is wrong." } };
}

function decodeBody(packet: Packet, body: Uint8Array): TrackerMessage {
  switch (packet.type) {
    case "CCC":
      return decodeOldRecords(packet, body);
    case "CCE":
      return decodeRecords(packet, body);
    case "D00":
    case "D03":
      return { fixes: [], problem: { code: "unwanted", text: "Photos of devices are not taken." } };
    default:
      return decodeText(packet, Buffer.from(body).toString("latin1").split(","));
  }
}

/** Event, place, date and time, validity, satellites, signal, km/h, course. AFF, out of the memory, has its number before them. */
function decodeText(packet: Packet, fields: readonly string[]): TrackerMessage {
  const at = fields.findIndex(
    (field, index) => /^\d{12}$/.test(field) && /^[AV]$/.test(fields[index + 1] ?? ""),
  );
  const [number = ""] = fields;
  const answer = packet.type === "AFF" && /^\d+$/.test(number) ? answerTo(packet, number) : undefined;
  const fix = at < 2 ? undefined : readText(fields, at, packet.type === "AFF");
  return { fixes: fix ? [fix] : [], ...(answer && { answer }) };
}

function readText(fields: readonly string[], at: number, buffered: boolean): Fix | undefined {
  const [year = 0, month = 0, day = 0, ...clock] = fields[at]?.match(/\d\d/g)?.map(Number) ?? [];
  const at_ms = findUtc_ms([2000 + year, month, day], clock);
  if (at_ms === undefined) return undefined;
  return findFix({
    at_ms,
    latitude: Number(fields[at - 2] || Number.NaN),
    longitude: Number(fields[at - 1] || Number.NaN),
    speed_kmh: readUnsigned(fields[at + 4]),
    course_deg: readUnsigned(fields[at + 5]),
    valid: fields[at + 1] === "A",
    buffered,
  });
}

/** Version and counts, then records of one length. */
function decodeOldRecords(packet: Packet, body: Uint8Array): TrackerMessage {
  const cursor = openCursor(body, "little");
  cursor.skip(2 + 2);
  const remaining = cursor.u32();
  const fixes: Fix[] = [];
  let count = 0;
  for (; cursor.left() >= RECORD_BYTES; count++) {
    cursor.skip(1);
    const [latitude, longitude] = [cursor.i32() / DEGREE, cursor.i32() / DEGREE];
    const at_ms = (EPOCH_S + cursor.u32()) * 1000;
    const valid = cursor.u8() === 1;
    cursor.skip(2);
    const [speed_kmh, course_deg] = [cursor.u16(), cursor.u16()];
    cursor.skip(RECORD_BYTES - 20);
    const fix = findFix({
      latitude,
      longitude,
      at_ms,
      valid,
      speed_kmh,
      course_deg,
      buffered: remaining > 0,
    });
    if (fix) fixes.push(fix);
  }
  return { fixes, answer: answerTo(packet, String(count)) };
}

/** What waits in the memory, how many records, and each of them: values of 1, 2, 4 and any number of bytes. */
function decodeRecords(packet: Packet, body: Uint8Array): TrackerMessage {
  const cursor = openCursor(body, "little");
  const buffered = cursor.u32() > 0;
  const count = cursor.u16();
  const fixes: Fix[] = [];
  for (let number = 0; number < count && cursor.left() > 0; number++) {
    const record = openCursor(cursor.take(cursor.u16()), "little");
    const fix = readRecord(record, buffered);
    if (fix) fixes.push(fix);
  }
  return {
    fixes,
    // Confirmed even if it cannot be read to its end, or it would come for ever.
    answer: answerTo(packet, String(count)),
    ...(cursor.overrun() && {
      problem: { code: "structure", text: "A packet's records do not fit its length." },
    }),
  };
}

const VALID = 0x05;
const SPEED = 0x08;
const COURSE = 0x09;
const LATITUDE = 0x02;
const LONGITUDE = 0x03;
const TIME = 0x04;
/** Numbers of values have two bytes where the first is this. */
const LONG_NUMBER = 0xfe;

function readRecord(cursor: ByteCursor, buffered: boolean): Fix | undefined {
  cursor.skip(2);
  const bytes = readValues(cursor, () => cursor.u8());
  const words = readValues(cursor, () => cursor.u16());
  const longs = readValues(cursor, () => cursor.i32());
  const [latitude, longitude, time_s] = [longs.get(LATITUDE), longs.get(LONGITUDE), longs.get(TIME)];
  if (cursor.overrun() || latitude === undefined || longitude === undefined || time_s === undefined) {
    return undefined;
  }
  return findFix({
    latitude: latitude / DEGREE,
    longitude: longitude / DEGREE,
    at_ms: (EPOCH_S + (time_s >>> 0)) * 1000,
    speed_kmh: words.get(SPEED),
    course_deg: words.get(COURSE),
    valid: (bytes.get(VALID) ?? 0) > 0,
    buffered,
  });
}

function readValues(cursor: ByteCursor, read: () => number): ReadonlyMap<number, number> {
  const values = new Map<number, number>();
  for (let left = cursor.u8(); left > 0; left--) {
    const number = cursor.u8();
    const long = number === LONG_NUMBER ? 0x100 * number + cursor.u8() : number;
    values.set(long, read());
  }
  return values;
}

function sumOf(bytes: Uint8Array): string {
  let sum = 0;
  for (const byte of bytes) sum = (sum + byte) & 0xff;
  return sum.toString(16).toUpperCase().padStart(2, "0");
}

/** The length counts from the comma after it to the line end. */
function answerTo({ letter, device_id, type }: Packet, number: string): Uint8Array {
  const body = `,${device_id},${type},${number}*`;
  const text = Buffer.from(`@@${letter}${body.length + 4}${body}`, "latin1");
  return Buffer.concat([text, Buffer.from(`${sumOf(text)}\r\n`)]);
}
