import type { CameraStatistics, CameraStatus } from "@yardline/api/camera-parts";
import { AppError } from "@yardline/domain/errors";
import { type Frame, release } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import type { Pause } from "@yardline/records/pauses";
import type { CapturedFix } from "@yardline/sources/positions/carried-positions";
import { createFrameQueue } from "@yardline/sources/video/frame-queue";
import type { StreamChange, StreamNote } from "@yardline/sources/video/watch-camera";
import { cameraWasInMode } from "@yardline/telemetry/sharing";
import { cameraChanged, frameFailed, frameTaken, statementUnsaid } from "@yardline/telemetry/watching";
import { basisOf } from "./camera-basis.ts";
import { CameraCounts } from "./camera-counts.ts";
import { connectCamera } from "./connect-camera.ts";
import type { DetectorShare, Seat } from "./detector-share.ts";
import type { EdgeCamera, EdgeParts } from "./edge.ts";
import { type GapData, GapTeller } from "./gap-teller.ts";
import { HappeningTeller } from "./happening-teller.ts";
import type { Reducible } from "./keep-up.ts";
import { LivePictures } from "./live-pictures.ts";
import { Outbox } from "./outbox.ts";
import { Pace } from "./pace.ts";
import { PauseGate } from "./pause-gate.ts";
import { RecordingGaps } from "./recording-gaps.ts";
import { CONTINUOUS } from "./recording-plan.ts";
import type { Load, WatchedCamera } from "./reduced-watching.ts";
import { RideAlong } from "./ride-along.ts";
import { STREAMS, StreamStates } from "./stream-states.ts";
import { type Watched, Watching } from "./watching.ts";
import { Whereabouts } from "./whereabouts.ts";

/** Frames that wait for the one being looked at: what a group of a second gives at once. A newer one pushes the oldest out. */
const FRAMES_MAX = 6;

/** What a camera shares with the others of its edge. */
type Shared = EdgeParts & { readonly share: DetectorShare };

type PlacedCamera = EdgeCamera & { readonly whereabouts?: Whereabouts };

/** The gate through which all cameras of the process start one after another. */
type Enter = (signal: AbortSignal) => Promise<() => void>;

/** A camera that is back sooner finds those in view where they were; after that their stays are over. */
const PATIENCE_MS = 8_000;

/** The slowest camera has turned to its view by then, and found its focus. */
export const TURNS_MS = 8_000;

/** One camera of the edge, from its connection to its statements. Whatever goes wrong in it stays in it. */
export class LiveCamera implements Reducible {
  readonly #camera: PlacedCamera;
  readonly #whereabouts: Whereabouts;
  readonly #ride: RideAlong;
  readonly #parts: EdgeParts;
  readonly #seat: Seat;
  readonly #stop = new AbortController();
  readonly #outbox: Outbox;
  readonly #newWatching: () => Watching;
  /** Begun anew whenever the camera was turned: what it looks at then is another scene. */
  #watching: Watching;
  /** By the monotonic clock: until then it turns, and nobody looks. */
  #turns_until_ms = Number.NEGATIVE_INFINITY;
  readonly live: LivePictures;
  readonly gate = new PauseGate();
  readonly #pace: Pace;
  readonly #teller: HappeningTeller;
  readonly #gaps: readonly GapTeller[];
  readonly #streams = new StreamStates();
  readonly #recording: RecordingGaps;
  readonly #counts: CameraCounts;
  /** Why the newest picture could not be looked at. */
  #blind: string | undefined;
  #now: Pick<CameraStatus, "state" | "since_ms" | "reason">;
  #seen_ms: EpochMs;
  #patience: NodeJS.Timeout | undefined;

