import { once } from "node:events";
import { resolve } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { type Picture, pictureBytes } from "@yardline/domain/picture";
import { type FfmpegCommandLine, STDIN, startFfmpeg } from "./ffmpeg.ts";

/** A film in the making. */
export type RecordingWriter = AsyncDisposable & {
  /**
   * The picture that is to be seen at `at_s` from the beginning; pictures come in the order of their times. Where one is late, the one
   * before it is shown for longer. Waits while the encoder is busy.
   * @throws AppError `OUTPUT_UNWRITABLE`, `PICTURE_SIZE_CHANGED`.
   */
  write(picture: Picture, at_s: number): Promise<void>;
  /** Finishes the file. @throws AppError `OUTPUT_UNWRITABLE`. */
  end(): Promise<void>;
};

/** A gap in the recording's times is shown as a picture that stands, for so long at most. */
const STAND_MAX_S = 10;

/** Encodes pictures as H.264 in MP4, playable in a browser. A file of that name is replaced. */
export function writeRecording(
  path: string,
  { width_px, height_px, rate_fps }: { width_px: number; height_px: number; rate_fps: number },
): RecordingWriter {
  const child = startFfmpeg(encodingArguments(path, { width_px, height_px, rate_fps }));
  // A child that died is told by its exit, not by the pipe that broke.
  child.stdin.on("error", () => undefined);
  child.stdout.resume();
  let written = 0;
  let ended = false;
  const failed = async (): Promise<AppError> => {
    const { failure, said } = await child.exited;
    const why = said.at(-1) ?? "ffmpeg stopped";
    return failure ?? new AppError("OUTPUT_UNWRITABLE", `${path} cannot be written (${why})`);
  };
  const put = async (data: Uint8Array): Promise<void> => {
    if (child.stdin.write(data)) return;
    const gone = child.exited.then(() => "gone" as const);
    if ((await Promise.race([once(child.stdin, "drain"), gone])) === "gone") throw await failed();
  };
  return {
    async write(picture, at_s) {
      if (picture.data.length !== pictureBytes(width_px, height_px, "yuv420p")) {
        throw new AppError("PICTURE_SIZE_CHANGED", "the recording's pictures change their size");
      }
      const due = Math.min(Math.round(at_s * rate_fps), written + STAND_MAX_S * rate_fps);
      do {
        await put(picture.data);
        written += 1;
      } while (written <= due);
    },
    async end() {
      ended = true;
      child.stdin.end();
      const { code } = await child.exited;
      if (code !== 0) throw await failed();
    },
    async [Symbol.asyncDispose]() {
      if (!ended) await child.stop();
    },
  };
}

function encodingArguments(
  path: string,
  { width_px, height_px, rate_fps }: { width_px: number; height_px: number; rate_fps: number },
): FfmpegCommandLine {
  const raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", `${width_px}x${height_px}`];
  return {
    input: ["-v", "error", "-protocol_whitelist", "pipe,file", ...raw, "-framerate", String(rate_fps)],
    source: STDIN,
    outputs: [
      {
        options: [
          // H.264 of this form has even sides.
          ...["-vf", "crop=2*trunc(iw/2):2*trunc(ih/2)", "-c:v", "libx264", "-preset", "veryfast"],
          ...["-crf", "23", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4", "-y"],
        ],
        target: `file:${resolve(path)}`,
      },
    ],
  };
}
