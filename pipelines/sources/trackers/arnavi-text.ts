import type { TrackerMessage, TrackerProblem } from "./protocol.ts";
import { findFix, findUtc_ms } from "./reported-fix.ts";

const KNOT_IN_KMH = 1.852;

/**
 * The end of a line with a place: kind of fix, satellites, in some versions two heights, then `hhmmss,ddmm.mmmmN,dddmm.mmmmE,`
 * knots, degrees, `ddmmyy`. What comes before differs between versions, what comes after are sensors.
 */
const PLACE =
  /,([01]),(\d+),(?:(?:-?\d+\.\d+)?,(?:-?\d+\.\d+)?,)?(\d\d)(\d\d)(\d\d),(\d\d)(\d\d\.\d+)([NS]),(\d{3})(\d\d\.\d+)([EW]),(\d+\.\d+),(\d+\.\d+),(\d\d)(\d\d)(\d\d)(?:,|$)/;

/** `$AV,type,device,…*` and two hex digits: all bytes between the marks, xor. Only the types V2 to V4 and the like tell of a place. */
export function decodeArnaviText(line: string): TrackerMessage {
  const packet = /^\$(AV,V\d\w*,(\d{1,20}),.*)\*([0-9a-f]{2})$/i.exec(line.trim());
  if (!packet) return unread("structure", "A line is no Arnavi packet.");
  const [, body = "", device_id = "", checksum = ""] = packet;
  const fixes = listPlace(body);
  if (xorOf(body) === Number.parseInt(checksum, 16)) return { device_id, fixes };
  return { ...unread("checksum", "A line's checksum is wrong."), fixes };
}

function listPlace(body: string): TrackerMessage["fixes"] {
  const found = PLACE.exec(body);
  if (!found) return [];
  const [
    ,
    kind,
    satellites,
    hours,
    minutes,
    seconds,
    latDeg,
    latMin,
    side,
    lonDeg,
    lonMin,
    hand,
    knots,
    course,
    day,
    month,
    year,
  ] = found;
  const degrees = Number(latDeg) + Number(latMin) / 60;
  const across = Number(lonDeg) + Number(lonMin) / 60;
  const at_ms = findUtc_ms(
    [2000 + Number(year), Number(month), Number(day)],
    [Number(hours), Number(minutes), Number(seconds)],
  );
  const fix = findFix({
    at_ms,
    latitude: side === "S" ? -degrees : degrees,
    longitude: hand === "W" ? -across : across,
    speed_kmh: Number(knots) * KNOT_IN_KMH,
    course_deg: Number(course),
    valid: kind === "1" && Number(satellites) > 0,
    buffered: at_ms === undefined,
  });
  return fix ? [fix] : [];
}

function xorOf(text: string): number {
  return Buffer.from(text, "latin1").reduce((sum, byte) => sum ^ byte, 0);
}

function unread(code: TrackerProblem["code"], text: string): TrackerMessage {
  return { fixes: [], problem: { code, text } };
}
