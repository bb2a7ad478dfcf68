import type { LatLon } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import { isServiceDate } from "@yardline/timetable/service-day";

/** A position fit for matching. When it came in is not part of it: a delayed fix says the same as a prompt one. */
export type Fix = LatLon & {
  readonly at_ms: EpochMs;
  /** The trip that the source names, and its service day. */
  readonly trip_id?: string;
  readonly start_date?: string;
  readonly route_id?: string;
  /** Names the trip together with line and day, where the source has no trip ids. */
  readonly direction_id?: number;
  readonly start_time?: string;
};

/** Why a position is quarantined. */
export type Refusal = "no-place" | "no-fix" | "frozen" | "ahead-of-time" | "too-late";

/** A device clock this far ahead is wrong, not fast. */
export const AHEAD_MAX_MS = 5 * 60_000;
/** Black boxes and dead zones deliver late; later than this nothing is kept that it could correct. */
export const LATE_MAX_MS = 7 * 86_400_000;
/** Nearer than this to 0/0 is what receivers say without a fix; open sea for 500 km around. */
const NOWHERE_DEG = 0.001;
/** Decimals of a degree that mean something: 0.1 m. Equal fixes from two ways must be equal bit by bit. */
const DEGREE_STEPS = 1e6;

/** Takes what matching needs out of a position, or tells why it cannot be believed. */
export function cleanFix(position: VehiclePosition): Fix | Refusal {
  const { latitude, longitude, at_ms, received_at_ms, trip_id, start_date, route_id } = position;
  const { direction_id, start_time } = position;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return "no-place";
  if (Math.abs(latitude) < NOWHERE_DEG && Math.abs(longitude) < NOWHERE_DEG) return "no-fix";
  if (position.frozen) return "frozen";
  if (!Number.isSafeInteger(at_ms) || at_ms > received_at_ms + AHEAD_MAX_MS) return "ahead-of-time";
  if (at_ms < received_at_ms - LATE_MAX_MS) return "too-late";
  return {
    at_ms,
    latitude: Math.round(latitude * DEGREE_STEPS) / DEGREE_STEPS,
    longitude: Math.round(longitude * DEGREE_STEPS) / DEGREE_STEPS,
    ...(trip_id && { trip_id }),
    ...(start_date && isServiceDate(start_date) && { start_date }),
    ...(route_id && { route_id }),
    ...(direction_id !== undefined && { direction_id }),
    ...(start_time && { start_time }),
  };
}

/**
 * An order in which no two different fixes are equal: by time, then by everything else. Of two statements about one
 * instant the first in this order counts, whichever came first.
 */
export function compareFixes(a: Fix, b: Fix): number {
  return a.at_ms - b.at_ms || compareText(contentOf(a), contentOf(b));
}

function contentOf(fix: Fix): string {
  const { latitude, longitude, trip_id, start_date, route_id, direction_id, start_time } = fix;
  return JSON.stringify([trip_id, start_date, route_id, latitude, longitude, direction_id, start_time]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
