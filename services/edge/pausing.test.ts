import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { Pause } from "@yardline/records/pauses";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEdge } from "./edge.ts";
import { cameraOf, partsOf, YardDetector } from "./testing.ts";

const run = promisify(execFile);
let folder = "";
let clip = "";

/** Somebody dark who walks to and fro, so that there is always something to look at. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pausing-"));
  clip = join(folder, "yard.mp4");
  const scene = "[0][1]overlay=x='150+100*sin(2*t)':y=90:shortest=1";
  const sizes = ["color=gray:s=320x180:r=10:d=20", "color=black:s=20x60:r=10:d=20"];
  const inputs = sizes.flatMap((source) => ["-f", "lavfi", "-i", source]);
  const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "10", "-pix_fmt", "yuv420p"];
  await run("ffmpeg", ["-v", "error", ...inputs, "-filter_complex", scene, ...coding, clip]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An edge with one looping camera, whose pauses are what `pauses` holds. */
async function filming(pauses: Map<string, Pause>) {
  const detector = new YardDetector();
  const parts = { ...partsOf(), findPauses: async () => new Map(pauses) };
  const stop = new AbortController();
  const camera = { ...cameraOf("yard", clip, detector), recorded: true };
  const edge = await startEdge([camera], parts, stop.signal);
  const end = async () => {
    stop.abort();
    await edge.ended;
  };
  return { edge, parts, detector, end, status: () => edge.listCameras()[0] };
}

function pauseFrom(from_ms: number): Pause {
  return { from_ms, until_ms: from_ms + 3_600_000, reason: "a funeral", paused_by: "olena" };
}

test("a paused camera is neither decoded nor recorded, says so, and goes on afterwards", {
  timeout: 60_000,
}, async () => {
  const pauses = new Map<string, Pause>();
  const { edge, parts, detector, end, status } = await filming(pauses);
  const { media, producer, keeping } = parts;
  await expect.poll(() => detector.looks, { timeout: 30_000 }).toBeGreaterThan(3);
  const pause = pauseFrom(parts.clock.now_ms());
  pauses.set("yard", pause);
  await edge.heedPauses();
  expect(status()).toMatchObject({
    ...{ state: "paused", reason: "a funeral", since_ms: pause.from_ms, paused_until_ms: pause.until_ms },
  });
  // What was under way is stored; from here on nothing may come.
  await expect.poll(() => media.segments.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await delay(500);
  const before = { looks: detector.looks, segments: media.segments.length, snapshots: media.snapshots.size };
  await delay(2_000);
  const after = { looks: detector.looks, segments: media.segments.length, snapshots: media.snapshots.size };
  expect(after).toEqual(before);
  expect(Math.max(...media.segments.map(({ to_ms }) => to_ms))).toBeLessThan(pause.from_ms + 2_000);
  const paused = () => producer.said.filter(({ eventType }) => eventType.type === "camera.paused");
  expect(paused()).toMatchObject([{ state: "open", source: "camera/yard" }]);
  expect(JSON.stringify(paused())).not.toContain("funeral");

  pauses.clear();
  await edge.heedPauses();
  expect(status()?.state).toBe("connecting");
  await expect.poll(() => status()?.state, { timeout: 20_000 }).toBe("watching");
  await expect.poll(() => detector.looks, { timeout: 20_000 }).toBeGreaterThan(before.looks);
  const gaps = keeping.gaps.filter(({ why }) => why === "paused");
  expect(gaps.map(({ from_ms }) => from_ms)).toEqual(gaps.map(() => pause.from_ms));
  expect(Math.max(...gaps.map(({ to_ms }) => to_ms))).toBeGreaterThanOrEqual(pause.from_ms + 2_000);
  await end();
});

test("one that was paused before a restart opens no connection at all", { timeout: 30_000 }, async () => {
  const from_ms = Date.now() - 60_000;
  const { parts, detector, end, status } = await filming(new Map([["yard", pauseFrom(from_ms)]]));
  expect(status()).toMatchObject({ state: "paused", since_ms: from_ms });
  await delay(1_500);
  expect([detector.looks, parts.media.segments, parts.media.snapshots.size]).toEqual([0, [], 0]);
  // The time for which the box was off is declared, too.
  expect(parts.keeping.gaps[0]).toMatchObject({ why: "paused", from_ms });
  await end();
});

test("a camera of which it is not known whether it is paused is not opened", async () => {
  const parts = { ...partsOf(), findPauses: () => Promise.reject(new Error("unreadable")) };
  const opening = startEdge([cameraOf("yard", clip)], parts, new AbortController().signal);
  await expect(opening).rejects.toThrow("unreadable");
});
