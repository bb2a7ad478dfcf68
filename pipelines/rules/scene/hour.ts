import type { EpochMs } from "@yardline/domain/time";

/** When the hour of the town's clock began in which an instant lies. */
export function hourOf(at_ms: EpochMs, timezone: string): EpochMs {
  const local = Temporal.Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(timezone);
  return local.round({ smallestUnit: "hour", roundingMode: "floor" }).epochMilliseconds;
}
