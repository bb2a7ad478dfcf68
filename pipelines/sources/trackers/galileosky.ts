import { type ByteCursor, openCursor } from "./byte-cursor.ts";
import { crc16Modbus } from "./crc16-reflected.ts";
import { findTagLength } from "./galileosky-tags.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage, type TrackerProblem } from "./protocol.ts";
import { any, either, is, isDigit, isLaidOut } from "./recognise.ts";
import { findFix } from "./reported-fix.ts";

const DATA = 0x01;
/** From a Garmin navigator that hangs on the device; the maker wants no answer to it. */
const GARMIN = 0x06;
const PHOTO = 0x07;
const COMPRESSED = 0x08;
const TYPES: ReadonlySet<number> = new Set([DATA, GARMIN, PHOTO, COMPRESSED]);
const CONFIRMED = 0x02;
const HEAD_BYTES = 3;
const CHECKSUM_BYTES = 2;
/** The length's high bit: the archive holds more that was not sent. */
const ARCHIVE = 0x8000;
const FRAME_BYTES_MAX = HEAD_BYTES + 0x7fff + CHECKSUM_BYTES;

const IMEI = 0x03;
const NUMBER = 0x04;
const TIME = 0x20;
const PLACE = 0x30;
const MOTION = 0x33;

type State = {
  /** A device that has said its IMEI is not renamed by its short number. */
  readonly device_id?: string;
};

type Draft = {
  readonly seen: Set<number>;
  at_ms?: number;
  place?: { readonly latitude: number; readonly longitude: number; readonly valid: boolean };
  motion?: { readonly speed_kmh: number; readonly course_deg: number };
};

type Read = {
  readonly fixes: readonly Fix[];
  readonly imei?: string;
  readonly number?: string;
  readonly problem?: TrackerProblem;
};

/** Devices send packets of some hundred bytes; the highest bit is the archive's. */
const isShort = (byte: number) => (byte & 0x7f) <= 4;
const head = [is(DATA), any, isShort] as const;
/** The tags that devices put first: versions, IMEI, number, archive's number, time. */
const recognise = either(
  isLaidOut(...head, is(0x01), any, is(0x02, 0x03)),
  isLaidOut(...head, is(0x02), any, is(0x03)),
  isLaidOut(...head, is(0x03), isDigit, isDigit, isDigit),
  isLaidOut(...head, is(0x04), any, any, is(0x10, 0x20)),
  isLaidOut(...head, is(0x10), any, any, is(0x20)),
);

/**
 * Galileosky over TCP: packets of tagged values, low byte first. A tag that comes again begins the next record. The answer
 * repeats the checksum as it was reckoned here: the device sends the packet again until it is its own.
 * @see the chapter "Server exchange protocol" of Galileosky's user manuals
 */
export const galileosky = defineTrackerProtocol<State>({
  name: "galileosky",
  title: "Galileosky, binary over TCP, compressed or not",
  recognise,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: {},
  decode,
});

function measureFrame(bytes: Uint8Array): number | undefined {
  const [type = DATA] = bytes;
  if (!TYPES.has(type)) return Number.POSITIVE_INFINITY;
  return bytes.length < HEAD_BYTES ? undefined : HEAD_BYTES + (lengthOf(bytes) & ~ARCHIVE) + CHECKSUM_BYTES;
}

function lengthOf(bytes: Uint8Array): number {
  return (bytes[1] ?? 0) + 256 * (bytes[2] ?? 0);
}

function decode(
  state: State,
  frame: Uint8Array,
): { readonly state: State; readonly message?: TrackerMessage } {
  if (frame.length === 0) return { state };
  if (measureFrame(frame) !== frame.length) {
    return {
      state,
      message: { fixes: [], problem: { code: "structure", text: "A packet is cut off, or is none." } },
    };
  }
  const [type = DATA] = frame;
  const checksum = crc16Modbus(frame.subarray(0, -CHECKSUM_BYTES));
  const sent = (frame.at(-2) ?? 0) + 256 * (frame.at(-1) ?? 0);
  const answer = Uint8Array.of(type === PHOTO ? PHOTO : CONFIRMED, checksum & 0xff, checksum >> 8);
  if (type === GARMIN) return { state, message: { fixes: [] } };
  if (type === PHOTO) {
    // Confirmed, or it would come for ever.
    const problem = { code: "unwanted", text: "Photos are not taken." } as const;
    return { state, message: { fixes: [], answer, problem } };
  }
  const body = frame.subarray(HEAD_BYTES, -CHECKSUM_BYTES);
  const buffered = (lengthOf(frame) & ARCHIVE) !== 0;
  const { fixes, imei, number, problem } = type === DATA ? readRecords(body, buffered) : readCompressed(body);
  if (checksum !== sent) {
    const damage = { code: "checksum", text: "A packet's checksum is wrong." } as const;
    return { state, message: { fixes, answer, problem: damage } };
  }
  const device_id = imei ?? state.device_id ?? number;
  return {
    state: device_id === undefined ? state : { device_id },
    message: { ...(device_id !== undefined && { device_id }), fixes, answer, ...(problem && { problem }) },
  };
}

