import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import type { Frame } from "@yardline/domain/picture";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRecording } from "./read-recording.ts";
import { makeVideo } from "./testing.ts";

const CLIPS = "../shared/data/video/clips";
const START_MS = Date.parse("2026-05-01T10:00:00Z");
const asked = { camera: "yard", start_ms: START_MS, rate_fps: 5 };

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-recording-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Times, sizes and one hash over all pixels. */
async function summaryOf(path: string, pause_ms = 0) {
  const hash = createHash("sha256");
  const times: number[] = [];
  const sizes = new Set<string>();
  for await (const { at_ms, picture } of readRecording(path, asked)) {
    times.push(at_ms - START_MS);
    sizes.add(`${picture.width_px}×${picture.height_px}`);
    hash.update(picture.data);
    if (pause_ms > 0) await setTimeout(pause_ms);
  }
  return { times, sizes: [...sizes], hash: hash.digest("hex") };
}

async function errorOf(path: string) {
  const frames: Frame[] = [];
  try {
    for await (const frame of readRecording(path, asked)) frames.push(frame);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    expect(thrown.message).toContain(path);
    return { code: thrown.code, frames: frames.length };
  }
}

test.for([
  ["clip.mp4", ["-c:v", "libx264"]],
  ["clip.mkv", ["-c:v", "libx264"]],
  ["clip.ts", ["-c:v", "libx264"]],
  ["clip.avi", ["-c:v", "msmpeg4"]],
  ["clip.mjpeg", ["-c:v", "mjpeg"]],
] as const)("%s gives the first frame of every fifth of a second", async ([name, codec]) => {
  const path = join(folder, name);
  await makeVideo(path, { size: "192x108", seconds: 2, rate_fps: 25 }, codec);
  const { times, sizes } = await summaryOf(path);
  expect({ times, sizes }).toEqual({
    times: [0, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800],
    sizes: ["192×108"],
  });
});

test("a slow reader loses nothing and reads the same bytes", async () => {
  const path = join(folder, "steady.mp4");
  await makeVideo(path, { size: "640x360", seconds: 4, rate_fps: 10 });
  const fast = await summaryOf(path);
  expect(fast.times).toHaveLength(20);
  expect(await summaryOf(path, 30)).toEqual(fast);
});

test("pictures larger than 1080p are scaled down, odd sizes are kept", async () => {
  const large = join(folder, "large.mp4");
  await makeVideo(large, { size: "2560x1440", seconds: 0.4, rate_fps: 5 });
  expect((await summaryOf(large)).sizes).toEqual(["1920×1080"]);
  const odd = join(folder, "odd.mjpeg");
  await makeVideo(odd, { size: "101x75", seconds: 0.4, rate_fps: 5 }, ["-c:v", "mjpeg"]);
  expect((await summaryOf(odd)).sizes).toEqual(["101×75"]);
});

test("bad files give one error each", async () => {
  const good = join(folder, "good.mp4");
  await makeVideo(good, { size: "320x180", seconds: 20, rate_fps: 10 }, ["-movflags", "+faststart"]);
  const bytes = await readFile(good);
  const write = async (name: string, data: Uint8Array | string) => {
    await writeFile(join(folder, name), data);
    return errorOf(join(folder, name));
  };
  expect(await errorOf(join(folder, "nowhere.mp4"))).toEqual({ code: "VIDEO_MISSING", frames: 0 });
  expect(await errorOf(folder)).toEqual({ code: "VIDEO_MISSING", frames: 0 });
  expect(await write("empty.mp4", "")).toEqual({ code: "VIDEO_EMPTY", frames: 0 });
  expect(await write("page.mp4", "<!doctype html><title>404</title>")).toEqual({
    code: "VIDEO_UNREADABLE",
    frames: 0,
  });
  expect(await write("headless.mp4", bytes.subarray(bytes.length / 2))).toEqual({
    code: "VIDEO_UNREADABLE",
    frames: 0,
  });
  const half = await write("half.mp4", bytes.subarray(0, bytes.length / 2));
  expect(half?.code).toBe("VIDEO_TRUNCATED");
  expect(half?.frames).toBeGreaterThan(20);
  const sound = join(folder, "sound.m4a");
  await makeVideo(sound, "sound");
  expect(await errorOf(sound)).toEqual({ code: "VIDEO_NO_PICTURES", frames: 0 });
});

test("aborting ends it and leaves no child", async () => {
  const path = join(folder, "long.mp4");
  await makeVideo(path, { size: "640x360", seconds: 20, rate_fps: 10 });
  const stop = new AbortController();
  const reading = (async () => {
    for await (const { at_ms } of readRecording(path, asked, stop.signal)) {
      if (at_ms - START_MS === 1000) stop.abort();
    }
  })();
  await expect(reading).rejects.toThrow("abort");
});

describe.skipIf(!existsSync(CLIPS))("on real footage (needs ../shared/data)", () => {
  test.for([
    ["intel-bottle.mp4", 200, "640×360"],
    ["bgs-video02.avi", 151, "320×240"],
    ["mmtracking-demo.mp4", 8, "1920×1080"],
  ] as const)("%s", async ([name, frames, size]) => {
    const file = await open(join(CLIPS, name));
    await file.close();
    const { times, sizes } = await summaryOf(join(CLIPS, name));
    expect({ frames: times.length, sizes }).toEqual({ frames, sizes: [size] });
  });
});
