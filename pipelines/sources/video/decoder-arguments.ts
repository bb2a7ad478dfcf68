import { DECODED_MAX } from "./camera-arguments.ts";
import { type FfmpegCommandLine, STDIN, STDOUT } from "./ffmpeg.ts";
import { PICTURE_OUTPUT, pictureFilter } from "./picture-filter.ts";

/** Who looks leaves the processor to who records: children that copy or paint, and the process that writes what they give. */
const NICENESS = 5;

/**
 * Decodes fragments from standard input as they come. One thread each way and no probing, because every further thread and
 * every probed packet holds pictures back: 6 ms from fragment to picture at 720p instead of 250.
 */
export function decoderArguments(rate_fps: number): FfmpegCommandLine {
  // Times in the stream's own grain: in that of its claimed rate, a header of one picture in four seconds makes them all the same.
  const seen = ["-map", "0:v:0", "-vf", pictureFilter(rate_fps), "-enc_time_base", "-1"];
  return {
    input: [
      ...["-v", "error", "-protocol_whitelist", "pipe", "-copyts"],
      ...["-threads", "1", "-flags", "low_delay", "-fpsprobesize", "0", "-analyzeduration", "0"],
      ...[...DECODED_MAX, "-f", "mp4"],
    ],
    source: STDIN,
    outputs: [{ options: [...seen, ...PICTURE_OUTPUT], target: STDOUT }],
    niceness: NICENESS,
  };
}
