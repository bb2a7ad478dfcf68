import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DetectorShare } from "./detector-share.ts";
import { LiveCamera } from "./live-camera.ts";
import { cameraOf, partsOf } from "./testing.ts";

const run = promisify(execFile);
let folder = "";
let clip = "";

/** Twenty-two seconds: after eight of them the camera looks at another part of a scene that is full of edges. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "edge-turning-"));
  clip = join(folder, "square.mp4");
  const scene = "mandelbrot=s=640x360:r=5:start_scale=0.3:end_scale=0.3";
  const turn =
    "trim=end_frame=1,loop=loop=-1:size=1,crop=320:180:x='if(lt(t,8),0,320)':y='if(lt(t,8),0,170)'";
  const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "5", "-pix_fmt", "yuv420p"];
  await run("ffmpeg", [
    "-v",
    "error",
    "-f",
    "lavfi",
    "-i",
    scene,
    "-vf",
    `${turn},setpts=N/5/TB`,
    "-t",
    "22",
    ...coding,
    clip,
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is said about the camera itself when it looks elsewhere; `commanded`: we made it do so. */
async function tampering(commanded: boolean): Promise<readonly unknown[]> {
  const parts = partsOf();
  const share = new DetectorShare({ lanes: 1, clock: parts.clock });
  const camera = new LiveCamera(cameraOf("square", clip), { ...parts, share }, []);
  const stop = new AbortController();
  const ended = camera.run(async () => () => undefined, stop.signal);
  if (commanded) {
    await expect.poll(() => camera.status().state, { timeout: 10_000 }).toBe("watching");
    setTimeout(() => camera.turns(), 6_000);
  }
  await ended;
  return parts.producer.said
    .filter(({ eventType }) => eventType.type === "camera.tampered")
    .map(({ data }) => data["kind"]);
}

test("a camera that looks elsewhere was moved, unless we turned it", async () => {
  const [alone, commanded] = await Promise.all([tampering(false), tampering(true)]);
  expect(alone.length).toBeGreaterThan(0);
  expect(commanded).toEqual([]);
}, 60_000);
