import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Detector } from "@yardline/detection/detector";
import { areaOf, type Box, WHOLE } from "@yardline/domain/box";
import { pictureBytes } from "@yardline/domain/picture";
import { within } from "@yardline/frames/crop";
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

/** Sees the far people of a large yard, each in the part that is asked about, cut off where it ends. */
function farSight(people: () => readonly Box[]) {
  const asked: (Box | undefined)[] = [];
  const detector: Detector = {
    async detect(_picture, { region = WHOLE } = {}) {
      asked.push(region === WHOLE ? undefined : region);
      return people().flatMap((box) => {
        const seen = within(box, region);
        return areaOf(seen) > 0 ? [{ label: "person", score: 0.9, box: seen } as const] : [];
      });
    },
    close: async () => undefined,
  };
  return { asked, detector };
}

/** A large yard with one far person walking at the left, and one who stands at the right all the time. */
async function watchFarWalker(until_s: number, edge?: (box: Box) => Box) {
  const [width_px, height_px] = [1280, 720];
  const standing = { left: 0.9, top: 0.5, right: 0.92, bottom: 0.6 };
  let people: readonly Box[] = [];
  const { asked, detector } = farSight(() => people.map((box) => edge?.(box) ?? box));
  const watching = new Watching({ detector, idOf: String, scene: PRESENCE_EVERYWHERE, keepPictures: false });
  const watched: Watched[] = [];
  for (let at_ms = 0; at_ms <= until_s * 1000; at_ms += FRAME_MS) {
    const left = 0.1 + at_ms / 100_000;
    people = at_ms < 4_000 ? [standing] : [standing, { left, top: 0.5, right: left + 0.02, bottom: 0.6 }];
    const data = new Uint8Array(pictureBytes(width_px, height_px, "yuv420p")).fill(128);
    data.fill(90, 0, width_px * height_px);
    for (const box of people) {
      for (let y = box.top * height_px; y < box.bottom * height_px; y++) {
        data.fill(
          20,
          Math.round(y * width_px + box.left * width_px),
          Math.round(y * width_px + box.right * width_px),
        );
      }
    }
    watched.push(
      await watching.take({
        camera: "far",
        at_ms,
        picture: { width_px, height_px, format: "yuv420p", data },
      }),
    );
  }
  return { asked, watched };
}

test("far walkers are looked at closely, and those who stand elsewhere are neither missed nor lost for it", async () => {
  const { asked, watched } = await watchFarWalker(20);
  const parts = asked.filter((region) => region !== undefined && region.left < 0.5);
  expect(parts.length).toBeGreaterThan(5);
  for (const part of parts) expect(part?.right).toBeLessThan(0.9);
  // And the whole now and then.
  expect(asked.slice(-12)).toContain(undefined);
  expect(
    watched
      .at(-1)
      ?.tracks.map(({ id, state }) => [id, state])
      .toSorted(),
  ).toEqual([
    ["0", "confirmed"],
    ["1", "confirmed"],
  ]);
  expect(told(watched).map(({ finding }) => finding.state)).toEqual(["opened", "opened"]);
});

test("what is cut by the edge of the part is looked at again in the whole picture", async () => {
  // The detector sees something there that reaches far beyond what moved.
  const { asked, watched } = await watchFarWalker(6, (box) =>
    box.left < 0.5 ? { ...box, right: 0.7 } : box,
  );
  const cut = asked.findIndex((region) => region !== undefined && region.left < 0.5);
  expect(cut).toBeGreaterThan(0);
  expect(asked[cut + 1]).toBeUndefined();
  const boxes = watched.flatMap(({ detections = [] }) => detections.map(({ box }) => box.right));
  expect(boxes.every((right) => right === 0.7 || right === 0.92)).toBe(true);
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
