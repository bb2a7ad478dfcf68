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
};

/** Recordings and snapshots. Adapters: `files.ts`. Ids are opaque; no adapter ever opens a path that came from outside. */
export interface MediaStore {
  /** Stores a finished segment (init and fragments, playable alone). Durable on resolve. */
  putSegment(segment: Omit<Segment, "id" | "bytes">, data: Uint8Array): Promise<Segment>;
  /** Segments that overlap [from, to), by time; gaps are simply not covered. */
  listSegments(camera: string, from_ms: EpochMs, to_ms: EpochMs): Promise<readonly Segment[]>;
  /** @returns the id of a stored JPEG. */
  putSnapshot(camera: string, at_ms: EpochMs, jpeg: Uint8Array): Promise<string>;
  /** The bytes of a segment or snapshot, or undefined when it never was or has expired. */
  read(id: string): Promise<Uint8Array | undefined>;
  /** Drops what ended before its camera's time. @returns how many things went. */
  expire(camera: string, before_ms: EpochMs): Promise<number>;
  close(): Promise<void>;
}
