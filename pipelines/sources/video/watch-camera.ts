import { AppError } from "@yardline/domain/errors";
import type { Frame } from "@yardline/domain/picture";
import type { CapturedFix } from "../positions/carried-positions.ts";
import type { CameraAddress } from "./camera-address.ts";
import type { CameraFeed, VideoNote } from "./feed.ts";
import type { LiveTap } from "./live-stream.ts";
import type { GrowSegment, StoreSegment } from "./recorder.ts";
import type { CameraChange } from "./supervise.ts";
import { type CameraWorld, watchStream } from "./watch-stream.ts";

/** Of a camera with two streams: `main` is recorded, `sub` looked at. Absent where one stream is both. */
export type StreamName = "main" | "sub";
export type StreamChange = CameraChange & { readonly stream?: StreamName };
export type StreamNote = VideoNote & { readonly stream?: StreamName };

/** Where the goods of one camera go. */
export type CameraSinks = {
  /** A picture to look at; must not wait (a queue that drops its oldest, for one). Takes the picture over. */
  frame(frame: Frame): void;
  /** A finished piece of recording: `MediaStore.putSegment`. */
  readonly segment: StoreSegment;
  /** The segment under way, piece by piece: `MediaKeeper.grow`. */
  readonly grown?: GrowSegment;
  change(change: StreamChange): void;
  note(note: StreamNote): void;
  /** Where the camera was, out of its own stream. */
  placed?(fixes: readonly CapturedFix[]): void;
  /** Of each of its streams, for whoever looks on now; a camera of one stream has `main` alone. */
  readonly live?: Readonly<Record<StreamName, LiveTap>>;
};

/**
 * Watches one camera until `signal` aborts, or until a file that does not loop is at its end: connects, records, hands on
 * pictures, and connects again after every loss. Resolves when the last segment is stored.
 * @throws AppError `MASK_BROKEN`: the picture's size changed or a masked pixel was not black, so that nothing more may be
 * seen of this camera until its mask is rebuilt; `CAMERA_STREAMS` (a second stream beside a mask of ours); `FFMPEG_UNAVAILABLE`.
 */
export async function watchCamera(
  feed: CameraFeed,
  sinks: CameraSinks,
  world: CameraWorld,
  signal: AbortSignal,
): Promise<void> {
  const { sub, ...main } = feed;
  const { live: _, ...one } = sinks;
  if (sub) await watchBoth(main, sub, sinks, world, signal);
  else await watchStream(main, { ...one, ...liveOf(sinks, "main") }, world, signal);
}

/**
 * The main stream is recorded by copy, the sub stream decoded and looked at. What masks mean for it:
 *  - `none-needed`: nothing of the main stream is decoded.
 *  - `in-camera`: both streams are checked, since a camera may cover one and forget the other. Of the main stream a key frame a second is
 *    looked at for that, and a segment is kept only where its own pictures showed the mask whole; either stream without its mask closes
 *    the camera.
 *  - `burnt-in` is refused: what we paint must be decoded and encoded anew in the stream that is kept, so a second one would save
 *    nothing; and a main stream copied beside a painted sub stream would be a recording without its mask.
 * A sub stream that is lost leaves nobody blind: the main one is looked at until it is back. A main stream that is lost is a gap in the
 * recording. Both come by our own clock, each corrected on its own, so that an event and its recording agree to their delays.
 */
async function watchBoth(
  feed: CameraFeed,
  sub: CameraAddress,
  sinks: CameraSinks,
  world: CameraWorld,
  signal: AbortSignal,
): Promise<void> {
  if (feed.mask.form === "burnt-in") throw twoStreams();
  const checked = feed.mask.form === "in-camera";
  // What the mask was drawn for is remembered of the stream that is kept.
  const { drawn_for: _, ...same } = feed;
  // Places come with the stream that is kept.
  const alike = { ...same, carries_positions: false };
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  let [main_lost, sub_lost] = [false, false];
  let newest_ms = Number.NEGATIVE_INFINITY;
  const look = (frame: Frame) => {
    if (frame.at_ms <= newest_ms) return;
    newest_ms = frame.at_ms;
    sinks.frame(frame);
  };
  const main = watchStream(
    {
      ...feed,
      isLooked: () => checked || sub_lost,
      wanted: () => (sub_lost ? (feed.wanted?.() ?? "every") : "one-a-second"),
    },
    {
      frame: (frame) => sub_lost && look(frame),
      segment: sinks.segment,
      ...(sinks.grown && { grown: sinks.grown }),
      ...(sinks.placed && { placed: sinks.placed }),
      ...liveOf(sinks, "main"),
      change(change) {
        main_lost = change.kind === "lost";
        sinks.change({ ...change, stream: "main" });
      },
      note: (note) => sinks.note({ ...note, stream: "main" }),
    },
    world,
    either,
  );
  const looked = watchStream(
    { ...alike, address: sub },
    {
      // One that flaps, or is frozen, is left to the main stream until it has settled.
      frame: (frame) => (main_lost || !sub_lost) && look(frame),
      ...liveOf(sinks, "sub"),
      change(change) {
        sub_lost = change.kind === "lost";
        sinks.change({ ...change, stream: "sub" });
      },
      // Its segments go nowhere: what became of them is nobody's business.
      note: (note) => note.kind !== "segment-lost" && sinks.note({ ...note, stream: "sub" }),
    },
    world,
    either,
  );
  const ends = [main, looked].map((each) => each.finally(() => over.abort()));
  const [failed] = (await Promise.allSettled(ends)).filter(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}

function liveOf({ live }: CameraSinks, stream: StreamName): { readonly live?: LiveTap } {
  return live ? { live: live[stream] } : {};
}

function twoStreams(): AppError {
  return new AppError(
    "CAMERA_STREAMS",
    "A camera whose mask we paint has one stream: what is kept must be decoded and encoded anew, so a second one saves nothing",
  );
}
