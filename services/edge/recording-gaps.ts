import type { Clock, EpochMs } from "@yardline/domain/time";
import type { Gap, MediaKeeper } from "@yardline/media/media-store";
import type { VideoNote } from "@yardline/sources/video/feed";
import type { CameraChange } from "@yardline/sources/video/supervise";
import { gapUnnoted } from "@yardline/telemetry/recording";
import type { Logger } from "pino";

/** Gaps that wait because the list cannot be written either; of more, the oldest become one with their neighbours. */
const WAITING_MAX = 64;
/** A connection that is further behind is given up. */
const BEHIND_MS_MAX = 20_000;

type Parts = {
  readonly camera: string;
  readonly keeper: Pick<MediaKeeper, "noteGap">;
  readonly clock: Pick<Clock, "now_ms">;
  readonly log: Logger;
};

/** A disk that takes longer than the pictures last will lose some of them. */
function slow(took_ms: number, length_ms: number): string {
  const [took_s, length_s] = [took_ms, length_ms].map((ms) => (ms / 1000).toFixed(1));
  return `The disk is slow: ${length_s} s of recording took ${took_s} s to write`;
}

/** Writes down why one camera's recording has gaps, and knows whether it is being recorded now. Nobody waits for it. */
export class RecordingGaps {
  readonly #parts: Parts;
  #waiting: Gap[] = [];
  #writing: Promise<void> | undefined;
  #trouble: string | undefined;
  /** Until when it was recorded, and since when it is not. */
  #recorded_to_ms: EpochMs | undefined;
  #lost_since_ms: EpochMs | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Why the newest segment is not on disk, for the camera's status; nothing while all is well. */
  trouble(): { readonly recording_trouble?: string } {
    return this.#trouble === undefined ? {} : { recording_trouble: this.#trouble };
  }

  note(note: VideoNote): void {
    if (note.kind === "segment-stored") {
      const { from_ms, to_ms, took_ms } = note;
      const length_ms = to_ms - from_ms;
      this.#trouble = took_ms > length_ms ? slow(took_ms, length_ms) : undefined;
      // What comes after a gap does not tell where it began.
      if (this.#lost_since_ms === undefined || from_ms < this.#lost_since_ms) this.#recorded_to_ms = to_ms;
      if (this.#waiting.length > 0) this.#write();
    }
    if (note.kind !== "segment-lost") return;
    const { from_ms, to_ms, code, message } = note;
    this.#trouble = message;
    this.#add({ from_ms, to_ms, why: code === "MEDIA_SLOW" ? "disk-slow" : "disk-failed" });
  }

  change(change: CameraChange): void {
    if (change.kind === "connected") return;
    const { since_ms } = change;
    this.#lost_since_ms = since_ms;
    const to_ms = change.kind === "returned" ? change.at_ms : this.#parts.clock.now_ms();
    const from_ms = change.kind === "returned" ? this.#gapBefore(since_ms) : since_ms;
    if (from_ms < to_ms) this.#add({ from_ms, to_ms, why: "camera-lost" });
    if (change.kind === "returned") this.#lost_since_ms = undefined;
  }

  /** People paused it: it is not lost meanwhile, and nobody has to ask why there is nothing. */
  paused(from_ms: EpochMs, to_ms: EpochMs): void {
    this.#lost_since_ms = undefined;
    this.#trouble = undefined;
    if (from_ms < to_ms) this.#add({ from_ms, to_ms, why: "paused" });
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** A box with too much to do paints its masks late: what had arrived and was not painted yet went with the connection. */
  #gapBefore(since_ms: EpochMs): EpochMs {
    const recorded_ms = this.#recorded_to_ms ?? since_ms;
    return since_ms - recorded_ms < BEHIND_MS_MAX ? Math.min(since_ms, recorded_ms) : since_ms;
  }

  #add(gap: Gap): void {
    const last = this.#waiting.at(-1);
    const joins = last?.why === gap.why && this.#writing === undefined;
    if (last && (joins || this.#waiting.length >= WAITING_MAX)) {
      const from_ms = Math.min(last.from_ms, gap.from_ms);
      this.#waiting[this.#waiting.length - 1] = { ...gap, from_ms, to_ms: Math.max(last.to_ms, gap.to_ms) };
    } else this.#waiting.push(gap);
    this.#write();
  }

  #write(): void {
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = undefined;
    });
  }

  /** On a full disk the list is full too: what is still to be said waits for the next segment that could be stored. */
  async #drain(): Promise<void> {
    const { camera, keeper, log } = this.#parts;
    for (;;) {
      const [gap] = this.#waiting;
      if (!gap) return;
      try {
        await keeper.noteGap(camera, gap);
        this.#waiting.shift();
      } catch (thrown) {
        gapUnnoted(log, camera, thrown);
        return;
      }
    }
  }
}
