import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Detector } from "@yardline/detection/detector";
import { PRESENCE_EVERYWHERE } from "@yardline/rules/scene/scene-plan";
import { readRecording } from "@yardline/sources/video/read-recording";
import { describe, expect, test } from "vitest";
import { type Standing, YardDetector, yardFrame } from "./testing.ts";
import { type Watched, Watching } from "./watching.ts";

const FRAME_MS = 200;

/** Walks in at 2 s, stands in the middle from 8 s to 20 s, walks out to the right. */
function walker(t_s: number): readonly Standing[] {
  if (t_s < 2) return [];
  const left = t_s < 8 ? -20 + (t_s - 2) * 30 : t_s < 20 ? 160 : 160 + (t_s - 20) * 40;
  return left < 320 ? [[Math.round(left), 150]] : [];
}

async function watchWalker(detector: YardDetector, until_s: number): Promise<readonly Watched[]> {
  const watching = new Watching({
    detector,
    idOf: (serial) => `track-${serial}`,
    scene: PRESENCE_EVERYWHERE,
    keepPictures: false,
  });
  const watched: Watched[] = [];
  for (let at_ms = 0; at_ms <= until_s * 1000; at_ms += FRAME_MS) {
    watched.push(await watching.take(yardFrame("gate", at_ms, walker(at_ms / 1000))));
  }
  return watched;
}

const told = (watched: readonly Watched[]) =>
  watched.flatMap(({ raised }) => raised).filter(({ finding }) => finding.state !== "updated");

test("a visit is one stay, opened within half a second and closed after the last sighting", async () => {
  const detector = new YardDetector();
  const watched = await watchWalker(detector, 32);
  expect(told(watched)).toMatchObject([
    {
      rule: "presence",
      finding: { state: "opened", at_ms: 2400, data: { since_ms: 2200, facts: { label: "person" } } },
    },
    {
      rule: "presence",
      finding: { state: "closed", data: { since_ms: 2200, until_ms: 23_800, ended: "left" } },
    },
  ]);
});

test("an empty yard and a standing person cost few looks", async () => {
  const detector = new YardDetector();
  const watched = await watchWalker(detector, 32);
  const standing = watched.filter(({ at_ms }) => at_ms > 9_000 && at_ms < 20_000);
  expect(standing.filter(({ detections }) => detections).length).toBeLessThanOrEqual(6);
  const empty = watched.filter(({ at_ms }) => at_ms < 2_000);
  expect(empty.filter(({ detections }) => detections).length).toBe(1);
  expect(detector.looks).toBe(watched.filter(({ detections }) => detections).length);
});

test("a detector that fails once costs one picture and nothing else", async () => {
  const detector = new YardDetector();
  const watching = new Watching({
    detector,
    idOf: (serial) => `track-${serial}`,
    scene: PRESENCE_EVERYWHERE,
    keepPictures: false,
  });
  const states: string[] = [];
  for (let at_ms = 0; at_ms <= 10_000; at_ms += FRAME_MS) {
    if (at_ms === 5_000) detector.failure = new Error("worker died");
    try {
      const { raised } = await watching.take(yardFrame("gate", at_ms, walker(at_ms / 1000)));
      states.push(...raised.map(({ finding }) => finding.state));
    } catch (thrown) {
      states.push(String(thrown));
    }
  }
  expect(states.filter((state) => state !== "updated")).toEqual(["opened", "Error: worker died"]);
});

test("pictures are kept only when asked for, as they were before the detector took them", async () => {
  const watching = new Watching({
    detector: new YardDetector(),
    idOf: String,
    scene: PRESENCE_EVERYWHERE,
    keepPictures: true,
  });
  const frame = yardFrame("gate", 0, [[10, 150]]);
  const { picture } = await watching.take(frame);
  expect(picture).toEqual(frame.picture);
  expect(picture?.data).not.toBe(frame.picture.data);
});

const CLIPS = join(import.meta.dirname, "../../../shared/data/video/clips");

describe.skipIf(!existsSync(CLIPS))("on real recordings (needs ../shared/data)", () => {
  test("a yard with nobody but a swaying tree and drifting light costs a look in fifteen pictures at most", async () => {
    const blind: Detector = { detect: async () => [], close: async () => undefined };
    const watching = new Watching({
      detector: blind,
      idOf: String,
      scene: PRESENCE_EVERYWHERE,
      keepPictures: false,
    });
    const source = { camera: "yard", start_ms: 0, rate_fps: 5 };
    const looks: boolean[] = [];
    for await (const frame of readRecording(join(CLIPS, "quiet-courtyard.mp4"), source)) {
      const { detections } = await watching.take(frame);
      looks.push(detections !== undefined);
    }
    expect(looks.length).toBe(150);
    expect(looks[0]).toBe(true);
    expect(looks.filter(Boolean).length).toBeLessThanOrEqual(10);
    // What the tree does is known after ten seconds; then only the sure look remains.
    expect(looks.slice(50).filter(Boolean).length).toBeLessThanOrEqual(2);
  });
});
