import type { EpochMs } from "./time.ts";

/** One statement of a tracker or feed about where a vehicle was. Units are SI, angles in degrees. */
export type VehiclePosition = {
  /** Fleet number or the feed's vehicle id: what people call this bus. Never a plate, never an IMEI. */
  readonly vehicle_id: string;
  /** The device's own time of the fix, once plausible; corrected where its clock was found to be off. */
  readonly at_ms: EpochMs;
  /** What the device said, where `at_ms` is a correction of it. */
  readonly device_at_ms?: EpochMs;
  /** When the gateway took it in. */
  readonly received_at_ms: EpochMs;
  readonly latitude: number;
  readonly longitude: number;
  readonly speed_mps?: number;
  /** Clockwise from north, [0, 360). */
  readonly course_deg?: number;
  /** Only where the source names the trip itself (feeds do); trackers do not. */
  readonly trip_id?: string;
  /** Service day of `trip_id` as YYYYMMDD. */
  readonly start_date?: string;
  readonly route_id?: string;
  /** With the line and the start it names a trip as well: 0 or 1, as in GTFS. */
  readonly direction_id?: number;
  /** HH:MM:SS, from noon minus 12 h of the service day. */
  readonly start_time?: string;
  readonly block_id?: string;
  /** The receiver repeats an old place: where the vehicle is, nobody knows. */
  readonly frozen?: true;
};
