import type { Frame } from "@yardline/domain/picture";
import { pictureBytes } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import { startFfmpeg } from "./ffmpeg.ts";
import { createNutReader } from "./nut.ts";
import { findTruncation, probeRecording, unreadable } from "./probe-recording.ts";
import { recordingArguments } from "./recording-arguments.ts";

/**
 * The frames of a recording, at most `rate_fps` a second of its own time, each at `start_ms` plus its presentation time from
 * the first picture on. Nothing is dropped however slow the reader is (ffmpeg waits), and the same file gives the same
 * frames, byte for byte, whatever else the machine does.
 * @throws AppError as `probeRecording` does; `VIDEO_UNREADABLE` when not one picture could be decoded; after the last frame
 * `VIDEO_TRUNCATED` when the container promises much more.
 */
export async function* readRecording(
  path: string,
  { camera, start_ms, rate_fps }: { camera: string; start_ms: EpochMs; rate_fps: number },
  signal?: AbortSignal,
): AsyncGenerator<Frame, void, undefined> {
  const recording = await probeRecording(path);
  signal?.throwIfAborted();
  const child = startFfmpeg(recordingArguments(path, rate_fps));
  const stop = () => void child.stop();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const read = createNutReader();
    let first_s: number | undefined;
    let last_s = 0;
    for await (const chunk of child.stdout) {
      for (const { pts_s, width_px, height_px, data } of read(chunk)) {
        if (data.length !== pictureBytes(width_px, height_px, "yuv420p")) continue;
        first_s ??= pts_s;
        last_s = pts_s - first_s;
        const at_ms = start_ms + Math.round(last_s * 1000);
        yield { camera, at_ms, picture: { width_px, height_px, format: "yuv420p", data } };
      }
    }
    signal?.throwIfAborted();
    const exit = await child.exited;
    if (exit.failure) throw exit.failure;
    if (first_s === undefined) throw unreadable(path, new Error(exit.said.join("\n")));
    const truncation = findTruncation(path, recording, last_s);
    if (truncation) throw truncation;
  } finally {
    signal?.removeEventListener("abort", stop);
    await child.stop();
  }
}
