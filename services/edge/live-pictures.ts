import { LiveStream, type LiveTap } from "@yardline/sources/video/live-stream";
import type { StreamName } from "@yardline/sources/video/watch-camera";

/** One camera's newest pictures, for whoever looks on now; a camera of one stream has one for both. */
export class LivePictures {
  readonly #main = new LiveStream();
  readonly #sub: LiveStream;

  constructor(has_sub: boolean) {
    this.#sub = has_sub ? new LiveStream() : this.#main;
  }

  /** The ways in for one session of watching: nothing is left of it once `signal` aborts, as when the camera is paused. */
  taps(signal: AbortSignal): Readonly<Record<StreamName, LiveTap>> {
    return { main: this.#main.tap(signal), sub: this.#sub.tap(signal) };
  }

  find(stream: StreamName): LiveStream {
    return stream === "sub" ? this.#sub : this.#main;
  }
}
