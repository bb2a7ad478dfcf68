import type { Polygon } from "@yardline/domain/camera";
import { type CameraInput, DECODED_MAX, FRAGMENT_OUTPUT } from "./camera-arguments.ts";
import { type FfmpegCommandLine, STDOUT } from "./ffmpeg.ts";
import { maskFilter } from "./mask-filter.ts";
import { PICTURE_OUTPUT, pictureFilter } from "./picture-filter.ts";

/** Pictures a second of a recording that we encode ourselves. */
export const MASKED_RATE_FPS = 8;
const KEY_FRAME_EVERY_S = 4;

/**
 * One child that decodes, paints the polygons before anything else can see the picture, and only then parts the way in two:
 * H.264 for the recording on standard output, the same pictures raw into `socket_path`. Without polygons it turns a stream
 * that browsers cannot play into one that they can.
 * @param further outputs of what else the stream carries.
 */
export function maskingArguments(
  { input, source }: CameraInput,
  polygons: readonly Polygon[],
  socket_path: string,
  further: FfmpegCommandLine["outputs"] = [],
): FfmpegCommandLine {
  const graph = `[0:v:0]${pictureFilter(MASKED_RATE_FPS)},${maskFilter(polygons)},split[recorded][seen]`;
  const recorded = [
    ...["-filter_complex", graph, "-map", "[recorded]", "-vsync", "passthrough"],
    ...["-c:v", "libx264", "-threads", "1", "-preset", "ultrafast", "-tune", "zerolatency", "-crf", "26"],
    ...["-g", String(KEY_FRAME_EVERY_S * MASKED_RATE_FPS), "-sc_threshold", "0"],
    ...FRAGMENT_OUTPUT,
  ];
  // Not scaled to the size it began with: a change of size must show.
  const seen = ["-map", "[seen]", "-autoscale", "0", ...PICTURE_OUTPUT];
  return {
    // So that it says of which size and format the pictures are, before the first of them.
    input: [...input, "-v", "level+verbose", "-threads", "1", ...DECODED_MAX],
    source,
    outputs: [
      { options: recorded, target: STDOUT },
      { options: seen, target: `unix:${socket_path}` },
      ...further,
    ],
  };
}
