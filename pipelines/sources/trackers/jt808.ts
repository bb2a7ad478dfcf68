import { decodeBody } from "./jt808-body.ts";
import { measureJunk } from "./junk.ts";
import { defineTrackerProtocol, type TrackerMessage } from "./protocol.ts";
import { is, isLaidOut } from "./recognise.ts";

const FRAME_BYTES_MAX = 4096;
const MARK = 0x7e;
/** A variant of makers of locks has another mark, and numbers of one byte more. */
const OTHER_MARK = 0xe7;
const BRACKET = 0x28;
const CLOSING_BRACKET = 0x29;
/** Type and attributes. */
const HEAD_BYTES = 4;
const ID_BYTES = { short: 6, other: 7, long: 10 } as const;
const HAS_VERSION = 0x4000;
const IS_PART = 0x2000;
const WANTS_ANSWER = 0x8000;

const REGISTER = 0x0100;
const TIME_QUESTION = 0x0109;
/** These number themselves with one byte. */
const SHORT_NUMBERED: ReadonlySet<number> = new Set([0x5501, 0x5502]);
/** The terminal's own answers to what a platform asked. */
const UNANSWERED: ReadonlySet<number> = new Set([0x0001, 0x0104, 0x0201, 0x1300]);

const GENERAL_ANSWER = 0x8001;
const REGISTER_ANSWER = 0x8100;
const TIME_ANSWER = 0x8109;
const SHORT_ANSWER = 0x4401;

/**
 * JT/T 808, the Chinese standard that many makers build on: packets between `7E` marks with escapes and a checksum. Each names its
 * device; each is answered by its number, or it comes again. Times are of Beijing.
 * @see JT/T 808-2011, JT/T 808-2019; locks: 0x5501, 0x5502 with the answer 0x4401
 */
export const jt808 = defineTrackerProtocol({
  name: "jt808",
  title: "JT/T 808 of 2011, 2013 and 2019, binary over TCP and UDP",
  recognise: isLaidOut(is(MARK, OTHER_MARK), (byte) => byte !== MARK && byte !== OTHER_MARK),
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: {},
  decode(state, frame) {
    if (frame[0] === BRACKET) return { state, message: decodeText(Buffer.from(frame).toString("latin1")) };
    return frame.every((byte) => byte === frame[0]) ? { state } : { state, message: decodePacket(frame) };
  },
});

function isMark([first]: Uint8Array): boolean {
  return first === MARK || first === OTHER_MARK || first === BRACKET;
}

function measureFrame(bytes: Uint8Array, from: number): number | undefined {
  const [first] = bytes;
  if (first === undefined) return undefined;
  if (!isMark(bytes)) return measureJunk(bytes, from, 1, isMark);
  const end = bytes.indexOf(first === BRACKET ? CLOSING_BRACKET : first, Math.max(1, from));
  if (end < 0) return undefined;
  // Two marks with nothing between them: the end of a packet that was lost, and the beginning of the next one.
  return end === 1 && first !== BRACKET ? 1 : end + 1;
}

/** `(number,1,001,BASE,2,TIME)` asks for the time. */
function decodeText(text: string): TrackerMessage {
  if (!text.includes("BASE,2")) return { fixes: [] };
  const answerAt = (now_ms: number) =>
    Buffer.from(text.replace("TIME", new Date(now_ms).toISOString().replaceAll(/\D/g, "").slice(0, 14)));
  return { fixes: [], answerAt };
}

/** `7D 02` is `7E` and `7D 01` is `7D`; with the other mark both are one less. */
function withoutEscapes(bytes: Uint8Array, mark: number): Uint8Array {
  const escaping = mark - 1;
  const plain: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const [byte = 0, next] = [bytes[at], bytes[at + 1]];
    const isEscape = byte === escaping && (next === 1 || next === 2);
    plain.push(isEscape && next === 2 ? mark : byte);
    if (isEscape) at++;
  }
  return Uint8Array.from(plain);
}

/** Recordings often have the packet without its escapes: then it is right as it stands. */
function plainOf(bytes: Uint8Array, mark: number): Uint8Array {
  const plain = withoutEscapes(bytes, mark);
  return !isWhole(plain) && isWhole(bytes) ? bytes : plain;
}

/** The last byte is all others, each on the one before. */
function isWhole(bytes: Uint8Array): boolean {
  return bytes.reduce((sum, byte) => sum ^ byte, 0) === 0;
}

type Packet = {
  readonly mark: number;
  readonly type: number;
  readonly version: number | undefined;
  readonly id: Uint8Array;
  readonly number: number;
};

