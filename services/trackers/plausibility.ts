import { isNowhere } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import type { Fix } from "@yardline/sources/trackers/protocol";
import type { HeldReason } from "@yardline/telemetry/trackers";

/** How far a device's clock may run ahead of ours. */
export const AHEAD_MAX_MS = 5 * 60_000;
/** The longest that a device may have carried a fix in its memory. */
export const LATE_MAX_MS = 7 * 24 * 3_600_000;

/** Whether to believe a fix; undefined means yes. One that is not believed is still acknowledged, or it would come for ever. */
export function whyHeld(fix: Fix, received_at_ms: EpochMs): HeldReason | undefined {
  if (fix.valid === false) return "no-fix";
  if (isNowhere(fix)) return "nowhere";
  if (fix.at_ms === undefined) return fix.buffered ? "no-time" : undefined;
  if (fix.at_ms > received_at_ms + AHEAD_MAX_MS) return "future";
  if (fix.at_ms < received_at_ms - LATE_MAX_MS) return "late";
  return undefined;
}

/** A live fix without a time of its own is of the moment in which it arrived. */
export function positionOf(fix: Fix, vehicle_id: string, received_at_ms: EpochMs): VehiclePosition {
  const { at_ms = received_at_ms, latitude, longitude, speed_mps, course_deg } = fix;
  return {
    vehicle_id,
    at_ms,
    received_at_ms,
    latitude,
    longitude,
    ...(speed_mps !== undefined && { speed_mps }),
    ...(course_deg !== undefined && { course_deg }),
  };
}
