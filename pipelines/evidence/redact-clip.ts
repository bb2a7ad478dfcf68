import { once } from "node:events";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { type Clip, joinSegments } from "@yardline/media/clip";
import { DECODED_MAX } from "@yardline/sources/video/camera-arguments";
import {
  type FfmpegChild,
  type FfmpegCommandLine,
  STDIN,
  STDOUT,
  startFfmpeg,
} from "@yardline/sources/video/ffmpeg";
import { createFragmentReader, isInit, type Packet } from "@yardline/sources/video/fragments";
import { type Cover, createCoverer } from "./cover-picture.ts";
import { type Opened, openedAt } from "./opened.ts";

const WIDTH_MAX_PX = 1_280;
const FPS_MAX = 25;
/** The longest that one clip may take. */
const RUN_MS_MAX = 30 * 60_000;

export type Redacted = { readonly mp4: Uint8Array; readonly fps: number };

/**
 * The same clip with everything covered but what is open, as H.264 at most 1280 px wide, in even steps of time. Pictures are covered between
 * decoding and encoding, so nothing of what is covered is ever in the coded stream, its metadata or another file.
 * @throws AppError `MEDIA_UNMADE`; `FFMPEG_UNAVAILABLE`; the reason of `signal`.
 */
export async function redactClip(
  { mp4, stretches }: Pick<Clip, "mp4" | "stretches">,
  cover: Cover,
  opened: readonly Pick<Opened, "path">[],
  signal: AbortSignal,
): Promise<Redacted> {
  const shape = shapeOf(mp4);
  const decoder = startFfmpeg(decoding(shape));
  const encoder = startFfmpeg(encoding(shape));
  const either = AbortSignal.any([signal, AbortSignal.timeout(RUN_MS_MAX)]);
  const stop = () => void Promise.all([decoder.stop(), encoder.stop()]);
  either.addEventListener("abort", stop, { once: true });
  try {
    decoder.stdin.on("error", () => undefined);
    decoder.stdin.end(mp4);
    const made = collect(encoder);
    const paint = createCoverer(cover);
    let nth = 0;
    for await (const picture of pictures(decoder, shape)) {
      const offset_ms = (nth * 1_000) / shape.fps;
      paint({ ...shape, data: picture }, openedAt(opened, instantAt(stretches, offset_ms)), offset_ms);
      await put(encoder, picture);
      nth += 1;
    }
    encoder.stdin.end();
    const coded = await made;
    for (const child of [decoder, encoder]) await succeed(child);
    either.throwIfAborted();
    return { mp4: joinSegments([coded]), fps: shape.fps };
  } finally {
    either.removeEventListener("abort", stop);
    await Promise.all([decoder.stop(), encoder.stop()]);
  }
}

type Shape = { readonly width_px: number; readonly height_px: number; readonly fps: number };

function shapeOf(mp4: Uint8Array): Shape {
  const pieces = createFragmentReader()(mp4);
  const init = pieces.find(isInit);
  const packets = pieces.filter((piece): piece is Packet => !isInit(piece));
  if (!init || packets.length === 0) throw unmade("there are no pictures in it");
  const length_ms = Math.max(...packets.map(({ pts_ms, duration_ms }) => pts_ms + duration_ms));
  const fps = Math.max(1, Math.min(FPS_MAX, Math.round((packets.length * 1_000) / Math.max(1, length_ms))));
  const scale = Math.min(1, WIDTH_MAX_PX / init.width_px);
  const even = (side_px: number) => Math.max(2, 2 * Math.round((side_px * scale) / 2));
  return { width_px: even(init.width_px), height_px: even(init.height_px), fps };
}

function decoding({ width_px, height_px, fps }: Shape): FfmpegCommandLine {
  const filter = `fps=${fps},scale=${width_px}:${height_px}`;
  const options = ["-map", "0:v:0", "-vf", filter, "-pix_fmt", "yuv420p", "-f", "rawvideo"];
  return {
    input: ["-v", "error", "-protocol_whitelist", "pipe", "-threads", "1", ...DECODED_MAX, "-f", "mp4"],
    source: STDIN,
    outputs: [{ options, target: STDOUT }],
    niceness: 10,
  };
}

function encoding({ width_px, height_px, fps }: Shape): FfmpegCommandLine {
  const size = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width_px}x${height_px}`, "-r", String(fps)];
  return {
    input: ["-v", "error", "-protocol_whitelist", "pipe", ...size],
    source: STDIN,
    outputs: [
      {
        options: [
          ...[
            "-map",
            "0:v:0",
            "-c:v",
            "libx264",
            "-threads",
            "1",
            "-preset",
            "superfast",
            "-bf",
            "0",
            "-crf",
            "23",
          ],
          ...["-pix_fmt", "yuv420p", "-g", String(2 * fps), "-map_metadata", "-1", "-f", "mp4"],
          ...["-movflags", "+frag_every_frame+empty_moov+default_base_moof"],
        ],
        target: STDOUT,
      },
    ],
    niceness: 10,
  };
}

async function* pictures(child: FfmpegChild, { width_px, height_px }: Shape): AsyncGenerator<Uint8Array> {
  const bytes = width_px * height_px * 1.5;
  let picture = new Uint8Array(bytes);
  let filled = 0;
  for await (const chunk of child.stdout) {
    for (let at = 0; at < chunk.length; ) {
      const part: Uint8Array = chunk.subarray(at, at + bytes - filled);
      picture.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < bytes) continue;
      yield picture;
      picture = new Uint8Array(bytes);
      filled = 0;
    }
  }
}

async function put({ stdin, exited }: FfmpegChild, picture: Uint8Array): Promise<void> {
  if (stdin.write(picture)) return;
  await Promise.race([once(stdin, "drain"), exited]);
}

async function collect({ stdout }: FfmpegChild): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stdout) parts.push(part);
  return Buffer.concat(parts);
}

async function succeed({ exited }: FfmpegChild): Promise<void> {
  const { code, failure, said } = await exited;
  if (failure) throw failure;
  if (code !== 0) throw unmade(said.at(-1) ?? "ffmpeg failed");
}

/** A clip leaves out what is not recorded. */
function instantAt(stretches: Clip["stretches"], offset_ms: number): EpochMs {
  let left_ms = offset_ms;
  for (const { from_ms, to_ms } of stretches) {
    if (left_ms < to_ms - from_ms) return from_ms + left_ms;
    left_ms -= to_ms - from_ms;
  }
  // Past the end nothing is open.
  return Number.POSITIVE_INFINITY;
}

function unmade(why: string): AppError {
  return new AppError("MEDIA_UNMADE", `No redacted copy can be made of this recording: ${why}.`);
}
