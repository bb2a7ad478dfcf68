import { AppError, messageOf } from "@yardline/domain/errors";
import { release } from "@yardline/domain/picture";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { CutSegment, Grown } from "./segmenter.ts";

/** Finished segments that may wait for the disk; a slower one loses the newest, which is a declared gap. */
export const SEGMENTS_WAITING_MAX = 4;

/** Pieces of segments under way that may wait for the disk: four seconds. Of more, the segment is stored at its end only. */
const GROWN_WAITING_MAX = 8;

/** A segment and where it belongs; what a `MediaStore` takes. */
export type SegmentOf = {
  readonly camera: string;
  readonly connection: string;
  readonly from_ms: number;
  readonly to_ms: number;
};
/** Keeps what there is of a segment under way; never rejects. */
export type GrowSegment = (
  segment: Omit<SegmentOf, "to_ms">,
  pieces: readonly Uint8Array[],
) => Promise<unknown>;
/** Has no use for `data` any more once it has resolved. */
export type StoreSegment = (segment: SegmentOf, data: Uint8Array) => Promise<unknown>;

export type RecorderNote =
  /** `took_ms`: from when it was whole until it was on disk, the waiting for those before it included. */
  | {
      readonly kind: "segment-stored";
      readonly bytes: number;
      readonly from_ms: EpochMs;
      readonly to_ms: EpochMs;
      readonly took_ms: number;
    }
  | {
      readonly kind: "segment-lost";
      readonly from_ms: number;
      readonly to_ms: number;
      readonly code: string;
      readonly message: string;
    };

export type Recorder = {
  put(connection: string, segment: CutSegment): void;
  /** What there is of the segment under way. */
  grow(connection: string, grown: Grown): void;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
};

/** Hands segments to the store one after another. A store that fails costs its segments, not the camera. */
export function createRecorder(
  camera: string,
  store: StoreSegment,
  note: (note: RecorderNote) => void,
  { monotonic_ms }: Pick<Clock, "monotonic_ms">,
  keepGrown: GrowSegment = async () => undefined,
): Recorder {
  let growing = 0;
  /** Once a piece was left out, those that follow on it fit no more. */
  let broken_ms: number | undefined;
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();

  async function write(
    connection: string,
    { from_ms, to_ms, data }: CutSegment,
    began_ms: number,
  ): Promise<void> {
    try {
      const bytes = data.length;
      await store({ camera, connection, from_ms, to_ms }, data);
      release(data);
      note({
        kind: "segment-stored",
        bytes,
        from_ms,
        to_ms,
        took_ms: monotonic_ms() - began_ms,
      });
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
      const began_ms = monotonic_ms();
      last = last.then(() => write(connection, segment, began_ms));
    },
    grow(connection, { from_ms, pieces }) {
      if (growing >= GROWN_WAITING_MAX) broken_ms = from_ms;
      if (broken_ms === from_ms) return;
      growing++;
      last = last.then(async () => {
        await keepGrown({ camera, connection, from_ms }, pieces);
        growing--;
      });
    },
    settled: () => last,
  };
}
