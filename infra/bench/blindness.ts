import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Detector } from "@yardline/detection/detector";
import type { Detection } from "@yardline/domain/detection";
import { Watching } from "@yardline/edge/watching";
import { PRESENCE_EVERYWHERE } from "@yardline/rules/scene/scene-plan";
import { readRecording } from "@yardline/sources/video/read-recording";

const RATE_FPS = 5;
const SCORE_MIN = 0.4;
/** Somebody is well in view so long after they were seen first. */
const IN_VIEW_MS = 600;
/** Levels of brightness, as shares of white. */
const STEPS = [0.15, -0.15];
/** So much of the empty scene is seen before the light changes. */
const BEFORE_MS = 4_000;
const AFTER_MS = 4_000;

export type Blindness = {
  /** From the first picture to the first that somebody in it is found in, against a detector that sees every picture. */
  readonly at_first_ms: number;
  /** The same from the picture at which the light changed; the longest. */
  readonly at_light_ms: number;
  readonly changes: number;
};

/**
 * How long the gate keeps from the detector what it would have seen.
 * @param clip in which somebody comes into an empty scene. @param folder for the clips made of it. @param steps kinds of change.
 */
export async function measureBlindness(
  clip: string,
  folder: string,
  detector: Detector,
  steps: number,
): Promise<Blindness> {
  const seen_ms = await firstSeen(clip, 0, watchedBy(detector));
  const from_ms = seen_ms + IN_VIEW_MS;
  const late = join(folder, "late.mp4");
  encode(clip, late, { from_ms, length_ms: AFTER_MS, filter: "null" });
  const at_first_ms = await blindness(late, 0, detector);
  const at_light: number[] = [];
  const begin_ms = Math.max(0, seen_ms - BEFORE_MS);
  for (const step of STEPS.slice(0, steps)) {
    // As somebody comes in, and while they are in view.
    for (const change_ms of [seen_ms - begin_ms, from_ms - begin_ms]) {
      const path = join(folder, `light-${step}-${change_ms}.mp4`);
      const filter = `eq=brightness=${step}:enable='gte(t,${change_ms / 1_000})'`;
      encode(clip, path, { from_ms: begin_ms, length_ms: change_ms + AFTER_MS, filter });
      at_light.push(await blindness(path, change_ms, detector));
    }
  }
  return { at_first_ms, at_light_ms: Math.max(...at_light), changes: at_light.length };
}

async function blindness(clip: string, from_ms: number, detector: Detector): Promise<number> {
  const ours = await firstSeen(clip, from_ms, watchedBy(detector));
  const best = await firstSeen(clip, from_ms, () => async ({ at_ms, picture }) => {
    return at_ms < from_ms ? undefined : detector.detect(picture);
  });
  return ours - best;
}

type Frame = Parameters<Watching["take"]>[0];
type Look = () => (frame: Frame) => Promise<readonly Detection[] | undefined>;

function watchedBy(detector: Detector): Look {
  return () => {
    const watching = new Watching({
      detector,
      idOf: String,
      scene: PRESENCE_EVERYWHERE,
      keepPictures: false,
    });
    return async (frame) => (await watching.take(frame)).detections;
  };
}

/** @returns the time of the first picture from `from_ms` on in which a person is found; infinite when there is none. */
async function firstSeen(clip: string, from_ms: number, look: Look): Promise<number> {
  const see = look();
  for await (const frame of readRecording(clip, { camera: "bench", start_ms: 0, rate_fps: RATE_FPS })) {
    const found = (await see(frame)) ?? [];
    if (frame.at_ms < from_ms) continue;
    if (found.some(({ label, score }) => label === "person" && score >= SCORE_MIN)) return frame.at_ms;
  }
  return Number.POSITIVE_INFINITY;
}

type Cut = { readonly from_ms: number; readonly length_ms: number; readonly filter: string };

/** A part of a clip whose times begin at 0. */
function encode(from: string, to: string, { from_ms, length_ms, filter }: Cut): void {
  const part = ["-ss", `${from_ms / 1_000}`, "-t", `${length_ms / 1_000}`, "-i", from];
  const coding = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"];
  execFileSync("ffmpeg", ["-v", "error", "-y", ...part, "-an", "-vf", filter, ...coding, to]);
}
