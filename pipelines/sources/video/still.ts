import { buffer } from "node:stream/consumers";
import { AppError } from "@yardline/domain/errors";
import { DECODED_MAX } from "./camera-arguments.ts";
import { type FfmpegCommandLine, STDIN, STDOUT, startFfmpeg } from "./ffmpeg.ts";
import type { ProbedCamera } from "./probe-camera.ts";

/** Larger ones say no more of where a mask must be. */
const STILL_WIDTH_PX_MAX = 1280;

/**
 * The first picture of what was probed, as one JPEG at most 1280 px wide. It is never on a disk.
 * @throws AppError `CAMERA_UNDECODABLE`.
 */
export async function stillOf({
  sample: { format, data },
}: Pick<ProbedCamera, "sample">): Promise<Uint8Array> {
  const child = startFfmpeg(stillArguments(format));
  // The child ends after the first picture and reads no further.
  child.stdin.on("error", () => undefined);
  child.stdin.end(data);
  const [jpeg, { failure, said }] = await Promise.all([buffer(child.stdout), child.exited]);
  if (failure) throw failure;
  if (jpeg.length > 0) return jpeg;
  throw new AppError(
    "CAMERA_UNDECODABLE",
    `The camera's pictures cannot be decoded: ${said.at(-1) ?? "no reason"}`,
  );
}

function stillArguments(format: ProbedCamera["sample"]["format"]): FfmpegCommandLine {
  const filter = `scale='min(iw,${STILL_WIDTH_PX_MAX})':-2:out_range=full,format=yuvj420p,setsar=1`;
  return {
    input: ["-v", "error", "-protocol_whitelist", "pipe", "-threads", "1", ...DECODED_MAX, "-f", format],
    source: STDIN,
    outputs: [
      {
        options: [
          ...["-map", "0:v:0", "-vf", filter, "-frames:v", "1"],
          ...["-map_metadata", "-1", "-c:v", "mjpeg", "-q:v", "4", "-f", "image2pipe"],
        ],
        target: STDOUT,
      },
    ],
  };
}
