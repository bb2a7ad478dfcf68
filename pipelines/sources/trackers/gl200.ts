import { decodeBinary, findBinaryLength, isBinary } from "./gl200-binary.ts";
import { measureJunk } from "./junk.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage } from "./protocol.ts";
import { beginsWith } from "./recognise.ts";
import { findFix, findUtc_ms, readUnsigned } from "./reported-fix.ts";

/** Engine and network reports are the longest texts, some 2 KB. */
const FRAME_BYTES_MAX = 8192;
const PLUS = 0x2b;
/** The longest of the heads that tell how long a binary packet is. */
const HEAD_BYTES = 11;
const END = 0x24;
/** Some devices end with this. */
const OTHER_END = 0x00;

/**
 * Queclink's @Track: reports in text (`+RESP:GTFRI,…$`), kept ones as `+BUFF`, and the binary kind of some series. Each names its
 * device. With "SACK" set, a device sends each text again until its number comes back.
 * @see "@Track Air Interface Protocol" of GL200 and GV: `+SACK:number$`, and `+SACK:GTHBD,version,number$` for a heartbeat
 */
export const gl200 = defineTrackerProtocol({
  name: "gl200",
  title: "Queclink @Track (GL, GV, GB, CV), text and binary over TCP and UDP",
  recognise: beginsWith("+RESP:", "+BUFF:", "+ACK", "+RSP", "+BSP", "+EVT", "+BVT", "+INF", "+HBD", "+\0"),
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: {},
  decode(state, frame) {
    if (isBinary(frame)) return { state, message: decodeBinary(frame) };
    const text = Buffer.from(frame).toString("latin1").replace(/\0+$/, "").trim();
    return text === "" ? { state } : { state, message: decodeText(text) };
  },
});

function measureFrame(bytes: Uint8Array, from: number): number | undefined {
  const [first] = bytes;
  if (first === undefined) return undefined;
  // Line ends and other bytes between packets.
  if (first !== PLUS) return measureJunk(bytes, from, 1, ([next]) => next === PLUS);
  if (bytes.length < HEAD_BYTES) return undefined;
  if (isBinary(bytes)) return findBinaryLength(bytes);
  // While the head was short, nothing in it was looked at.
  const start = from < HEAD_BYTES ? 0 : from;
  const end = bytes.subarray(start).findIndex((byte) => byte === END || byte === OTHER_END);
  return end < 0 ? undefined : start + end + 1;
}

const VERSION = /^[\dA-F]{6}(?:[\dA-F]{4})?$/i;
const ID = /^[\dA-Za-z]{6,20}$/;

function decodeText(text: string): TrackerMessage {
  const [, kind, type = "", rest = ""] = /^\+(RESP|BUFF|ACK|NACK):(\w+),(.*)$/s.exec(text) ?? [];
  const [first = "", second = "", ...others] = rest.replace(/\$$/, "").split(",");
  // The oldest devices tell no version of the protocol.
  const [version, device_id] = VERSION.test(first) ? [first, second] : ["", first];
  if (kind === undefined || !ID.test(device_id)) {
    return { fixes: [], problem: { code: "structure", text: "Bytes are no @Track packet." } };
  }
  const said = answerTo(kind, type, version, others.at(-1) ?? "");
  return {
    device_id,
    fixes: kind === "ACK" ? [] : listPlaces(others, type, kind === "BUFF"),
    ...(said !== undefined && { answer: Buffer.from(said) }),
  };
}

function answerTo(kind: string, type: string, version: string, number: string): string | undefined {
  if (!/^[\dA-F]{4}$/i.test(number)) return undefined;
  if (kind === "RESP" || kind === "BUFF") return `+SACK:${number}$`;
  return type === "GTHBD" ? `+SACK:GTHBD,${version},${number}$` : undefined;
}

const DEGREES = /^-?\d{1,3}\.\d{4,7}$/;
const WHEN = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/;

/**
 * Reports differ in what stands around, and agree on one run of fields: km/h, course, height, longitude, latitude, time.
 * One report may hold several.
 */
function listPlaces(fields: readonly string[], type: string, buffered: boolean): readonly Fix[] {
  return fields.flatMap((longitude, at) => {
    const [latitude = "", when = ""] = fields.slice(at + 1, at + 3);
    const [, year, month, day, ...clock] = WHEN.exec(when)?.map(Number) ?? [];
    if (!DEGREES.test(longitude) || !DEGREES.test(latitude) || day === undefined) return [];
    const at_ms = findUtc_ms([year ?? 0, month ?? 0, day], clock);
    if (at_ms === undefined) return [];
    const fix = findFix({
      at_ms,
      latitude: Number(latitude),
      longitude: Number(longitude),
      speed_kmh: readUnsigned(fields[at - 3]),
      course_deg: readUnsigned(fields[at - 2]),
      // Without satellites a report repeats the last place with the time at which it was taken, and is as true as it was. Only that
      // of the engine puts the present time to it.
      valid: type !== "GTCAN" || fields[at - 4] !== "0",
      buffered,
    });
    return fix ? [fix] : [];
  });
}
