import { measureJunk } from "./junk.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage } from "./protocol.ts";
import { either, is, isDecimal, isLaidOut, isLetter, times } from "./recognise.ts";
import { findFix, findUtc_ms } from "./reported-fix.ts";

const FRAME_BYTES_MAX = 4096;
const TEXT_MARK = 0x2a;
const TEXT_END = 0x23;
const BINARY_MARKS: ReadonlySet<number> = new Set([0x24, 0x58]);
/** Binary packets have one of these lengths, a device always the same. */
const BINARY_BYTES = [32, 42, 45] as const;
const BINARY_BYTES_MIN = BINARY_BYTES[0];
/** The length whose device has a number of fifteen digits instead of ten. */
const LONG_ID_BYTES = 42;
const KNOT_IN_KMH = 1.852;
const ID_CHARS_MAX = 32;
/** What is confirmed with the time of the message itself, so that a device that sets its clock by it keeps its own. */
const CONFIRMED: ReadonlySet<string> = new Set(["V1", "NBR", "LINK", "V3"]);

type State = { readonly binary_bytes?: number };

/**
 * H02 by Huabao, Sinotrack and relatives: `*HQ,id,type,…#` and binary packets, mixed. Each packet names its device; neither kind has a
 * checksum. A binary packet does not say its length: the first of a connection is read when the next begins, which tells it.
 */
export const h02 = defineTrackerProtocol<State>({
  name: "h02",
  title: "H02 by Huabao, Sinotrack and relatives, text and binary over TCP",
  recognise: either(
    isLaidOut(is(TEXT_MARK), isLetter, isLetter),
    isLaidOut(is(0x24), ...times(11, isDecimal)),
  ),
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: {},
  decode(state, frame) {
    const [mark = 0] = frame;
    if (BINARY_MARKS.has(mark))
      return { state: { binary_bytes: frame.length }, message: decodeBinary(frame) };
    const text = Buffer.from(frame).toString("latin1").trim();
    return text === "" ? { state } : { state, message: decodeText(text) };
  },
});

function isMark(bytes: Uint8Array): boolean {
  const [mark = 0] = bytes;
  return mark === TEXT_MARK || BINARY_MARKS.has(mark);
}

function measureFrame(bytes: Uint8Array, from: number, { binary_bytes }: State): number | undefined {
  const [mark] = bytes;
  if (mark === undefined) return undefined;
  if (mark === TEXT_MARK) {
    const end = bytes.indexOf(TEXT_END, from);
    return end < 0 ? undefined : end + 1;
  }
  if (!BINARY_MARKS.has(mark)) return measureJunk(bytes, from, 1, isMark);
  if (binary_bytes !== undefined) return Math.max(binary_bytes, BINARY_BYTES_MIN);
  for (const length of BINARY_BYTES) {
    if (bytes.length <= length) return undefined;
    if (isMark(bytes.subarray(length))) return length;
  }
  return BINARY_BYTES_MIN;
}

