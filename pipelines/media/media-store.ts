import type { EpochMs } from "@yardline/domain/time";

/** A piece of recording that plays by itself together with its init: fMP4, cut at key frames. */
export type Segment = {
  /** Opaque id: names no path. */
  readonly id: string;
  readonly camera: string;
  /** The connection that it came from: segments of one connection share one init and one timeline. */
  readonly connection: string;
  readonly from_ms: EpochMs;
  readonly to_ms: EpochMs;
  readonly bytes: number;
  /** SHA-256 of its bytes in hex, taken when they were first stored; absent for recordings of releases that took none. */
  readonly sha256?: string;
  /** The box's clock when that was taken. */
  readonly hashed_at_ms?: EpochMs;
};

/** Recordings and snapshots. Adapters: `files.ts`. Ids are opaque; no adapter ever opens a path that came from outside. */
export interface MediaStore {
  /** Stores a finished segment (init and fragments, playable alone). Durable on resolve. */
  putSegment(
    segment: Omit<Segment, "id" | "bytes" | "sha256" | "hashed_at_ms">,
    data: Uint8Array,
  ): Promise<Segment>;
  /** Segments that overlap [from, to), by time; gaps are simply not covered. */
  listSegments(camera: string, from_ms: EpochMs, to_ms: EpochMs): Promise<readonly Segment[]>;
  /** @returns the id of a stored JPEG. */
  putSnapshot(camera: string, at_ms: EpochMs, jpeg: Uint8Array): Promise<string>;
  /** The bytes of a segment or snapshot, or undefined when it never was or has expired. */
  read(id: string): Promise<Uint8Array | undefined>;
  /** Drops what ended before its camera's time, except what touches a period to spare. @returns how many things went. */
  expire(camera: string, before_ms: EpochMs, spare?: readonly Period[]): Promise<number>;
  close(): Promise<void>;
}

/** What is made of a recording when it is asked for: `what` names the kind. */
export type Derived = Period & { readonly what: string };

/** Keeps what was made of recordings, so that it is made once. */
export interface DerivedStore {
  findDerived(of: Derived): Promise<Uint8Array | undefined>;
  /** Replaces what was there. It goes as soon as anything goes of the recording that it was made of. */
  keepDerived(of: Derived, data: Uint8Array): Promise<void>;
}

/** A stretch of one camera's recording, [from, to). */
export type Period = { readonly camera: string; readonly from_ms: EpochMs; readonly to_ms: EpochMs };

/**
 * Why there is no recording of a time. `paused`: people paused the camera; `by-event`: nothing happened that was to be kept; `made-room`: dropped because the disk
 * was full; `class-expired`: pictures of such events may be kept no longer; `disk-slow` and `disk-failed`: it could not be written.
 */
export const GAP_REASONS = [
  "camera-lost",
  "paused",
  "disk-slow",
  "disk-failed",
  "by-event",
  "made-room",
  "class-expired",
] as const;
export type GapReason = (typeof GAP_REASONS)[number];
export type Gap = Omit<Period, "camera"> & { readonly why: GapReason };

/** One stored thing and how much it is wanted: 0 is recording that no event refers to. */
export type Kept = Period & { readonly id: string; readonly bytes: number; readonly weight: number };

/** What the keeper of a box's own recordings may do, beside what everybody may. */
export interface MediaKeeper {
  /**
   * Takes what follows of a segment under way, in the order in which it was recorded, so that a killed process leaves it: `putSegment` has
   * the last word, and where that never comes the next start keeps it up to its last whole picture. Never rejects.
   */
  grow(
    segment: Pick<Segment, "camera" | "connection" | "from_ms">,
    pieces: readonly Uint8Array[],
  ): Promise<void>;
  /**
   * Notes that an occurrence refers to a period, what is recorded of it later included; said again it replaces the period.
   * @param until_ms how long its kind of event allows pictures of it to be kept, where that is shorter than the camera's own time.
   */
  protect(occurrence: string, period: Period, weight: number, until_ms?: EpochMs): Promise<void>;
  /** What of a camera's recordings only such occurrences refer to whose time for pictures is over, oldest first. */
  listOutlived(camera: string, now_ms: EpochMs, limit: number, skip: number): Promise<readonly Kept[]>;
  /** Least wanted first, of the same weight the oldest first. @param skip so many of them are left out. */
  listLeastWanted(limit: number, skip: number): Promise<readonly Kept[]>;
  /** Segments of weight 0 that ended before a time, oldest first. */
  listPlain(camera: string, before_ms: EpochMs, limit: number, skip: number): Promise<readonly Kept[]>;
  /** Drops these, if they are still there. */
  remove(things: readonly Kept[]): Promise<void>;
  /** Says why there is no recording; what follows on another of the same reason becomes one with it. */
  noteGap(camera: string, gap: Gap): Promise<void>;
  /** Every camera of which anything is kept, also such that are no longer in the settings. */
  listCameras(): Promise<readonly string[]>;
  /** By time. */
  listGaps(camera: string, from_ms: EpochMs, to_ms: EpochMs): Promise<readonly Gap[]>;
  /** Of all that is listed. */
  usedBytes(): Promise<number>;
}
