import { crc8 } from "./crc8.ts";
import { crc16CcittFalse } from "./crc16-ccitt-false.ts";
import { AUTH_SERVICE, type EgtsRecord, readEgtsRecords } from "./egts-record.ts";
import { defineTrackerProtocol, type TrackerMessage, type TrackerProblem } from "./protocol.ts";
import type { Recognition } from "./recognise.ts";

const VERSION = 1;
const HEADER_BYTES = 11;
/** With sender, receiver and life time of a packet that is passed on. */
const ROUTED_HEADER_BYTES = 16;
const CHECKSUM_BYTES = 2;
const FRAME_BYTES_MAX = ROUTED_HEADER_BYTES + 0xffff + CHECKSUM_BYTES;

const RESPONSE = 0;
const APPDATA = 1;
const SIGNED_APPDATA = 2;
const RECORD_RESPONSE = 0;
const RESULT_CODE = 9;
/** Record flag: the service that this is for is the device's. */
const TO_DEVICE = 0x40;

/** Result codes, as the standard numbers them. */
const OK = 0;
const DENIED = 130;
const BAD_DATA = 132;
const UNKNOWN_TYPE = 133;
const BAD_HEADER_CHECKSUM = 137;
const BAD_DATA_CHECKSUM = 138;
const BAD_LENGTH = 139;
const NO_ACCESS = 151;

type State = {
  /** Who logged in: records that name an object are then still of this device. */
  readonly device_id?: string;
  /** A platform passes on records of many objects, each named in the record. */
  readonly platform: boolean;
  /** Numbers of our own packets and records, which count up. */
  readonly packets: number;
  readonly records: number;
};
const START: State = { platform: false, packets: 0, records: 0 };

type Decoded = { readonly state: State; readonly message?: TrackerMessage };

/**
 * EGTS over TCP: packets of records of subrecords, low byte first. Each packet is answered with one packet that confirms it and
 * each of its records; a login with a second one that says its result. Encrypted and compressed packets are refused.
 * @see GOST 33472-2015 (transport), GOST 33465-2015 (services); order of the Ministry of Transport of Russia N 285 of 2012
 */
export const egts = defineTrackerProtocol({
  name: "egts",
  title: "EGTS (GOST 33465, 33472), binary over TCP",
  recognise,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: START,
  decode,
});

/** The header has a checksum of its own, which nobody else has by chance. */
function recognise(first: Uint8Array): Recognition {
  const header_bytes = first[3] ?? HEADER_BYTES;
  if ((first[0] ?? VERSION) !== VERSION) return false;
  if (header_bytes !== HEADER_BYTES && header_bytes !== ROUTED_HEADER_BYTES) return false;
  if (first.length < header_bytes) return undefined;
  return crc8(first.subarray(0, header_bytes - 1)) === first[header_bytes - 1];
}

function measureFrame(bytes: Uint8Array): number | undefined {
  const [version = VERSION, , , header_bytes = HEADER_BYTES] = bytes;
  if (version !== VERSION) return Number.POSITIVE_INFINITY;
  if (header_bytes !== HEADER_BYTES && header_bytes !== ROUTED_HEADER_BYTES) return Number.POSITIVE_INFINITY;
  if (bytes.length < 7) return undefined;
  const data_bytes = u16(bytes, 5);
  return header_bytes + data_bytes + (data_bytes > 0 ? CHECKSUM_BYTES : 0);
}

function decode(state: State, frame: Uint8Array): Decoded {
  if (frame.length === 0) return { state };
  const header_bytes = frame[3] ?? 0;
  if (frame.length < HEADER_BYTES || measureFrame(frame) !== frame.length) {
    return { state, message: unread("structure", "A packet is cut off, or is no EGTS packet.") };
  }
  const id = u16(frame, 7);
  const type = frame[9] ?? 0;
  if (crc8(frame.subarray(0, header_bytes - 1)) !== frame[header_bytes - 1]) {
    return refuse(state, id, BAD_HEADER_CHECKSUM, "checksum", "A packet's header has a wrong checksum.");
  }
  // The device confirms what we sent: nothing to say to that, however it is built.
  if (type === RESPONSE) return { state, message: { fixes: [] } };
  const data = frame.subarray(header_bytes, Math.max(header_bytes, frame.length - CHECKSUM_BYTES));
  if (data.length > 0 && crc16CcittFalse(data) !== u16(frame, frame.length - CHECKSUM_BYTES)) {
    return refuse(state, id, BAD_DATA_CHECKSUM, "checksum", "A packet's data have a wrong checksum.");
  }
  // Two bits of the way of encryption, one of compression.
  if ((frame[2] ?? 0) & 0x1c) {
    return refuse(state, id, DENIED, "compression", "Encrypted and compressed packets are not taken.");
  }
  if (type === APPDATA) return decodeRecords(state, id, data);
  if (type !== SIGNED_APPDATA) {
    return refuse(state, id, UNKNOWN_TYPE, "unwanted", "A packet is of an unknown type.");
  }
  const signature_bytes = data.length < 2 ? data.length : 2 + u16(data, 0);
  if (signature_bytes > data.length) {
    return refuse(state, id, BAD_LENGTH, "structure", "A packet's signature is cut off.");
  }
  return decodeRecords(state, id, data.subarray(signature_bytes));
}