function decodeText(text: string): TrackerMessage {
  const [maker = "", device_id = "", type = "", ...fields] = text.replace(/#$/, "").split(",");
  if (
    !/^\*\w\w$/.test(maker) ||
    !/^\d+$/.test(device_id) ||
    device_id.length > ID_CHARS_MAX ||
    !text.endsWith("#")
  ) {
    return { fixes: [], problem: { code: "structure", text: "Bytes are no H02 packet." } };
  }
  const at = fields.findIndex(
    (_, index) => isSide(fields[index + 2], "NS") && isSide(fields[index + 4], "EW"),
  );
  const fix = at < 0 ? undefined : readTextPlace(fields, at);
  const said = CONFIRMED.has(type) ? stampOf(fields) : undefined;
  return {
    device_id,
    fixes: fix ? [fix] : [],
    ...(said && { answer: Buffer.from(`${maker},${device_id},V4,${type},${said}#`, "latin1") }),
  };
}

function isSide(field: string | undefined, sides: string): boolean {
  return field?.length === 1 && sides.includes(field);
}

/** Time, validity, latitude, side, longitude, side, speed in knots, course, sometimes the battery, date. */
function readTextPlace(fields: readonly string[], at: number): Fix | undefined {
  const [validity = "", latitude = "", northing, longitude = "", easting, speed = "", course = ""] =
    fields.slice(at);
  const date = readDigits(fields.slice(at + 7, at + 9).find((field) => readDigits(field)));
  const clock = readDigits(fields[at - 1]);
  const at_ms = date && clock ? utcOf(date, clock) : undefined;
  // A date and time that are there and none of any calendar are not "now".
  if (date && clock && at_ms === undefined) return undefined;
  return findFix({
    at_ms,
    latitude: readDegrees(latitude) * (northing === "S" ? -1 : 1),
    longitude: readDegrees(longitude) * (easting === "W" ? -1 : 1),
    speed_kmh: readNumber(speed, KNOT_IN_KMH),
    course_deg: readNumber(course, 1),
    // Some write which datum they use, where others write A or V.
    valid: validity === "A" || /^\d+$/.test(validity),
    buffered: false,
  });
}

/** DDMM.MMMM, the same without its point, or -DD-MM.MMMM; no number for anything else. */
function readDegrees(text: string): number {
  const parts = /^-?(\d{1,3}?)-?(\d{1,2}\.\d+)$/.exec(text) ?? /^(\d{2,3})(\d{6})$/.exec(text);
  if (!parts) return Number.NaN;
  const [, degrees, minutes = ""] = parts;
  return Number(degrees) + (minutes.includes(".") ? Number(minutes) : Number(minutes) / 10_000) / 60;
}

function readNumber(text: string, factor: number): number | undefined {
  return /^\s*\d+\.?\d*$/.test(text) ? Number(text) * factor : undefined;
}

/** Six digits in three pairs. */
function readDigits(text = ""): readonly number[] | undefined {
  return /^(\d\d)(\d\d)(\d\d)$/.exec(text)?.slice(1).map(Number);
}

function utcOf([day = 0, month = 0, year = 0]: readonly number[], clock: readonly number[]) {
  return findUtc_ms([2000 + year, month, day], clock);
}

/** The message's own date and time as the confirmation writes them: its first field, and its last six digits. */
function stampOf(fields: readonly string[]): string | undefined {
  const clock = readDigits(fields[0]);
  const date = readDigits(fields.slice(1).findLast((field) => readDigits(field)));
  const at_ms = clock && date ? utcOf(date, clock) : undefined;
  return at_ms === undefined ? undefined : new Date(at_ms).toISOString().replaceAll(/\D/g, "").slice(0, 14);
}

const BINARY = /^(\d{6})(\d{6})(\d\d)(\d{6})[\da-f]{2}(\d{3})(\d{6})([\da-f])(\d{3})(\d{3})/;

/** Time, date, latitude, battery, longitude and half a byte of bits, speed in knots, course: decimal digits in half bytes. */
function decodeBinary(frame: Uint8Array): TrackerMessage {
  const digits = Buffer.from(frame).toString("hex").slice(2);
  const isLong = frame.length === LONG_ID_BYTES;
  const device_id = digits.slice(0, isLong ? 15 : 10);
  const parts = BINARY.exec(digits.slice(isLong ? 16 : 10));
  if (frame.length < BINARY_BYTES_MIN || !parts || !/^\d+$/.test(device_id)) {
    return { fixes: [], problem: { code: "structure", text: "Bytes are no H02 packet." } };
  }
  const [, clock, date, south = 0, minutes = 0, east = 0, seconds = 0, bits = "", speed, course] = parts;
  const flags = Number.parseInt(bits, 16);
  const at_ms = utcOf(readDigits(date) ?? [], readDigits(clock) ?? []);
  const fix = findFix({
    at_ms,
    latitude: (Number(south) + Number(minutes) / 600_000) * ((flags & 4) === 0 ? -1 : 1),
    longitude: (Number(east) + Number(seconds) / 600_000) * ((flags & 8) === 0 ? -1 : 1),
    speed_kmh: Number(speed) * KNOT_IN_KMH,
    course_deg: Number(course),
    valid: (flags & 2) !== 0,
    buffered: false,
  });
  return { device_id, fixes: fix && at_ms !== undefined ? [fix] : [] };
}
