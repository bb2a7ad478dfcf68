import type { CameraFeed } from "./feed.ts";
import { type CameraWorld, type StreamSinks, watchStream } from "./watch-stream.ts";

/**
 * Watches one camera until `signal` aborts, or until a file that does not loop is at its end: connects, records, hands on
 * pictures, and connects again after every loss. Resolves when the last segment is stored.
 * @throws AppError `MASK_BROKEN`: the picture's size changed or a masked pixel was not black, so that nothing more may be
 * seen of this camera until its mask is rebuilt; `FFMPEG_UNAVAILABLE`.
 */
export async function watchCamera(
  feed: CameraFeed,
  sinks: StreamSinks,
  world: CameraWorld,
  signal: AbortSignal,
): Promise<void> {
  await watchStream(feed, sinks, world, signal);
}
