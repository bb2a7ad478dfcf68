import type { EpochMs } from "./time.ts";

/** One trip of the timetable on one service day: what a vehicle really drives. */
export type TripRun = {
  /** Feed id: several timetables may be loaded. */
  readonly feed: string;
  /** Service day, YYYYMMDD; times of it count from noon minus twelve hours and may pass 24:00. */
  readonly service_date: string;
  readonly trip_id: string;
  /** HH:MM:SS of the first departure, only for frequency-based trips. */
  readonly start_time?: string;
  readonly route_id: string;
  /** True where people added it: no timetable has the trip. */
  readonly added?: true;
};

/** When a vehicle of a trip run is expected at one stop. */
export type Arrival = {
  readonly run: TripRun;
  readonly stop_id: string;
  readonly stop_sequence: number;
  readonly headsign?: string;
  readonly scheduled_at_ms: EpochMs;
  readonly predicted_at_ms: EpochMs;
  /** An interval that should hold the real arrival four times out of five; absent where nothing is known but the timetable. */
  readonly low_ms?: EpochMs;
  readonly high_ms?: EpochMs;
  /** `live`: from a vehicle's own positions; `timetable`: nobody reports on this run; `lost`: it did, but not for a while. */
  readonly basis: "live" | "timetable" | "lost";
  /** Set where the vehicle should have come and nobody reports on its run: it did not come, or it is not known. */
  readonly overdue?: "missed" | "unknown";
  readonly vehicle_id?: string;
  /** True where the vehicle still drives the run before this one in its block. */
  readonly next_run?: true;
  /** Time of the fix that the prediction rests on. */
  readonly signal_at_ms?: EpochMs;
  /** True where people cancelled the run: nothing comes. */
  readonly cancelled?: true;
  /** Why the run passes this stop by. */
  readonly skipped?: "stop-closed" | "detour";
  /** True where live positions of the line are not shown, so that the timetable is all that can be said. */
  readonly withheld?: true;
  /** The neighbour who told it, by name; absent for our own. */
  readonly shared_by?: string;
};

/** A vehicle as the map shows it. */
export type LiveVehicle = {
  readonly vehicle_id: string;
  readonly at_ms: EpochMs;
  readonly latitude: number;
  readonly longitude: number;
  readonly speed_mps?: number;
  readonly course_deg?: number;
  /** Absent while it is on no trip run. */
  readonly run?: TripRun;
  /** Where the sign on its front says that it goes. */
  readonly headsign?: string;
  /** Against the timetable; positive is late. */
  readonly delay_s?: number;
  /** The stop that it comes to next. */
  readonly stop_id?: string;
  readonly stop_sequence?: number;
  /** The neighbour whose it is, by name; absent for our own. */
  readonly shared_by?: string;
};
