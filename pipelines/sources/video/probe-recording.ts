import { stat } from "node:fs/promises";
import { AppError } from "@yardline/domain/errors";
import { probeFile } from "./ffmpeg.ts";

export type Recording = {
  /** Size of the pictures as they are shown: a turned phone video is upright. */
  readonly width_px: number;
  readonly height_px: number;
  /** As the container says; absent where it does not. */
  readonly duration_s?: number;
};

/**
 * What a recording is, without decoding it.
 * @throws AppError, each with how to mend it: `VIDEO_MISSING`, `VIDEO_EMPTY`, `VIDEO_UNREADABLE` (cut short, or no video at
 * all), `VIDEO_NO_PICTURES` (sound only), `FFMPEG_UNAVAILABLE`.
 */
export async function probeRecording(path: string): Promise<Recording> {
  const size = await stat(path).catch((cause: unknown) => {
    throw new AppError("VIDEO_MISSING", `${path} cannot be opened; check the name and who may read it`, {
      cause,
    });
  });
  if (!size.isFile()) throw new AppError("VIDEO_MISSING", `${path} is not a file; name one video file`);
  if (size.size === 0) {
    throw new AppError("VIDEO_EMPTY", `${path} has zero bytes; copy the recording again`);
  }
  const { streams } = await probeFile(path);
  const video = streams.find(
    ({ codec_type, disposition }) => codec_type === "video" && !isCover(disposition),
  );
  if (!video?.width || !video.height) {
    if (streams.length > 0) {
      throw new AppError("VIDEO_NO_PICTURES", `${path} has sound but no video; choose a file with pictures`);
    }
    throw unreadable(path);
  }
  const turned = Math.abs(Number(video.rotation ?? 0)) % 180 === 90;
  const duration_s = Number(video.duration);
  return {
    width_px: turned ? video.height : video.width,
    height_px: turned ? video.width : video.height,
    ...(duration_s > 0 && { duration_s }),
  };
}

/** An album's cover counts as video in ffmpeg, though nothing moves in it. */
function isCover(disposition: { readonly attached_pic?: number | undefined } | undefined): boolean {
  return disposition?.attached_pic === 1;
}

/** The end of a copy that broke off: at least this much is missing. Shorter differences are containers being inexact. */
const MISSING_S_MIN = 5;
const MISSING_SHARE_MIN = 0.2;

/** An error when the last picture comes much sooner than the container promises. */
export function findTruncation(
  path: string,
  { duration_s }: Recording,
  last_s: number,
): AppError | undefined {
  const missing_s = (duration_s ?? 0) - last_s;
  if (missing_s < MISSING_S_MIN || missing_s < MISSING_SHARE_MIN * (duration_s ?? 0)) return undefined;
  return new AppError(
    "VIDEO_TRUNCATED",
    `${path} ends after ${last_s.toFixed(1)} s of ${duration_s?.toFixed(1)} s; copy it again. What was found until there stands`,
  );
}

export function unreadable(path: string, cause?: unknown): AppError {
  return new AppError(
    "VIDEO_UNREADABLE",
    `${path} is no video that ffmpeg can read: it is cut short or something else than its name says; ` +
      "copy it again, or try: ffmpeg -i FILE -c copy mended.mkv",
    { cause },
  );
}
