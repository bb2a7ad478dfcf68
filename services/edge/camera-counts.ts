import type { CameraStatistics } from "@yardline/api/camera-parts";
import type { EpochMs } from "@yardline/domain/time";
import type { StreamNote } from "@yardline/sources/video/watch-camera";
import type { FrameOutcome } from "@yardline/telemetry/watching";
import { ModeTimes, type WatchingMode } from "./mode-times.ts";

/** Counts what one camera gave and what became of it, since it was begun. */
export class CameraCounts {
  readonly #since_ms: EpochMs;
  readonly #frames = { looked: 0, still: 0, dropped: 0, failed: 0 };
  #recorded_bytes = 0;
  #segments_lost = 0;
  #packets_dropped = 0;
  #connections_ended = 0;
  #stream: CameraStatistics["stream"];
  #sub: CameraStatistics["stream"];

  readonly #modes: ModeTimes;

  /** @param monotonic_ms the same moment on the monotonic clock. */
  constructor(since_ms: EpochMs, monotonic_ms: number) {
    this.#since_ms = since_ms;
    this.#modes = new ModeTimes(monotonic_ms);
  }

  /** It is watched like this. @returns in which mode it was, and for how long since the last time that this was told. */
  mode(mode: WatchingMode, monotonic_ms: number): ReturnType<ModeTimes["become"]> {
    return this.#modes.become(mode, monotonic_ms);
  }

  frame(outcome: FrameOutcome): void {
    this.#frames[outcome]++;
  }

  note(note: StreamNote): void {
    if (note.kind === "segment-stored") this.#recorded_bytes += note.bytes;
    if (note.kind === "segment-lost") this.#segments_lost++;
    if (note.kind === "packets-dropped") this.#packets_dropped += note.packets;
    if (note.kind === "connection-ended") {
      this.#connections_ended++;
      this.#keep(note.stream, undefined);
    }
    if (note.kind === "stream-measured") {
      const { kind: _kind, stream, ...measured } = note;
      this.#keep(stream, measured);
    }
  }

  #keep(stream: StreamNote["stream"], measured: CameraStatistics["stream"]): void {
    if (stream === "sub") this.#sub = measured;
    else this.#stream = measured;
  }

  now(monotonic_ms: number): CameraStatistics {
    return {
      since_ms: this.#since_ms,
      mode: this.#modes.mode,
      mode_shares: this.#modes.shares(monotonic_ms),
      frames: { ...this.#frames },
      recorded_bytes: this.#recorded_bytes,
      segments_lost: this.#segments_lost,
      packets_dropped: this.#packets_dropped,
      connections_ended: this.#connections_ended,
      ...(this.#stream && { stream: this.#stream }),
      ...(this.#sub && { sub_stream: this.#sub }),
    };
  }
}
