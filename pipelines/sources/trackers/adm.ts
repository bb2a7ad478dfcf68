import { openCursor } from "./byte-cursor.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage } from "./protocol.ts";
import { any, either, is, isDigit, isLaidOut, times } from "./recognise.ts";
import { findFix } from "./reported-fix.ts";

/** The device's own number, the length of all, the type. */
const HEAD_BYTES = 4;
const IMEI_BYTES = 15;
const FRAME_BYTES_MAX = IMEI_BYTES + 0xff;
/** Answers to commands have this length. */
const TEXT_BYTES = 0x84;
const IMEI_TYPE = 0x03;
/** The packet with the name is always as long as this. */
const NAME_BYTES = 0x42;
/** After the device's hardware: whether it waits for a confirmation of each packet. */
const REPLY_AT = HEAD_BYTES + IMEI_BYTES + 1;
/** Firmware, number, bits, place, course, speed, sensors, time. */
const DATA_BYTES_MIN = 29;
const NO_FIX = 0x20;
const CONFIRMATION = Buffer.from("***1*");

type State = { readonly confirms: boolean };

/**
 * ADM by Neomatica: packets with their length in a byte and no checksum. The device names itself in a packet of its own, or with its
 * IMEI before a packet; that it wants confirmations it says there.
 * @see "ADM: протокол обмена данными с сервером": the confirmation is `***`, the number of packets, `*`
 */
export const adm = defineTrackerProtocol<State>({
  name: "adm",
  title: "ADM by Neomatica, binary over TCP and UDP",
  recognise: either(
    isLaidOut(any, any, is(NAME_BYTES), is(IMEI_TYPE), ...times(IMEI_BYTES, isDigit)),
    // The length of data; a line of text would have a letter or its end there.
    isLaidOut(...times(IMEI_BYTES, isDigit), any, is(0), (byte) => byte > HEAD_BYTES),
  ),
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: { confirms: false },
  decode(state, frame) {
    const before = digitsBefore(frame);
    const named = before === IMEI_BYTES ? textOf(frame.subarray(0, IMEI_BYTES)) : undefined;
    const packet = frame.subarray(named === undefined ? 0 : IMEI_BYTES);
    if (packet[2] !== TEXT_BYTES && packet[3] === IMEI_TYPE) return decodeName(packet);
    const message = decodePacket(packet);
    return {
      state,
      message: {
        ...(named !== undefined && { device_id: named }),
        ...message,
        ...(state.confirms && !message.problem && { answer: CONFIRMATION }),
      },
    };
  },
});

function measureFrame(bytes: Uint8Array): number | undefined {
  const digits = digitsBefore(bytes);
  if (digits === bytes.length && digits < IMEI_BYTES) return undefined;
  const start = digits === IMEI_BYTES ? IMEI_BYTES : 0;
  const length = bytes[start + 2];
  if (length === undefined) return undefined;
  return length < HEAD_BYTES ? Number.POSITIVE_INFINITY : start + length;
}

/** How many of the first fifteen bytes are digits, one after another. */
function digitsBefore(bytes: Uint8Array): number {
  const other = bytes.subarray(0, IMEI_BYTES).findIndex((byte) => byte < 0x30 || byte > 0x39);
  return other < 0 ? Math.min(bytes.length, IMEI_BYTES) : other;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

function decodeName(packet: Uint8Array): { readonly state: State; readonly message: TrackerMessage } {
  const device_id = textOf(packet.subarray(HEAD_BYTES, HEAD_BYTES + IMEI_BYTES));
  if (!/^\d{15}$/.test(device_id)) {
    const problem = { code: "structure", text: "A packet names no device." } as const;
    return { state: { confirms: false }, message: { fixes: [], problem } };
  }
  const confirms = (packet[REPLY_AT] ?? 0) > 0;
  return {
    state: { confirms },
    message: { device_id, fixes: [], ...(confirms && { answer: CONFIRMATION }) },
  };
}

function decodePacket(packet: Uint8Array): TrackerMessage {
  const [, , length = 0, type = 0] = packet;
  if (packet.length < Math.max(length, HEAD_BYTES)) {
    return { fixes: [], problem: { code: "structure", text: "A packet ends too early." } };
  }
  // Texts, photos and other kinds have no place.
  const fix =
    length !== TEXT_BYTES && (type & 3) === 0 ? readPlace(packet.subarray(HEAD_BYTES, length)) : undefined;
  return { fixes: fix ? [fix] : [] };
}

function readPlace(content: Uint8Array): Fix | undefined {
  if (content.length < DATA_BYTES_MIN) return undefined;
  const cursor = openCursor(content, "little");
  cursor.skip(1 + 2);
  const valid = (cursor.u16() & NO_FIX) === 0;
  const [latitude, longitude] = [cursor.f32(), cursor.f32()];
  const [course_deg, speed_kmh] = [cursor.u16() / 10, cursor.u16() / 10];
  cursor.skip(5);
  return findFix({
    latitude,
    longitude,
    course_deg,
    speed_kmh,
    at_ms: cursor.u32() * 1000,
    valid,
    buffered: false,
  });
}
