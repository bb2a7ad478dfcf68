import type { Frame } from "@yardline/domain/picture";

/**
 * Frames of live cameras between the one who takes them in and the one who looks: bounded, and the oldest goes first, since
 * what happens now matters more. For recordings there is no queue: reading them waits.
 */
export type FrameQueue = {
  push(frame: Frame): void;
  /** Frames in order, as they come; ends after `close`. For one reader. */
  [Symbol.asyncIterator](): AsyncIterator<Frame, undefined>;
  /** @returns what still waits, which nobody will read. */
  close(): readonly Frame[];
};

/** @param onDropped told each time the limit bites, with the frame that went. */
export function createFrameQueue(limit: number, onDropped: (frame: Frame) => void): FrameQueue {
  const frames: Frame[] = [];
  let closed = false;
  let wake = Promise.withResolvers<void>();
  return {
    push(frame) {
      if (closed) return;
      frames.push(frame);
      const oldest = frames.length > limit ? frames.shift() : undefined;
      if (oldest) onDropped(oldest);
      wake.resolve();
    },
    async *[Symbol.asyncIterator](): AsyncGenerator<Frame, undefined> {
      while (!closed) {
        const frame = frames.shift();
        if (frame) yield frame;
        else {
          wake = Promise.withResolvers();
          await wake.promise;
        }
      }
      return undefined;
    },
    close() {
      closed = true;
      wake.resolve();
      return frames.splice(0);
    },
  };
}
