import { defineTrackerProtocol, type Fix, type TrackerMessage } from "./protocol.ts";
import { beginsWith } from "./recognise.ts";
import { findFix, readDegreesMinutes, readUnsigned } from "./reported-fix.ts";

const FRAME_BYTES_MAX = 2048;
const BEGIN = 0x28;
const END = 0x29;
/** Texts for people stand between two of these, and may hold any bracket. */
const QUOTE = 0x24;

/**
 * TK103 by Xexun's licensees (GPS-103B, Totem's, ReachFar's and relatives): `(` number, command of four letters, fields `)`. Each
 * packet names its device; there is no checksum. Logins, reports after them and alarms want a word.
 * @see "GPS Tracker Communication Protocol" V2.3 for TK103: BP00 → AP01HSO, BP05 → AP05, BO01 → AS01
 */
export const tk103 = defineTrackerProtocol({
  name: "tk103",
  title: "TK103 and relatives, text in brackets over TCP and UDP",
  recognise: beginsWith("("),
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: {},
  decode(state, frame) {
    const text = Buffer.from(frame).toString("latin1").trim();
    return text === "" ? { state } : { state, message: decodePacket(text) };
  },
});

function measureFrame(bytes: Uint8Array): number | undefined {
  if (bytes.length === 0) return undefined;
  if (bytes[0] !== BEGIN) {
    const begin = bytes.indexOf(BEGIN);
    return begin < 0 ? undefined : begin;
  }
  let quoted = false;
  for (let at = 1; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) quoted = !quoted;
    if (bytes[at] === END && !quoted) return at + 1;
  }
  return undefined;
}

function decodePacket(text: string): TrackerMessage {
  const [, number, type = "", rest = ""] =
    /^\(([0-9A-Za-z]{4,20}?),?([A-Z]{2}[0-9A-Z]{2}),?(.*?)\)?$/s.exec(text) ?? [];
  if (number === undefined) {
    return { fixes: [], problem: { code: "structure", text: "Bytes are no TK103 packet." } };
  }
  const commas = text.startsWith(`(${number},`);
  const fix = readPlace(rest, commas);
  const said = answerTo(type, number, rest);
  return {
    device_id: number,
    fixes: fix ? [fix] : [],
    ...(said !== undefined && { answer: Buffer.from(said) }),
  };
}

function answerTo(type: string, number: string, rest: string): string | undefined {
  switch (type) {
    case "BP00":
      return `(${number}AP01HSO)`;
    case "BP05":
      return `(${number}AP05)`;
    case "BO01":
      return `(${number}AS01${rest.slice(0, 1)})`;
    default:
      return undefined;
  }
}

/** Date, validity, place, km/h, time, course; between commas, or as columns of a fixed width. */
const PLACE =
  /(\d\d)(\d\d)(\d\d),?([AV]),? *([\d.]+)([NS]),? *([\d.]+)([EW]),?([ \d.]{1,5})(?:\d*,)?(\d\d)(\d\d)(\d\d),?(.*)$/s;
/** Course of six characters or two digits, then battery, ignition, switches and fuel before the mileage; or a number alone. */
const COURSE = /^(?:([ \d.]{6}|\d\d),?[01][01][\da-f]{6}L[\da-f]+|(\d+\.\d+))/i;

function readPlace(rest: string, commas: boolean): Fix | undefined {
  const parts = PLACE.exec(rest);
  if (!parts) return undefined;
  const [, first, second, third, validity, latitude = "", northing, longitude = "", easting, speed] = parts;
  const [clock, after = ""] = [parts.slice(10, 13).map(Number), parts[13]];
  // Between commas the day comes first, in columns the year.
  const [year, day] = commas ? [third, first] : [first, third];
  const [hours = 0, minutes = 0, seconds = 0] = clock;
  // An impossible month comes out years away, and is then held as too late like any other moment of a device without a clock.
  const at_ms = Date.UTC(2000 + Number(year), Number(second) - 1, Number(day), hours, minutes, seconds);
  if (Number(day) === 0) return undefined;
  const [, column, number] = COURSE.exec(after) ?? [];
  return findFix({
    at_ms,
    latitude: readDegreesMinutes(latitude) * (northing === "S" ? -1 : 1),
    longitude: readDegreesMinutes(longitude) * (easting === "W" ? -1 : 1),
    speed_kmh: readUnsigned(speed),
    course_deg: readUnsigned(column ?? number),
    valid: validity === "A",
    buffered: false,
  });
}