  /** @param gaps those of all cameras that were open when the process ended last time. */
  constructor(camera: PlacedCamera, parts: Shared, gaps: readonly GapData[]) {
    const { id, recorded, scene, sight, recording = CONTINUOUS } = camera;
    const whereabouts = camera.whereabouts ?? new Whereabouts(camera);
    this.#ride = new RideAlong(camera, whereabouts, parts);
    const { clock, log } = parts;
    [this.#camera, this.#whereabouts] = [camera, whereabouts];
    this.#counts = new CameraCounts(clock.now_ms(), clock.monotonic_ms());
    this.live = new LivePictures(camera.sub !== undefined);
    this.#pace = new Pace(clock);
    this.#parts = parts;
    this.#now = { state: "connecting", since_ms: clock.now_ms() };
    this.#seen_ms = clock.now_ms();
    this.#outbox = new Outbox({
      signal: this.#stop.signal,
      onGivenUp: (reason, error) => statementUnsaid(log, id, reason, error),
    });
    this.#seat = parts.share.seat(id, sight.detector);
    const { detector } = this.#seat;
    this.#newWatching = () =>
      new Watching({ ...sight, detector, idOf: () => parts.newId(), scene, keepPictures: true });
    this.#watching = this.#newWatching();
    const told = { ...parts, camera: id, whereabouts, outbox: this.#outbox };
    this.#teller = new HappeningTeller({ ...told, recorded, recording });
    this.#recording = new RecordingGaps({ camera: id, keeper: parts.keeping.keeper, clock, log });
    this.#gaps = (camera.sub ? STREAMS : [undefined]).map((stream) => {
      const before = gaps.find((gap) => gap.camera === id && gap.stream === stream);
      return new GapTeller({ ...told, ...(stream && { stream }) }, before);
    });
  }

  status(): CameraStatus {
    const now_ms = this.#parts.clock.now_ms();
    const place = this.#whereabouts.at(now_ms)?.place;
    return {
      ...basisOf(this.#camera, now_ms),
      ...(place && { place }),
      ...this.#now,
      ...(this.gate.pause && { paused_until_ms: this.gate.pause.until_ms }),
      ...this.#recording.trouble(),
      ...this.#streams.trouble(),
      ...(this.#blind !== undefined && { watching_trouble: this.#blind }),
    };
  }

  statistics(): CameraStatistics {
    return this.#counts.now(this.#parts.clock.monotonic_ms());
  }

  watched(): WatchedCamera | undefined {
    const { state } = this.#now;
    const gives = state === "watching" || state === "reduced";
    return gives ? { id: this.#camera.id, moved_ms: this.#pace.moved_ms } : undefined;
  }

  takeLoad(): Load {
    this.#noteMode();
    return this.#pace.takeLoad();
  }

  /**
   * Somebody turns the camera: who is in view is lost from sight, and nobody looks until it stands still. Then all is new, so that a
   * commanded turn is neither motion nor tampering. It is recorded as ever.
   */
  turns(): void {
    this.#turns_until_ms = this.#parts.clock.monotonic_ms() + TURNS_MS;
    this.#endStays();
    this.#watching = this.#newWatching();
  }

  reduce(reduced: boolean): void {
    this.#pace.reduced = reduced;
    if (this.watched()) this.#become(reduced ? "reduced" : "watching");
  }

  /** What is on record of its pause: from this moment on nothing of it is decoded, recorded or stated, or all of it again. */
  heedPause(pause: Pause | undefined): void {
    const before = this.gate.pause;
    const noted = this.gate.heed(pause, this.#parts.clock.now_ms());
    if (noted) this.#recording.paused(noted.from_ms, noted.to_ms);
    if (pause) this.#become("paused", pause.reason, pause.from_ms);
    else if (before) this.#become("connecting");
  }

  /**
   * Watches until `signal` aborts or the camera must be closed; then says what is still to be said. Rejects only over what is a bug
   * of ours, which must end the process.
   */
  async run(enter: Enter, signal: AbortSignal): Promise<void> {
    const reason = await this.gate.run(signal, (session) => this.#watch(enter, session));
    this.#become("closed", reason ?? "stopped");
    this.#stop.abort();
    await this.#outbox.settled();
    await this.#recording.settled();
  }

  /** One session: from a start or the end of a pause to the next one. @returns why there are no more pictures. */
  async #watch(enter: Enter, signal: AbortSignal): Promise<string> {
    const { id } = this.#camera;
    const broken = new AbortController();
    const either = AbortSignal.any([signal, broken.signal]);
    const frames = createFrameQueue(FRAMES_MAX, ({ picture }) => {
      this.#missed(id);
      release(picture.data);
    });
    const take = (frame: Frame): void => {
      const turning = this.#parts.clock.monotonic_ms() < this.#turns_until_ms;
      if (!turning && this.#pace.wants(frame.at_ms)) frames.push(frame);
      else release(frame.picture.data);
    };
    const riding = this.#ride.follow(either);
    const looking = this.#lookAt(frames, either).finally(() => broken.abort());
    const hooks = {
      ...{ take, carried: this.#ride.carried, wanted: () => this.#pace.wanted },
      changed: (change: StreamChange) => this.#changed(change),
      placed: (fixes: readonly CapturedFix[]) => this.#ride.take(fixes),
      live: this.live.taps(either),
      noted: (note: StreamNote) => {
        this.#recording.note(note);
        this.#counts.note(note);
      },
    };
    const reason = await connectCamera(this.#camera, { ...this.#parts, enter }, hooks, either);
    for (const { picture } of frames.close()) release(picture.data);
    await looking;
    await riding;
    this.#endStays();
    return reason;
  }

  async #lookAt(frames: AsyncIterable<Frame>, signal: AbortSignal): Promise<void> {
    for await (const frame of frames) {
      const { camera, at_ms } = frame;
      try {
        this.#seat.expect(at_ms);
        const watching = this.#watching;
        const watched = await watching.take(frame, signal);
        // Of a picture from before it turned nothing more is told.
        if (watching === this.#watching) this.#watched(watched, frame);
        else release(frame.picture.data);
        this.#blind = undefined;
      } catch (thrown) {
        if (signal.aborted) return;
        if (!(thrown instanceof AppError)) throw thrown;
        if (thrown.code === "DETECTOR_BUSY") this.#missed(camera);
        else this.#failed(thrown);
      }
    }
  }

  #watched(watched: Watched, { camera, at_ms, picture }: Frame): void {
    this.#seen_ms = at_ms;
    this.#pace.take(watched);
    this.#noteMode();
    if (!this.#teller.take(watched)) release(watched.picture?.data ?? picture.data);
    // The picture itself, where the detector took it over and a copy was kept.
    if (watched.picture?.data !== picture.data) release(picture.data);
    const outcome = watched.detections ? "looked" : "still";
    this.#counts.frame(outcome);
    frameTaken(camera, outcome, this.#parts.clock.now_ms() - at_ms, watched.tracks.length);
  }

  #failed(error: AppError): void {
    this.#counts.frame("failed");
    frameFailed(this.#parts.log, this.#camera.id, error, { again: this.#blind !== undefined });
    this.#blind = error.message;
  }

  /** A picture came too late to be looked at, or to be looked at in time. */
  #missed(camera: string): void {
    frameTaken(camera, "dropped");
    this.#counts.frame("dropped");
    this.#pace.missed();
  }

  #noteMode(): void {
    const { was, for_ms } = this.#counts.mode(
      this.watched() ? this.#pace.mode : "lost",
      this.#parts.clock.monotonic_ms(),
    );
    cameraWasInMode(this.#camera.id, was, for_ms);
  }

  #changed(change: StreamChange): void {
    if (this.gate.pause) return;
    this.#gaps[change.stream === "sub" ? 1 : 0]?.take(change);
    if (change.stream !== "sub") this.#recording.change(change);
    const { state, reason, since_ms } = this.#streams.take(change);
    if (state === "watching") this.#pace.begin();
    this.#become(state === "watching" && this.#pace.reduced ? "reduced" : state, reason, since_ms);
    if (state === "lost") this.#patience ??= setTimeout(() => this.#endStays(), PATIENCE_MS);
    else this.#beReady();
  }

  #beReady(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  /** Nobody looks any more: who was in view is lost from sight. */
  #endStays(): void {
    this.#beReady();
    this.#teller.end(this.#watching.end(this.#seen_ms));
  }

  #become(state: CameraStatus["state"], reason?: string, since_ms = this.#parts.clock.now_ms()): void {
    const before = this.#now;
    const same = before.state === state && before.reason === reason;
    this.#now = {
      state,
      since_ms: same ? before.since_ms : since_ms,
      ...(reason !== undefined && { reason }),
    };
    this.#noteMode();
    if (!same) cameraChanged(this.#parts.log, this.#camera.id, state, reason);
  }
}
