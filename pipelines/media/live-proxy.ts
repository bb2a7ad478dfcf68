import { once } from "node:events";
import { DECODED_MAX } from "@yardline/sources/video/camera-arguments";
import { type FfmpegCommandLine, STDIN, STDOUT, startFfmpeg } from "@yardline/sources/video/ffmpeg";
import { createFragmentReader, type Init, isInit } from "@yardline/sources/video/fragments";
import type { LivePiece, LiveStream, LiveTap } from "@yardline/sources/video/live-stream";

const WIDTH_MAX_PX = 1280;
/** Whoever comes begins with a key frame. */
const KEY_FRAME_EVERY_S = 1;
/** Pictures under way in the child whose times are kept; it holds two or three. */
const UNDER_WAY_MAX = 100;
/** Times of what went in and of what comes out are written in different units. */
const GRAIN_MS = 5;

/**
 * The newest pictures of one stream as H.264 in another, at most 1280 px wide, for browsers that cannot play what the camera gives, until `signal` aborts. One
 * thread encodes. A child that falls behind loses pictures, as anybody who listens does.
 */
export async function proxyLive(from: LiveStream, to: LiveStream, signal: AbortSignal): Promise<void> {
  let bell = Promise.withResolvers<void>();
  const wake = () => bell.resolve();
  const listener = from.listen(wake, () => undefined);
  signal.addEventListener("abort", wake, { once: true });
  let encoder: Encoder | undefined;
  try {
    while (!signal.aborted) {
      bell = Promise.withResolvers();
      const piece = listener.take();
      if (!piece) await bell.promise;
      else if (piece.kind === "picture") await encoder?.encode(piece);
      else {
        await encoder?.stop();
        encoder = piece.kind === "opened" ? startEncoder(piece.init, to) : undefined;
      }
    }
  } finally {
    listener.leave();
    await encoder?.stop();
  }
}

type Picture = Extract<LivePiece, { kind: "picture" }>;
type Encoder = {
  /** Resolves when the child has room for more. */
  encode(picture: Picture): Promise<void>;
  stop(): Promise<void>;
};

/** A child for the pictures of one head. */
function startEncoder(init: Init, to: LiveStream): Encoder {
  const over = new AbortController();
  const tap = to.tap(over.signal);
  const child = startFfmpeg(PROXY);
  const capturedAt = createTimes();
  // A child that was stopped closes its input.
  child.stdin.on("error", () => undefined);
  child.stdin.write(init.data);
  const ended = child.exited.then(() => over.abort());
  const reading = give(child.stdout, tap, capturedAt.find).catch(() => undefined);
  return {
    async encode({ packet, captured_ms }) {
      capturedAt.note(packet.pts_ms, captured_ms);
      if (over.signal.aborted || child.stdin.write(packet.data)) return;
      await Promise.race([once(child.stdin, "drain"), ended]);
    },
    async stop() {
      over.abort();
      await child.stop();
      await reading;
    },
  };
}

async function give(
  bytes: AsyncIterable<Uint8Array>,
  tap: LiveTap,
  capturedAt: (pts_ms: number) => number | undefined,
): Promise<void> {
  const read = createFragmentReader();
  for await (const chunk of bytes) {
    for (const piece of read(chunk)) {
      if (isInit(piece)) {
        tap.open(piece);
        continue;
      }
      const captured_ms = capturedAt(piece.pts_ms);
      if (captured_ms !== undefined) tap.push(piece, captured_ms);
    }
  }
}

/** When the pictures under way were taken, by their presentation times, which pass through the child unchanged. */
function createTimes() {
  const times: { readonly pts_ms: number; readonly captured_ms: number }[] = [];
  return {
    note(pts_ms: number, captured_ms: number): void {
      times.push({ pts_ms, captured_ms });
      if (times.length > UNDER_WAY_MAX) times.shift();
    },
    find(pts_ms: number): number | undefined {
      // What comes out is in the order of showing, what went in in that of decoding: none may be forgotten for another's sake.
      return times.findLast((each) => Math.abs(each.pts_ms - pts_ms) <= GRAIN_MS)?.captured_ms;
    },
  };
}

const PROXY: FfmpegCommandLine = {
  input: [
    // Every probed packet holds pictures back, as every further thread does.
    ...["-v", "error", "-protocol_whitelist", "pipe", "-copyts", "-threads", "1", "-flags", "low_delay"],
    ...["-fpsprobesize", "0", "-analyzeduration", "0", ...DECODED_MAX],
    // A head that knows of pictures in another order has an edit list, which would move all times by their delay.
    ...["-ignore_editlist", "1", "-f", "mp4"],
  ],
  source: STDIN,
  outputs: [
    {
      options: [
        ...["-map", "0:v:0", "-vf", `scale='2*trunc(min(${WIDTH_MAX_PX},iw)/2)':-2`, "-vsync", "passthrough"],
        ...[
          "-enc_time_base",
          "-1",
          "-c:v",
          "libx264",
          "-threads",
          "1",
          "-preset",
          "ultrafast",
          "-tune",
          "zerolatency",
        ],
        ...["-bf", "0", "-crf", "26", "-pix_fmt", "yuv420p"],
        ...["-force_key_frames", `expr:gte(t,n_forced*${KEY_FRAME_EVERY_S})`, "-map_metadata", "-1"],
        ...[
          "-f",
          "mp4",
          // Whoever comes to a stream that runs begins late: without the last two, times would begin at nought.
          "-movflags",
          "+frag_every_frame+empty_moov+default_base_moof+frag_discont+negative_cts_offsets",
          "-flush_packets",
          "1",
        ],
      ],
      target: STDOUT,
    },
  ],
};
