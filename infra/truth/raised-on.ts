import type { Frame } from "@yardline/domain/picture";
import type { Sight } from "@yardline/edge/look";
import { RecordingWatch } from "@yardline/edge/watch-recording";
import type { ScenePlan } from "@yardline/rules/scene/scene-plan";
import { probeRecording } from "@yardline/sources/video/probe-recording";
import { readRecording } from "@yardline/sources/video/read-recording";

const RATE_FPS = 5;

/** Something that was raised, and at which time of the recording. */
export type RaisedAt = { readonly rule: string; readonly zone: string; readonly raised_s: number };

/**
 * Watches a recording as `./yardline watch` does. @returns what was raised, in the order in which it was.
 * @param beforeEach is shown each frame before it is watched.
 */
export async function raisedOn(
  path: string,
  scene: ScenePlan,
  sight: Sight,
  beforeEach: (frame: Frame) => void = () => undefined,
): Promise<readonly RaisedAt[]> {
  const source_px = await probeRecording(path);
  const watching = new RecordingWatch({ camera: "truth", start_ms: 0, sight, scene, source_px });
  const found: RaisedAt[] = [];
  for await (const frame of readRecording(path, { camera: "truth", start_ms: 0, rate_fps: RATE_FPS })) {
    beforeEach(frame);
    const { explained } = await watching.take(frame);
    for (const { rule, zone = "", finding } of explained.watched.raised) {
      const { state, at_ms, data } = finding;
      // What is over when it is found comes as closed alone.
      const begins = state === "opened" || (state === "closed" && data.since_ms === at_ms);
      if (begins) found.push({ rule, zone, raised_s: at_ms / 1000 });
    }
  }
  return found;
}