function readRecords(body: Uint8Array, buffered: boolean): Read {
  const cursor = openCursor(body, "little");
  const fixes: Fix[] = [];
  const names: { imei?: string; number?: string } = {};
  let draft: Draft = { seen: new Set() };
  let problem: TrackerProblem | undefined;
  const finish = () => {
    const { fix, problem: trouble } = finished(draft, buffered);
    if (fix) fixes.push(fix);
    problem ??= trouble;
    draft = { seen: new Set() };
  };
  while (cursor.left() > 0) {
    const tag = cursor.u8();
    if (draft.seen.has(tag)) finish();
    draft.seen.add(tag);
    const value = takeValue(cursor, tag);
    if (value === undefined || cursor.overrun()) {
      problem = { code: "structure", text: "A packet has a tag that is unknown or cut off." };
      break;
    }
    note(value, tag, draft, names);
  }
  finish();
  return { fixes, ...names, ...(problem && { problem }) };
}

/** A tag's value without its own length; undefined where the tag is unknown. */
function takeValue(cursor: ByteCursor, tag: number): ByteCursor | undefined {
  const length = findTagLength(tag);
  if (length === undefined) return undefined;
  const bytes = "bytes" in length ? length.bytes : length.own === 1 ? cursor.u8() : cursor.u16();
  return openCursor(cursor.take(bytes), "little");
}

function note(value: ByteCursor, tag: number, draft: Draft, names: { imei?: string; number?: string }): void {
  switch (tag) {
    case IMEI: {
      const imei = Buffer.from(value.take(15)).toString("latin1");
      if (/^\d{15}$/.test(imei)) names.imei = imei;
      break;
    }
    case NUMBER:
      names.number = String(value.u16());
      break;
    case TIME:
      draft.at_ms = value.u32() * 1000;
      break;
    case PLACE: {
      // Low four bits: satellites. High four: 0 by satellites, 2 by the cells of a telephone network, else not known.
      const valid = (value.u8() & 0xf0) === 0;
      draft.place = { latitude: value.i32() / 1e6, longitude: value.i32() / 1e6, valid };
      break;
    }
    case MOTION:
      draft.motion = { speed_kmh: value.u16() / 10, course_deg: value.u16() / 10 };
      break;
    default:
  }
}

function finished(
  { place, at_ms, motion }: Draft,
  buffered: boolean,
): { fix?: Fix; problem?: TrackerProblem } {
  if (!place) return {};
  if (at_ms === undefined) return { problem: { code: "time", text: "A record has a place without a time." } };
  const fix = findFix({ ...place, ...motion, at_ms, buffered });
  return fix ? { fix } : { problem: { code: "coordinates", text: "A record's place is none on earth." } };
}

/**
 * Ten bytes of time, validity and place, high bit first; then how many tags follow, which, and their values. The time counts
 * from a new year that is not said: such a fix has none, and may not be taken for one of now.
 */
function readCompressed(body: Uint8Array): Read {
  const cursor = openCursor(body, "little");
  const fixes: Fix[] = [];
  const names: { imei?: string; number?: string } = {};
  while (cursor.left() > 0) {
    const bits = cursor.take(10).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    const field = (after: number, width: number) =>
      Number((bits >> BigInt(80 - after - width)) & ((1n << BigInt(width)) - 1n));
    const draft: Draft = { seen: new Set() };
    const tags = [...cursor.take(cursor.u8() & 0x7f)];
    for (const tag of tags) {
      const value = takeValue(cursor, tag);
      if (value === undefined) return { fixes, ...names, problem: CUT };
      note(value, tag, draft, names);
    }
    if (cursor.overrun()) return { fixes, ...names, problem: CUT };
    const fix = findFix({
      latitude: (field(49, 21) * 180) / 2 ** 21 - 90,
      longitude: (field(27, 22) * 360) / 2 ** 22 - 180,
      valid: field(26, 1) === 0,
      ...draft.motion,
      at_ms: draft.at_ms,
      buffered: true,
    });
    if (fix) fixes.push(fix);
  }
  return { fixes, ...names };
}

const CUT = { code: "structure", text: "A packet has a tag that is unknown or cut off." } as const;
