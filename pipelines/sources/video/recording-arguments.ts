import { resolve } from "node:path";
import { DECODED_MAX } from "./camera-arguments.ts";
import { type FfmpegCommandLine, STDOUT } from "./ffmpeg.ts";
import { PICTURE_OUTPUT, pictureFilter } from "./picture-filter.ts";

/** Reads a file as fast as its reader takes the pictures. */
export function recordingArguments(path: string, rate_fps: number): FfmpegCommandLine {
  return {
    input: ["-v", "error", "-protocol_whitelist", "file", ...DECODED_MAX],
    source: `file:${resolve(path)}`,
    outputs: [
      { options: ["-map", "0:v:0", "-vf", pictureFilter(rate_fps), ...PICTURE_OUTPUT], target: STDOUT },
    ],
  };
}
