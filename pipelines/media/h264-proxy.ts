import { DECODED_MAX } from "@yardline/sources/video/camera-arguments";
import { type FfmpegCommandLine, STDIN, STDOUT } from "@yardline/sources/video/ffmpeg";
import { type Clip, joinSegments } from "./clip.ts";
import { codecStringOf } from "./codec-string.ts";
import { runFfmpeg } from "./run-ffmpeg.ts";

const WIDTH_MAX_PX = 1280;
/** A player may seek to each of these. */
const KEY_FRAME_EVERY_S = 2;
const LIMITS = { bytes_max: 128_000_000, ms_max: 180_000 };

/** Whether a clip is in the one codec that every browser plays, so that it needs no proxy. */
export function isH264({ codec }: Pick<Clip, "codec">): boolean {
  return codec?.startsWith("avc") ?? false;
}

/**
 * The same clip as H.264 for browsers that cannot play what was recorded, at most 1280 px wide, of the same length, from 0 on, with an
 * index to seek by. One thread encodes, so that it takes no more than a core. What is stored and exported stays as it is.
 * @throws AppError `MEDIA_UNMADE`; the reason of `signal`, and then ffmpeg has been stopped.
 */
export async function makeH264(clip: Clip, signal: AbortSignal): Promise<Clip> {
  const made = await runFfmpeg(PROXY, [clip.mp4], LIMITS, signal);
  const mp4 = joinSegments([made]);
  return { ...clip, mp4, codec: codecStringOf(mp4) };
}

const PROXY: FfmpegCommandLine = {
  input: ["-v", "error", "-protocol_whitelist", "pipe", "-threads", "1", ...DECODED_MAX, "-f", "mp4"],
  source: STDIN,
  outputs: [
    {
      options: [
        ...["-map", "0:v:0", "-vf", `scale='2*trunc(min(${WIDTH_MAX_PX},iw)/2)':-2`, "-vsync", "passthrough"],
        ...["-c:v", "libx264", "-threads", "1", "-preset", "superfast", "-bf", "0", "-crf", "25"],
        ...["-pix_fmt", "yuv420p", "-force_key_frames", `expr:gte(t,n_forced*${KEY_FRAME_EVERY_S})`],
        ...[
          "-map_metadata",
          "-1",
          "-f",
          "mp4",
          "-movflags",
          "+frag_every_frame+empty_moov+default_base_moof",
        ],
      ],
      target: STDOUT,
    },
  ],
};
