import type { EpochMs } from "@yardline/domain/time";
import type { Fix } from "./protocol.ts";

/** Date to satellites: what every record has. A shorter one was cut off. */
const FIELDS_MIN = 10;
/** Fewer satellites give no place. */
const SATELLITES_MIN = 3;
const KMH_IN_MPS = 1 / 3.6;
const LATITUDE_MAX = 90;
const LONGITUDE_MAX = 180;

/** What of a record cannot be read; the protocol has an answer for each. */
export type RecordProblem = "structure" | "time" | "coordinates" | "motion" | "satellites";

/** Neither fix nor problem: the device sent `NA` for its place. */
type WialonRecord = { readonly fix?: Fix; readonly problem?: RecordProblem };

const BROKEN = Symbol("unreadable");
type Read<T> = T | undefined | typeof BROKEN;

/**
 * Reads `date;time;lat1;lat2;lon1;lon2;speed;course;height;sats` and whatever follows: sensors are not ours to read, so a mistake
 * in them never costs a place. `NA` and an empty field both mean "not known".
 */
export function readWialonRecord(record: string, buffered: boolean): WialonRecord {
  const fields = record.split(";").map((field) => field.trim());
  if (fields.length < FIELDS_MIN) return { problem: "structure" };
  const [date = "", time = "", lat1 = "", lat2 = "", lon1 = "", lon2 = ""] = fields;
  const at_ms = readTime(date, time);
  if (at_ms === BROKEN) return { problem: "time" };
  const latitude = readDegrees(lat1, lat2, "N", "S", LATITUDE_MAX);
  const longitude = readDegrees(lon1, lon2, "E", "W", LONGITUDE_MAX);
  if (latitude === BROKEN || longitude === BROKEN) return { problem: "coordinates" };
  const [speed_kmh, course_deg, altitude_m, satellites] = fields.slice(6, FIELDS_MIN).map(readNumber);
  if (speed_kmh === BROKEN || course_deg === BROKEN || altitude_m === BROKEN) return { problem: "motion" };
  if (satellites === BROKEN) return { problem: "satellites" };
  if (latitude === undefined && longitude === undefined) return {};
  if (latitude === undefined || longitude === undefined) return { problem: "coordinates" };
  return {
    fix: {
      latitude,
      longitude,
      buffered,
      ...(at_ms !== undefined && { at_ms }),
      // Phones say "unknown" with a negative number.
      ...(speed_kmh !== undefined && speed_kmh >= 0 && { speed_mps: speed_kmh * KMH_IN_MPS }),
      ...(course_deg !== undefined && course_deg >= 0 && { course_deg: course_deg % 360 }),
      ...(satellites !== undefined && { valid: satellites >= SATELLITES_MIN }),
    },
  };
}

function isUnknown(field: string): boolean {
  return field === "" || field.toUpperCase() === "NA";
}

function readNumber(field: string): Read<number> {
  if (isUnknown(field)) return undefined;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(field) ? Number(field) : BROKEN;
}

/** DDMMYY and HHMMSS, with a fraction since 2.1; UTC. Only both together may be unknown. */
function readTime(date: string, time: string): Read<EpochMs> {
  if (isUnknown(date) && isUnknown(time)) return undefined;
  const day = /^(\d\d)(\d\d)(\d\d)$/.exec(date)?.map(Number);
  const clock = /^(\d\d)(\d\d)(\d\d(?:\.\d+)?)$/.exec(time)?.map(Number);
  if (!day || !clock) return BROKEN;
  const [, dd = 0, mm = 0, yy = 0] = day;
  const [, hours = 0, minutes = 0, seconds = 0] = clock;
  const midnight = new Date(Date.UTC(2000 + yy, mm - 1, dd));
  // Date.UTC carries a 31 February over into March.
  if (midnight.getUTCMonth() !== mm - 1 || midnight.getUTCDate() !== dd) return BROKEN;
  if (hours > 23 || minutes > 59 || seconds >= 61) return BROKEN;
  return midnight.getTime() + hours * 3_600_000 + minutes * 60_000 + Math.floor(seconds * 1000);
}

/** DDMM.MMMM or DDDMM.MMMM. Devices exist that count minutes past 60; they mean what they add up to. */
function readDegrees(
  value: string,
  side: string,
  positive: string,
  negative: string,
  max: number,
): Read<number> {
  if (isUnknown(value)) return undefined;
  const sign = { [positive]: 1, [negative]: -1 }[side.toUpperCase()];
  const parts = /^(\d*?)(\d{1,2}(?:\.\d*)?)$/.exec(value);
  if (!sign || !parts) return BROKEN;
  const degrees = Number(parts[1]) + Number(parts[2]) / 60;
  return degrees <= max ? sign * degrees : BROKEN;
}
