import type { EpochMs } from "@yardline/domain/time";
import { defineTrackerProtocol, type Fix, type TrackerMessage } from "./protocol.ts";
import { beginsWith } from "./recognise.ts";
import { findFix, findUtc_ms } from "./reported-fix.ts";

const FRAME_BYTES_MAX = 4096;
const ENDS: ReadonlySet<number> = new Set([...";*\n"].map((end) => end.charCodeAt(0)));
/** A heartbeat is the device's number, often with no end mark at all. */
const ID_DIGITS = 15;
const KNOT_IN_KMH = 1.852;
const MS_IN_MINUTE = 60_000;
const MINUTES_IN_DAY = 24 * 60;

/**
 * GPS103 by Xexun and Coban (TK103A/B and relatives): text. The device names itself in each packet; login and heartbeat want a word.
 * Its date is of its own time zone, its fix's time is UTC: together they give the moment.
 */
export const gps103 = defineTrackerProtocol({
  name: "gps103",
  title: "GPS103 by Coban and relatives, text over TCP",
  recognise: beginsWith("##,imei:", "imei:"),
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: {},
  decode(state, frame) {
    const text = Buffer.from(frame)
      .toString("latin1")
      .replace(/[;*\r\n]+$/, "")
      .trim();
    return text === "" ? { state } : { state, message: decodeText(text) };
  },
});

function measureFrame(bytes: Uint8Array, from: number): number | undefined {
  const digits = bytes.subarray(0, ID_DIGITS);
  const isHeartbeat = digits.every((byte) => byte >= 0x30 && byte <= 0x39);
  if (isHeartbeat) return digits.length < ID_DIGITS ? undefined : ID_DIGITS;
  const start = from < ID_DIGITS ? 0 : from;
  const end = bytes.subarray(start).findIndex((byte) => ENDS.has(byte));
  return end < 0 ? undefined : start + end + 1;
}

function decodeText(text: string): TrackerMessage {
  const heartbeat = /^\d{15}$/.exec(text)?.[0];
  if (heartbeat) return { device_id: heartbeat, fixes: [], answer: Buffer.from("ON") };
  const [, device_id, body] = /imei:(\d{8,20}),(.*)$/s.exec(text) ?? [];
  if (device_id === undefined || body === undefined) {
    return { fixes: [], problem: { code: "structure", text: "Bytes are no GPS103 packet." } };
  }
  return { device_id, ...decodeBody(device_id, body) };
}

function decodeBody(device_id: string, body: string): TrackerMessage {
  const [keyword = "", ...fields] = body.split(",");
  if (/^[AL]?$/.test(keyword) && fields.join("") === "") return { fixes: [], answer: Buffer.from("LOAD") };
  if (keyword === "vr") {
    return { fixes: [], problem: { code: "unwanted", text: "Photos of devices are not taken." } };
  }
  const fix = findPlace(body) ?? findOtherPlace(body);
  return {
    fixes: fix ? [fix] : [],
    // A cry for help is repeated until it is heard.
    ...(keyword === "help me" && { answer: Buffer.from(`**,imei:${device_id},E;`) }),
  };
}

/** Keyword, local date and time, phone or tag, F, UTC time, validity, place, knots, course. Sides stand before or after, or miss. */
const PLACE =
  /^[^,]*,([^,]*),[^,]*,F,([^,]*),([AV]),(?:([NS]),)?(\d{1,3}?)(\d\d\.\d+),(?:([NS])?,)?(?:([EW]),)?(\d{1,3}?)(\d\d\.\d+),(?:([EW])?,)?(\d+\.?\d*)?(?:,(\d+\.?\d*))?/;

function findPlace(body: string): Fix | undefined {
  const parts = PLACE.exec(body);
  if (!parts) return undefined;
  const [, local = "", utc = "", validity, north, ...place] = parts;
  const [latitude, minutes, north_after, east, longitude, seconds, east_after, speed, course] = place;
  const at_ms = findMoment_ms(local, utc);
  // A date that is there and none of any calendar is not of now.
  if (at_ms === undefined && /\d/.test(local)) return undefined;
  return findFix({
    at_ms,
    latitude: (Number(latitude) + Number(minutes) / 60) * (north === "S" || north_after === "S" ? -1 : 1),
    longitude: (Number(longitude) + Number(seconds) / 60) * (east === "W" || east_after === "W" ? -1 : 1),
    speed_kmh: speed === undefined ? undefined : Number(speed) * KNOT_IN_KMH,
    course_deg: course === undefined ? undefined : Number(course),
    valid: validity === "A",
    buffered: false,
  });
}

/** The UTC time on the day of the local date, or on the day beside it: no zone is further than half a day from UTC. */
function findMoment_ms(local: string, utc: string): EpochMs | undefined {
  const [, year, month, day, hours, minutes] =
    /^(\d\d)\/?(\d\d)\/?(\d\d) ?(\d\d):?(\d\d)(?:\d\d)?$/.exec(local) ?? [];
  if (day === undefined) return undefined;
  const date = [2000 + Number(year), Number(month), Number(day)];
  const clock = /^(\d\d)(\d\d)(\d\d)(?:\.\d+)?$/.exec(utc)?.slice(1).map(Number);
  const local_ms = findUtc_ms(date, [Number(hours), Number(minutes), 0]);
  if (!clock) return local_ms;
  const same_day_ms = findUtc_ms(date, clock);
  if (local_ms === undefined || same_day_ms === undefined) return undefined;
  const [utc_hours = 0, utc_minutes = 0] = clock;
  const ahead_minutes = (Number(hours) - utc_hours) * 60 + Number(minutes) - utc_minutes;
  const days = ahead_minutes <= -MINUTES_IN_DAY / 2 ? -1 : ahead_minutes > MINUTES_IN_DAY / 2 ? 1 : 0;
  return same_day_ms + days * MINUTES_IN_DAY * MS_IN_MINUTE;
}

/** Name, event, sensor, voltage; UTC time and date; signal, fix, place in degrees, km/h, course. */
const OTHER_PLACE =
  /^[^,]*,[^,]*,[^,]*,[^,]*,(\d\d)(\d\d)(\d\d),(\d\d)(\d\d)(\d\d),\d+,(\d),(-?\d+\.\d+),(-?\d+\.\d+),(\d+),(\d+),/;

function findOtherPlace(body: string): Fix | undefined {
  const numbers = OTHER_PLACE.exec(body)?.slice(1).map(Number);
  if (!numbers) return undefined;
  const [day = 0, month = 0, year = 0, status = 0, latitude = 0, longitude = 0, speed_kmh, course_deg] =
    numbers.slice(3);
  const at_ms = findUtc_ms([2000 + year, month, day], numbers.slice(0, 3));
  if (at_ms === undefined) return undefined;
  return findFix({ at_ms, latitude, longitude, speed_kmh, course_deg, valid: status > 0, buffered: false });
}
