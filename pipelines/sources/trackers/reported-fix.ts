import type { LatLon } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import type { Fix } from "./protocol.ts";

/** What a record says, in the units that devices use; what it does not say is absent. */
type Report = LatLon & {
  readonly at_ms?: EpochMs | undefined;
  readonly speed_kmh?: number | undefined;
  /** From those few that use it. */
  readonly speed_mps?: number | undefined;
  readonly course_deg?: number | undefined;
  readonly odometer_m?: number | undefined;
  readonly valid?: boolean | undefined;
  readonly buffered: boolean;
};

const KMH_IN_MPS = 1 / 3.6;
const MS_IN_DAY = 24 * 3_600_000;

/** A fix of a report; undefined where the place is none on earth. A speed or course that cannot be is left out. */
export function findFix(report: Report): Fix | undefined {
  const { latitude, longitude, at_ms, speed_kmh, course_deg, odometer_m, valid, buffered } = report;
  const speed_mps = report.speed_mps ?? (speed_kmh === undefined ? undefined : speed_kmh * KMH_IN_MPS);
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  return {
    latitude,
    longitude,
    buffered,
    ...(at_ms !== undefined && { at_ms }),
    ...(speed_mps !== undefined && isIn(speed_mps, 0, Number.MAX_VALUE) && { speed_mps }),
    ...(course_deg !== undefined && isIn(course_deg, 0, 360) && { course_deg: course_deg % 360 }),
    ...(odometer_m !== undefined && { odometer_m }),
    ...(valid !== undefined && { valid }),
  };
}

function isIn(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}

/** A moment from its parts in UTC, months from 1; undefined where the calendar has no such day or the clock no such time. */
export function findUtc_ms(date: readonly number[], clock: readonly number[]): EpochMs | undefined {
  const [year = 0, month = 0, day = 0] = date;
  const [hours = 0, minutes = 0, seconds = 0] = clock;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  // Date.UTC carries a 31 February over into March.
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined;
  const within_ms = Math.floor((hours * 3600 + minutes * 60 + seconds) * 1000);
  const sane =
    isIn(hours, 0, 23) && isIn(minutes, 0, 59) && seconds < 61 && isIn(within_ms, 0, MS_IN_DAY + 1000);
  return sane ? midnight.getTime() + within_ms : undefined;
}

/** Degrees of `DDMM.MMMM`, as NMEA writes them: two digits of minutes before the point, the degrees before those, none for 0. */
export function readDegreesMinutes(text: string): number {
  const [, degrees = "", minutes] = /^ *(\d{0,3}?)(\d{1,2}\.\d*)$/.exec(text) ?? [];
  return minutes === undefined ? Number.NaN : Number(degrees) + Number(minutes) / 60;
}

/** A number without a sign, as devices write speeds and courses; undefined for an empty field and for anything else. */
export function readUnsigned(text = ""): number | undefined {
  return /^ *\d+\.?\d*$/.test(text) ? Number(text) : undefined;
}
