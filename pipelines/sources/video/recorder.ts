import { AppError, messageOf } from "@yardline/domain/errors";
import type { CutSegment } from "./segmenter.ts";

/** Finished segments that may wait for the disk; a slower one loses the newest, which is a declared gap. */
export const SEGMENTS_WAITING_MAX = 4;

/** A segment and where it belongs; what a `MediaStore` takes. */
export type SegmentOf = {
  readonly camera: string;
  readonly connection: string;
  readonly from_ms: number;
  readonly to_ms: number;
};
export type StoreSegment = (segment: SegmentOf, data: Uint8Array) => Promise<unknown>;

export type RecorderNote =
  | { readonly kind: "segment-stored"; readonly bytes: number; readonly length_ms: number }
  | {
      readonly kind: "segment-lost";
      readonly from_ms: number;
      readonly to_ms: number;
      readonly code: string;
      readonly message: string;
    };

export type Recorder = {
  put(connection: string, segment: CutSegment): void;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
};

/** Hands segments to the store one after another. A store that fails costs its segments, not the camera. */
export function createRecorder(
  camera: string,
  store: StoreSegment,
  note: (note: RecorderNote) => void,
): Recorder {
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();

  async function write(connection: string, { from_ms, to_ms, data }: CutSegment): Promise<void> {
    try {
      await store({ camera, connection, from_ms, to_ms }, data);
      note({ kind: "segment-stored", bytes: data.length, length_ms: to_ms - from_ms });
    } catch (thrown) {
      const code = thrown instanceof AppError ? thrown.code : "MEDIA_UNAVAILABLE";
      note({ kind: "segment-lost", from_ms, to_ms, code, message: messageOf(thrown) });
    }
    waiting--;
  }

  return {
    put(connection, segment) {
      if (waiting >= SEGMENTS_WAITING_MAX) {
        const { from_ms, to_ms } = segment;
        note({
          kind: "segment-lost",
          from_ms,
          to_ms,
          code: "MEDIA_SLOW",
          message: "The disk is too slow for this recording",
        });
        return;
      }
      waiting++;
      last = last.then(() => write(connection, segment));
    },
    settled: () => last,
  };
}
