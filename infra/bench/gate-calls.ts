import type { Detector } from "@yardline/detection/detector";
import { Watching } from "@yardline/edge/watching";
import { PRESENCE_EVERYWHERE } from "@yardline/rules/scene/scene-plan";
import { readRecording } from "@yardline/sources/video/read-recording";

const RATE_FPS = 5;

export type Calls = {
  readonly frames: number;
  /** Pictures through the network, a frame. */
  readonly calls_per_frame: number;
  /** CPU of the thread that watches, a frame that was not looked at: luma, gate, view, tracker and rules. */
  readonly analysis_ms: number;
  /** Wall time of a call, its picture made small included. */
  readonly call_ms: number;
  readonly raised: number;
};

/** Watches a recording as a live camera is watched, and counts what the gate lets through. */
export async function countCalls(path: string, detector: Detector): Promise<Calls> {
  let [frames, calls, call_ms, still, still_us, raised] = [0, 0, 0, 0, 0, 0];
  const counting: Detector = {
    async detect(picture, options) {
      const began_ms = performance.now();
      const found = await detector.detect(picture, options);
      calls++;
      call_ms += performance.now() - began_ms;
      return found;
    },
    close: async () => undefined,
  };
  const watching = new Watching({
    ...{ detector: counting, idOf: String, scene: PRESENCE_EVERYWHERE, keepPictures: false },
  });
  for await (const frame of readRecording(path, { camera: "bench", start_ms: 0, rate_fps: RATE_FPS })) {
    const before = process.threadCpuUsage();
    const watched = await watching.take(frame);
    const { user, system } = process.threadCpuUsage(before);
    frames++;
    raised += watched.raised.filter(({ finding }) => finding.state === "opened").length;
    if (watched.detections) continue;
    still++;
    still_us += user + system;
  }
  return {
    frames,
    calls_per_frame: calls / frames,
    analysis_ms: still_us / 1000 / still,
    call_ms: call_ms / calls,
    raised,
  };
}
