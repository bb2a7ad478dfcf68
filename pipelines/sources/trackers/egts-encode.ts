import { crc8 } from "./crc8.ts";
import { crc16CcittFalse } from "./crc16-ccitt-false.ts";
import type { SentFix, TrackerSpeaker } from "./speaker.ts";

const HEADER_BYTES = 11;
const RESPONSE = 0;
const APPDATA = 1;
const AUTH_SERVICE = 1;
const TELEDATA_SERVICE = 2;
const TERMINAL_IDENTITY = 1;
const DISPATCHER_IDENTITY = 5;
/** A terminal that gives its IMEI beside its number. */
const WITH_IMEI = 0x02;
const POS_DATA = 16;
/** EGTS counts seconds from 2010-01-01T00:00:00Z. */
const EPOCH_S = Date.UTC(2010, 0, 1) / 1000;
const UINT32_MAX = 0xffffffff;
/** Of a record from a terminal; with the object that it tells of. */
const RECORD_FLAGS = 0x80;
const WITH_OBJECT = 0x01;
/** Positions in one packet: some 2.5 KB, well within the 64 KB of a packet. */
export const EGTS_POSITIONS_MAX = 64;

/** The other side of EGTS: what a platform sends onward. A packet's number, then its records' numbers from the first one on. */
export type EgtsNumbers = { readonly packet: number; readonly record: number };

/** A platform names itself. */
export function encodeDispatcher(dispatcher_id: number, numbers: EgtsNumbers): Uint8Array {
  const body = Buffer.alloc(5);
  body.writeUInt32LE(dispatcher_id, 1);
  return packet(numbers.packet, record(numbers.record, AUTH_SERVICE, subrecord(DISPATCHER_IDENTITY, body)));
}

/** A terminal names itself by its IMEI. */
function encodeTerminal(imei: string, numbers: EgtsNumbers): Uint8Array {
  const body = Buffer.concat([Uint8Array.of(1, 0, 0, 0, WITH_IMEI), Buffer.from(imei)]);
  return packet(numbers.packet, record(numbers.record, AUTH_SERVICE, subrecord(TERMINAL_IDENTITY, body)));
}

/** EGTS over TCP, from a terminal's side. */
export const egtsSpeaker: TrackerSpeaker = {
  protocol: "egts",
  fixes_max: EGTS_POSITIONS_MAX,
  open(device_id) {
    let next: EgtsNumbers = { packet: 1, record: 1 };
    return {
      login: {
        sends: encodeTerminal(device_id, { packet: 0, record: 0 }),
        isHeard: (answer) => isConfirmed(answer, 0, 2),
      },
      tell(fixes) {
        const numbers = next;
        next = {
          packet: (next.packet + 1) & 0xffff,
          record: (next.record + fixes.length) & 0xffff,
        };
        return {
          sends: packet(numbers.packet, recordsOf(fixes, numbers.record)),
          isHeard: (answer) => isConfirmed(answer, numbers.packet, 1),
        };
      },
    };
  },
};

/** Whether so many packets came, the first of which confirms ours; a login's answer has its result after that. */
function isConfirmed(bytes: Uint8Array, number: number, packets: number): boolean | undefined {
  let left = Buffer.from(bytes);
  for (let count = 0; count < packets; count++) {
    const found = findEgtsAnswer(left);
    if (!found) return undefined;
    const { answer } = found;
    if (count === 0 && !(answer?.packet === number && answer.result === 0 && answer.refused === 0))
      return false;
    left = left.subarray(found.bytes);
  }
  return left.length === 0;
}

/** Places of objects, a record each. */
export function encodePositions(
  positions: readonly (SentFix & { readonly object_id: number })[],
  numbers: EgtsNumbers,
): Uint8Array {
  return packet(numbers.packet, recordsOf(positions, numbers.record));
}

