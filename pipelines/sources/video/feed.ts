import type { MaskForm } from "@yardline/domain/camera";
import type { Frame } from "@yardline/domain/picture";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { CapturedFix } from "../positions/carried-positions.ts";
import type { PositionFormat } from "../positions/position-format.ts";
import type { TrackerProblem } from "../trackers/protocol.ts";
import type { CameraAddress } from "./camera-address.ts";
import type { Analysis } from "./camera-arguments.ts";
import type { DecoderNote } from "./decoder.ts";
import type { LiveTap } from "./live-stream.ts";
import type { LostReason } from "./lost-reason.ts";
import type { Wanted } from "./packet-choice.ts";
import type { RecorderNote } from "./recorder.ts";
import type { CutSegment, Grown } from "./segmenter.ts";
import type { StreamMeasure } from "./stream-meter.ts";

/** One camera as its pictures come in. */
export type CameraFeed = {
  readonly camera: string;
  /** What is recorded, and looked at where there is no `sub`. */
  readonly address: CameraAddress;
  /** A smaller stream of the same picture, to be looked at in its stead. */
  readonly sub?: CameraAddress;
  readonly mask: MaskForm;
  /** Of which pictures the mask was drawn, in words of ffmpeg, kept over restarts; without it only as long as it is watched. */
  readonly drawn_for?: { find(): string | undefined; keep(format: string): void };
  /** Pictures a second to look at. */
  readonly rate_fps: number;
  /**
   * How many pictures are wanted now. What was left out since the last key frame comes at once when every one is wanted again. Every
   * one, unless told; of a camera that is encoded anew always.
   */
  readonly wanted?: () => Wanted;
  /**
   * Whether pictures are wanted at all now: without them nothing is decoded, and the recording goes on. Heeded from the next key frame on.
   * Always, unless told.
   */
  readonly isLooked?: () => boolean;
  /** Its data streams are opened too, since they may tell where it is; for cameras that ride. */
  readonly carries_positions?: boolean;
  /** A file begins again at its end. */
  readonly loop?: boolean;
  /** The datagrams of an `rtsp+udp` camera do not reach us: its pictures are asked for within the RTSP connection. */
  readonly by_stream?: boolean;
  /** How long a stream over HTTP is looked at first; as usual, unless told. */
  readonly analysis?: Analysis;
};

export type ConnectionWorld = { readonly clock: Clock; newId(): string };

/** Where one connection's goods go. None of these may take long. */
export type ConnectionSinks = {
  frame(frame: Frame): void;
  segment(connection: string, segment: CutSegment): void;
  /** What there is of the segment under way, where it may be kept before it is whole. */
  grown(connection: string, grown: Grown): void;
  /** A picture or packet came in. */
  arrived(at_ms: EpochMs): void;
  note(note: VideoNote): void;
  /** Where the camera was, out of its own stream. */
  placed?(fixes: readonly CapturedFix[]): void;
  /** What may be shown of it to whoever looks on now. */
  readonly live?: LiveTap;
};

/** What a person who runs the cameras may want to count or read. None carries an address. */
export type VideoNote =
  | DecoderNote
  | RecorderNote
  | StreamMeasure
  /** A picture to look at, and how old it was when it could be. */
  | { readonly kind: "frame-seen"; readonly age_ms: number }
  | { readonly kind: "gop-given-up" }
  | { readonly kind: "positions-found"; readonly format: PositionFormat["name"] }
  | {
      readonly kind: "positions-unreadable";
      readonly format: PositionFormat["name"];
      readonly code: TrackerProblem["code"];
    }
  /** What it carries beside its pictures cannot be read. */
  | { readonly kind: "positions-given-up" }
  /** Nothing came the way that was asked for; the other one is tried at once. */
  | { readonly kind: "transport-changed"; readonly to: "datagrams" | "stream" }
  | {
      readonly kind: "connection-ended";
      readonly why: LostReason;
      readonly code: number | null;
      readonly signal: string | null;
      readonly said: readonly string[];
    };
