import { openCursor } from "./byte-cursor.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage } from "./protocol.ts";
import { beginsWith } from "./recognise.ts";
import { findFix } from "./reported-fix.ts";

/** Name, `~`, two bytes of length, what they count, `*` and two digits. */
const HEAD_BYTES = 6 + 2;
const TAIL_BYTES = 3;
const CONTENT_BYTES_MAX = 4096;
const FRAME_BYTES_MAX = HEAD_BYTES + CONTENT_BYTES_MAX + TAIL_BYTES;
const TILDE = 0x7e;
const PLUS = 0x2b;
const PLACE_BYTES = 20;
const PLACES_IN_BLOCK = 6;
/** Bytes of a place that was never taken. */
const NOTHING = 0xfe;
const ARCHIVE_FORMAT = 4;
const KNOT_IN_KMH = 1.852;

/**
 * Granit by Santel-Navigatsiya: `+RRCB~` with the present place, `+DDAT~` with blocks of the archive, other packets in text. Each names
 * its device by two bytes. A packet with a wrong checksum is not answered, so that it comes again.
 * @see "Протокол обмена Гранит-навигатор 4-6": `BB+UGRC~` confirms a place by its time, `BB+ARCF~` a block by its number
 */
export const granit = defineTrackerProtocol({
  name: "granit",
  title: "Granit by Santel-Navigatsiya, binary over TCP and UDP",
  recognise: beginsWith("+RRCB~", "+DDAT~", "+IDNT:"),
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: {},
  decode(state, frame) {
    if (isBinary(frame)) return { state, message: decodePacket(frame) };
    const text = Buffer.from(frame).toString("latin1").trim();
    // What the device says to commands and of itself has no place.
    return text === "" ? { state } : { state, message: { fixes: [] } };
  },
});

function isBinary(bytes: Uint8Array): boolean {
  return bytes[0] === PLUS && bytes[5] === TILDE;
}

function measureFrame(bytes: Uint8Array, from: number): number | undefined {
  const [first] = bytes;
  if (first === undefined || (first === PLUS && bytes.length < HEAD_BYTES)) return undefined;
  if (isBinary(bytes)) return HEAD_BYTES + (bytes[6] ?? 0) + 256 * (bytes[7] ?? 0) + TAIL_BYTES;
  const end = bytes.indexOf(0x0a, first === PLUS ? 0 : from);
  return end < 0 ? undefined : end + 1;
}

function decodePacket(frame: Uint8Array): TrackerMessage {
  const length = (frame[6] ?? 0) + 256 * (frame[7] ?? 0);
  const tail = Buffer.from(frame.subarray(HEAD_BYTES + length)).toString("latin1");
  const content = frame.subarray(HEAD_BYTES, HEAD_BYTES + length);
  if (content.length < length || !tail.startsWith("*")) {
    return { fixes: [], problem: { code: "structure", text: "A packet's length is wrong." } };
  }
  const name = Buffer.from(frame.subarray(1, 5)).toString("latin1");
  const message =
    name === "RRCB" ? decodePresent(content) : name === "DDAT" ? decodeArchive(content) : { fixes: [] };
  if (checksumOf(frame.subarray(0, HEAD_BYTES + length)) === tail.slice(1, 3).toUpperCase()) return message;
  const { answer: _answer, ...unanswered } = message;
  return { ...unanswered, problem: { code: "checksum", text: "A packet's checksum is wrong." } };
}

function decodePresent(content: Uint8Array): TrackerMessage {
  const cursor = openCursor(content, "little");
  const [device, time_s] = [cursor.u16(), cursor.u32()];
  const fix = readPlace(cursor.take(PLACE_BYTES), time_s, false);
  if (cursor.overrun()) return cut();
  return {
    device_id: String(device),
    fixes: fix ? [fix] : [],
    answer: answerOf("BB+UGRC~", content.subarray(2, 6), content.subarray(0, 2)),
  };
}

function decodeArchive(content: Uint8Array): TrackerMessage {
  const cursor = openCursor(content, "little");
  const [device, format, blocks] = [cursor.u16(), cursor.u8(), cursor.u8()];
  cursor.skip(2);
  const device_id = String(device);
  if (format !== ARCHIVE_FORMAT) {
    return { device_id, fixes: [], problem: { code: "structure", text: "An archive's format is unknown." } };
  }
  const fixes: Fix[] = [];
  for (let block = 0; block < blocks && !cursor.overrun(); block++) {
    const time_s = cursor.u32();
    const places = Array.from({ length: PLACES_IN_BLOCK }, () => cursor.take(PLACE_BYTES));
    const step_s = cursor.u16();
    if (cursor.overrun()) return cut();
    fixes.push(
      ...places.flatMap((place, index) =>
        place[0] === NOTHING ? [] : (readPlace(place, time_s + index * step_s, true) ?? []),
      ),
    );
  }
  return { device_id, fixes, answer: answerOf("BB+ARCF~", content.subarray(4, 6), content.subarray(0, 2)) };
}

function cut(): TrackerMessage {
  return { fixes: [], problem: { code: "structure", text: "A packet ends too early." } };
}

/** Bits, satellites, degrees of both, minutes of both in thousandths, knots, course without its highest bit. */
function readPlace(place: Uint8Array, time_s: number, buffered: boolean): Fix | undefined {
  const cursor = openCursor(place, "little");
  const flags = cursor.u8();
  cursor.skip(1);
  const [east, north] = [cursor.u8(), cursor.u8()];
  const [east_minutes, north_minutes] = [cursor.u16() / 1000, cursor.u16() / 1000];
  const valid = (flags & 0x80) !== 0;
  // Without a fix the bits of the hemispheres mean nothing.
  const [south, west] = [valid && (flags & 0x10) === 0, valid && (flags & 0x20) === 0];
  return findFix({
    at_ms: time_s * 1000,
    latitude: (north + north_minutes / 60) * (south ? -1 : 1),
    longitude: (east + east_minutes / 60) * (west ? -1 : 1),
    speed_kmh: cursor.u8() * KNOT_IN_KMH,
    course_deg: cursor.u8() + ((flags & 0x40) === 0 ? 0 : 256),
    valid,
    buffered,
  });
}

/** Every byte on the one before. */
function checksumOf(bytes: Uint8Array): string {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum.toString(16).toUpperCase().padStart(2, "0");
}

function answerOf(name: string, what: Uint8Array, device: Uint8Array): Uint8Array {
  const bytes = Buffer.concat([
    Buffer.from(name),
    Uint8Array.of(what.length + device.length, 0),
    what,
    device,
  ]);
  return Buffer.concat([bytes, Buffer.from(`*${checksumOf(bytes)}\r\n`)]);
}