function recordsOf(positions: readonly (SentFix & { readonly object_id?: number })[], first: number): Buffer {
  const records = positions.map(({ object_id, ...fix }, at) =>
    record((first + at) & 0xffff, TELEDATA_SERVICE, subrecord(POS_DATA, placeOf(fix)), object_id),
  );
  return Buffer.concat(records);
}

/** What a receiver says to a packet: 0 for taken, and how many of its records were not. */
export type EgtsAnswer = { readonly packet: number; readonly result: number; readonly refused: number };

/** The first whole packet of a receiver's bytes, as an answer where it is one. */
export function findEgtsAnswer(
  bytes: Buffer,
): { readonly bytes: number; readonly answer?: EgtsAnswer } | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const [header_bytes, data_bytes] = [bytes.readUInt8(3), bytes.readUInt16LE(5)];
  const length = header_bytes + data_bytes + (data_bytes > 0 ? 2 : 0);
  if (bytes.length < length) return undefined;
  const data = bytes.subarray(header_bytes, header_bytes + data_bytes);
  if (bytes.readUInt8(9) !== RESPONSE || data.length < 3) return { bytes: length };
  const answer = {
    packet: data.readUInt16LE(0),
    result: data.readUInt8(2),
    refused: refusedIn(data.subarray(3)),
  };
  return { bytes: length, answer };
}

/** Confirmations of records: their length, then subrecords of kind, two bytes of length, number and status. */
function refusedIn(records: Buffer): number {
  let refused = 0;
  for (let at = 0; at + 7 <= records.length; ) {
    const end = at + 7 + records.readUInt16LE(at);
    for (let sub = at + 7; sub + 6 <= Math.min(end, records.length); sub += 6) {
      if (records.readUInt8(sub + 5) !== 0) refused++;
    }
    at = end;
  }
  return refused;
}

function placeOf({ at_ms, latitude, longitude, speed_mps = 0, course_deg = 0 }: SentFix): Buffer {
  const course = Math.round(course_deg) % 360;
  const speed = Math.min(0x3fff, Math.round(speed_mps * 36));
  const bytes = Buffer.alloc(21);
  bytes.writeUInt32LE(Math.max(0, Math.floor(at_ms / 1000) - EPOCH_S), 0);
  bytes.writeUInt32LE(Math.round((Math.abs(latitude) / 90) * UINT32_MAX), 4);
  bytes.writeUInt32LE(Math.round((Math.abs(longitude) / 180) * UINT32_MAX), 8);
  bytes.writeUInt8(1 | (latitude < 0 ? 0x20 : 0) | (longitude < 0 ? 0x40 : 0) | (speed > 0 ? 0x10 : 0), 12);
  bytes.writeUInt16LE(speed | (course > 0xff ? 0x8000 : 0), 13);
  bytes.writeUInt8(course & 0xff, 15);
  return bytes;
}

function subrecord(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(type, 0);
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}

function record(number: number, service: number, body: Buffer, object_id?: number): Buffer {
  const head = Buffer.alloc(object_id === undefined ? 7 : 11);
  head.writeUInt16LE(body.length, 0);
  head.writeUInt16LE(number, 2);
  head.writeUInt8(RECORD_FLAGS | (object_id === undefined ? 0 : WITH_OBJECT), 4);
  if (object_id !== undefined) head.writeUInt32LE(object_id, 5);
  head.writeUInt8(service, head.length - 2);
  head.writeUInt8(service, head.length - 1);
  return Buffer.concat([head, body]);
}

function packet(number: number, data: Buffer): Uint8Array {
  const head = Buffer.from([1, 0, 0, HEADER_BYTES, 0, 0, 0, 0, 0, APPDATA]);
  head.writeUInt16LE(data.length, 5);
  head.writeUInt16LE(number, 7);
  const tail = Buffer.alloc(2);
  tail.writeUInt16LE(crc16CcittFalse(data));
  return Buffer.concat([head, Uint8Array.of(crc8(head)), data, tail]);
}