function decodePacket(frame: Uint8Array): TrackerMessage {
  const mark = frame[0] ?? 0;
  if (mark !== MARK && mark !== OTHER_MARK) return bad("Bytes are no JT/T 808 packet.");
  const plain = plainOf(frame.subarray(1, frame.at(-1) === mark ? -1 : undefined), mark);
  const [type, attributes] = [u16At(plain, 0), u16At(plain, 2)];
  const versioned = (attributes & HAS_VERSION) !== 0;
  const id_at = HEAD_BYTES + (versioned ? 1 : 0);
  const id_bytes = versioned ? ID_BYTES.long : mark === OTHER_MARK ? ID_BYTES.other : ID_BYTES.short;
  const id = plain.subarray(id_at, id_at + id_bytes);
  const short = SHORT_NUMBERED.has(type);
  const body_at = id_at + id_bytes + (short ? 1 : 2);
  if (plain.length < body_at + 1) return bad("A packet ends too early.");
  const number = short ? (plain[body_at - 1] ?? 0) : u16At(plain, body_at - 2);
  const packet = { mark, type, version: versioned ? plain[HEAD_BYTES] : undefined, id, number };
  const device_id = nameOf(id);
  // A part of a packet says nothing alone; devices cut photos and certificates only.
  const parts = (attributes & IS_PART) !== 0;
  const fixes = parts ? [] : decodeBody(type, plain.subarray(body_at, -1));
  if (!isWhole(plain)) {
    return { device_id, fixes, problem: { code: "checksum", text: "A packet's checksum is wrong." } };
  }
  return { device_id, fixes, ...answerTo(packet, device_id, (attributes & WANTS_ANSWER) !== 0) };
}

function bad(text: string): TrackerMessage {
  return { fixes: [], problem: { code: "structure", text } };
}

function u16At(bytes: Uint8Array, at: number): number {
  return 256 * (bytes[at] ?? 0) + (bytes[at + 1] ?? 0);
}

/** Decimal digits in half bytes without zeros before them; or an IMEI as one number, which lacks its check digit. */
function nameOf(id: Uint8Array): string {
  const hex = Buffer.from(id).toString("hex");
  if (/^\d+$/.test(hex)) return hex.replace(/^0+(?=.)/, "");
  const digits = String(Number.parseInt(hex.slice(-12), 16));
  return `${digits}${luhnOf(digits)}`;
}

function luhnOf(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

function answerTo(packet: Packet, device_id: string, wanted: boolean): Partial<TrackerMessage> {
  const { type, number } = packet;
  const numbered = [number >> 8, number & 0xff];
  if (SHORT_NUMBERED.has(type)) {
    return wanted ? { answer: answerOf(packet, SHORT_ANSWER, [1], [type >> 8, type & 0xff, 0]) } : {};
  }
  if (UNANSWERED.has(type)) return {};
  if (type === TIME_QUESTION) {
    return { answerAt: (now_ms) => answerOf(packet, TIME_ANSWER, [0, 0], timeOf(now_ms)) };
  }
  if (type === REGISTER) {
    // The word that the device will log in with: any does, since its number is what is checked.
    return { answer: answerOf(packet, REGISTER_ANSWER, [0, 0], [...numbered, 0, ...Buffer.from(device_id)]) };
  }
  return { answer: answerOf(packet, GENERAL_ANSWER, [0, 0], [...numbered, type >> 8, type & 0xff, 0]) };
}

/** Year in two bytes, month, day, hours, minutes, seconds, all of UTC; 0 for success. */
function timeOf(now_ms: number): readonly number[] {
  const now = new Date(now_ms);
  const year = now.getUTCFullYear();
  const clock = [now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds()];
  return [year >> 8, year & 0xff, now.getUTCMonth() + 1, now.getUTCDate(), ...clock, 0];
}

function answerOf(
  { mark, version, id }: Packet,
  type: number,
  number: readonly number[],
  body: readonly number[],
): Uint8Array {
  const attributes = body.length | (version === undefined ? 0 : HAS_VERSION);
  const plain = [
    ...[type >> 8, type & 0xff, attributes >> 8, attributes & 0xff],
    ...(version === undefined ? [] : [version]),
    ...id,
    ...number,
    ...body,
  ];
  const checked = [...plain, plain.reduce((sum, byte) => sum ^ byte, 0)];
  const escaping = mark - 1;
  const escaped = checked.flatMap((byte) =>
    byte === mark ? [escaping, 2] : byte === escaping ? [escaping, 1] : [byte],
  );
  return Uint8Array.of(mark, ...escaped, mark);
}