function decodeRecords(state: State, id: number, data: Uint8Array): Decoded {
  const { records, whole } = readEgtsRecords(data);
  if (records.length === 0 && !whole) {
    return refuse(state, id, BAD_DATA, "structure", "A packet's records cannot be read.");
  }
  const login = records.findLast((record) => record.login)?.login;
  const speaker = speakerOf(state, login);
  const said = { ...speaker, ...answers(speaker, id, records, login !== undefined) };
  const { answer, refusal, ...next } = said;
  const { device_id, fixes } = spoken(speaker, records, login);
  return {
    state: next,
    message: {
      ...(device_id !== undefined && { device_id, refusal }),
      fixes,
      answer,
      ...(!whole && { problem: { code: "structure", text: "A packet's last record is cut off." } }),
    },
  };
}

function speakerOf(state: State, login: EgtsRecord["login"]): State {
  if (login === undefined || login === "password") return state;
  const { packets, records } = state;
  if (login === "platform") return { platform: true, packets, records };
  return { platform: false, device_id: login.device_id, packets, records };
}

/** Who speaks, and the places: each under the name of its object where they may be of several. */
function spoken(speaker: State, records: readonly EgtsRecord[], login: EgtsRecord["login"]) {
  if (speaker.device_id !== undefined) {
    const device_id = login === undefined ? undefined : speaker.device_id;
    return { device_id, fixes: records.flatMap(({ fixes }) => fixes) };
  }
  // A record that names no object goes on about the one before.
  let object: string | undefined;
  const fixes = records.flatMap((record) => {
    object = record.object_id ?? object;
    const owner = object;
    return record.fixes.map((fix) => ({ ...fix, ...(owner !== undefined && { device_id: owner }) }));
  });
  const [first, ...others] = new Set(records.flatMap(({ object_id }) => object_id ?? []));
  if (speaker.platform || others.length > 0) return { device_id: undefined, fixes };
  return { device_id: first, fixes: records.flatMap((record) => record.fixes) };
}

/** The packets that confirm a packet or turn its sender away, and how far our own numbers have come. */
function answers(state: State, id: number, received: readonly EgtsRecord[], login: boolean) {
  const services = [...new Set(received.map(({ service }) => service))];
  const number = (count: number) => (state.records + count) & 0xffff;
  const confirm = (status: number) =>
    packet(RESPONSE, state.packets, [
      ...le16(id),
      OK,
      ...services.flatMap((service, index) => {
        const own = received.filter((record) => record.service === service);
        const subrecords = own.flatMap((record) => [
          RECORD_RESPONSE,
          ...le16(3),
          ...le16(record.number),
          status,
        ]);
        return record(number(index), service, subrecords);
      }),
    ]);
  const result = (code: number) =>
    login
      ? packet(
          APPDATA,
          (state.packets + 1) & 0xffff,
          record(number(services.length), AUTH_SERVICE, [RESULT_CODE, ...le16(1), code]),
        )
      : [];
  return {
    answer: Uint8Array.from([...confirm(OK), ...result(OK)]),
    refusal: Uint8Array.from([...confirm(login ? OK : NO_ACCESS), ...result(NO_ACCESS)]),
    packets: (state.packets + (login ? 2 : 1)) & 0xffff,
    records: number(services.length + (login ? 1 : 0)),
  };
}

function refuse(
  state: State,
  id: number,
  code: number,
  problem: TrackerProblem["code"],
  text: string,
): Decoded {
  return {
    state: { ...state, packets: (state.packets + 1) & 0xffff },
    message: {
      ...unread(problem, text),
      answer: Uint8Array.from(packet(RESPONSE, state.packets, [...le16(id), code])),
    },
  };
}

function unread(code: TrackerProblem["code"], text: string): TrackerMessage {
  return { fixes: [], problem: { code, text } };
}

function record(number: number, service: number, subrecords: readonly number[]): readonly number[] {
  return [...le16(subrecords.length), ...le16(number), TO_DEVICE, service, service, ...subrecords];
}

function packet(type: number, id: number, data: readonly number[]): readonly number[] {
  const header = [VERSION, 0, 0, HEADER_BYTES, 0, ...le16(data.length), ...le16(id), type];
  return [...header, crc8(Uint8Array.from(header)), ...data, ...le16(crc16CcittFalse(Uint8Array.from(data)))];
}

function le16(value: number): readonly [number, number] {
  return [value & 0xff, value >> 8];
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
}
