import { crc16X25 } from "./crc16-reflected.ts";
import { findLongPlace, findPlace, findSpokenPlace, listModulePlaces } from "./gt06-place.ts";
import { measureJunk } from "./junk.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage } from "./protocol.ts";
import { beginsWith } from "./recognise.ts";

/** A head with two bytes of length, what they count, and an end. */
const FRAME_BYTES_MAX = 2 + 2 + 0xffff + 2;
const SHORT = 0x78;
const LONG = 0x79;
const MARK_BYTES = 2;
const END = Buffer.from("\r\n");
/** Number, checksum and end. */
const TAIL_BYTES = 6;
const ID_BYTES = 8;

const LOGIN = 0x01;
const TEXT = 0x15;
const LONG_TEXT = 0x21;
const ADDRESS_QUESTION = 0x2a;
const TIME_QUESTION = 0x8a;
const MODULES = 0x70;
const LONG_PLACES: ReadonlySet<number> = new Set([0x32, 0x33]);
const WIFI: ReadonlySet<number> = new Set([0x17, 0x69]);
const WIFI_DATE_BYTES = 6;
/** Server's commands and the answers to them; questions that only a clock or a map could answer. */
const UNANSWERED: ReadonlySet<number> = new Set([TEXT, ADDRESS_QUESTION, 0x80, 0x81, 0x82, TIME_QUESTION]);
/** What long packets of these types want; others of them are told and not answered. */
const LONG_ANSWERED: ReadonlySet<number> = new Set([...LONG_PLACES, MODULES]);

/**
 * GT06 by Concox and its many relatives. The device names itself at login. Times are UTC. A packet with a wrong checksum is not
 * answered, so that it comes again; relatives that send no checksum at all are believed.
 * @see "GT06 GPS tracker communication protocol" by Concox
 */
export const gt06 = defineTrackerProtocol({
  name: "gt06",
  title: "GT06 by Concox and relatives, binary over TCP",
  recognise: beginsWith("xx", "yy"),
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: {},
  decode: (state, frame) => ({ state, message: decodePacket(frame) }),
});

function isMark(bytes: Uint8Array): boolean {
  return (bytes[0] === SHORT || bytes[0] === LONG) && bytes[0] === bytes[1];
}

function measureFrame(bytes: Uint8Array, from: number): number | undefined {
  if (bytes.length < MARK_BYTES) return undefined;
  if (!isMark(bytes)) return measureJunk(bytes, from, MARK_BYTES, isMark);
  const [mark, , high, low] = bytes;
  if (high === undefined || low === undefined) return undefined;
  const length = mark === SHORT ? 2 + 1 + high + 2 : 2 + 2 + 256 * high + low + 2;
  if (length > bytes.length) return undefined;
  if (END.equals(bytes.subarray(length - END.length, length))) return length;
  // Some count their length otherwise, or not at all: then the end mark tells.
  const searched = from < length ? MARK_BYTES : from - 1;
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(END, searched);
  return end < 0 ? undefined : end + END.length;
}

function decodePacket(frame: Uint8Array): TrackerMessage {
  const isLong = frame[0] === LONG;
  const head = isLong ? 4 : 3;
  if (!isMark(frame) || frame.length < head + 1 + END.length || !END.equals(frame.subarray(-END.length))) {
    return { fixes: [], problem: { code: "structure", text: "Bytes are no whole GT06 packet." } };
  }
  const type = frame[head] ?? 0;
  if (!isLong && WIFI.has(type)) return { fixes: [], answer: wifiAnswer(type, frame.subarray(head + 1)) };
  // A heartbeat of some relatives has neither number nor checksum.
  if (frame.length < head + 1 + TAIL_BYTES) return { fixes: [] };
  // Some count the content alone, and end it with neither.
  if (!isLong && frame.length === head + 1 + (frame[2] ?? 0) + END.length) {
    return fixesOf(findPlace(type, frame.subarray(head + 1, -END.length)));
  }
  const content = frame.subarray(head + 1, -TAIL_BYTES);
  const number = frame.subarray(-TAIL_BYTES, -TAIL_BYTES + 2);
  const message = isLong ? decodeLong(type, content, number) : decodeShort(type, content, number);
  if (message.problem || isChecked(frame)) return message;
  return { fixes: message.fixes, problem: { code: "checksum", text: "A packet's checksum is wrong." } };
}

function isChecked(frame: Uint8Array): boolean {
  const [high = 0, low = 0] = frame.subarray(-4);
  return crc16X25(frame.subarray(MARK_BYTES, -4)) === 256 * high + low;
}

function decodeShort(type: number, content: Uint8Array, number: Uint8Array): TrackerMessage {
  if (type === LOGIN) return decodeLogin(content, number);
  return {
    ...fixesOf(findPlace(type, content)),
    ...(!UNANSWERED.has(type) && { answer: answer(SHORT, type, number) }),
  };
}

/** Sixteen digits of which the first is 0; some add their kind, zone and language, and some forget the number of the packet. */
function decodeLogin(content: Uint8Array, number: Uint8Array): TrackerMessage {
  const digits = Buffer.from(content.subarray(0, ID_BYTES)).toString("hex");
  const device_id = /^\d(\d{15})$/.exec(digits)?.[1];
  return device_id
    ? { device_id, fixes: [], answer: answer(SHORT, LOGIN, number) }
    : { fixes: [], problem: { code: "structure", text: "The login names no device." } };
}

function decodeLong(type: number, content: Uint8Array, number: Uint8Array): TrackerMessage {
  // Modules are answered in a short packet.
  const reply = LONG_ANSWERED.has(type) && { answer: answer(type === MODULES ? SHORT : LONG, type, number) };
  return { fixes: listLongPlaces(type, content), ...reply };
}

function listLongPlaces(type: number, content: Uint8Array): readonly Fix[] {
  if (type === MODULES) return listModulePlaces(content);
  const fix = LONG_PLACES.has(type)
    ? findLongPlace(content)
    : type === LONG_TEXT
      ? findSpokenPlace(Buffer.from(content).toString("latin1"))
      : undefined;
  return fix ? [fix] : [];
}

function fixesOf(fix: Fix | undefined): TrackerMessage {
  return { fixes: fix ? [fix] : [] };
}

/** Mark, length, type, the packet's number, checksum, end. */
function answer(mark: number, type: number, number: Uint8Array): Uint8Array {
  const length = 1 + number.length + 2;
  const checked = Uint8Array.of(...(mark === LONG ? [0, length] : [length]), type, ...number);
  const crc = crc16X25(checked);
  return Uint8Array.of(mark, mark, ...checked, crc >> 8, crc & 0xff, ...END);
}

/** These have no number: their date says which one is meant. */
function wifiAnswer(type: number, content: Uint8Array): Uint8Array {
  return Uint8Array.of(SHORT, SHORT, 0, type, ...content.subarray(0, WIFI_DATE_BYTES), ...END);
}
