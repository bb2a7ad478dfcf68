import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEdge } from "./edge.ts";
import { cameraOf, partsOf } from "./testing.ts";

const run = promisify(execFile);
let folder = "";
let clip = "";

/** Six seconds of a yard through which somebody dark walks from 1 s on. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "edge-"));
  clip = join(folder, "yard.mp4");
  const scene = "[0][1]overlay=x='-40+50*t':y=90:shortest=1";
  const sizes = ["color=gray:s=320x180:r=10:d=6", "color=black:s=20x60:r=10:d=6"];
  const inputs = sizes.flatMap((source) => ["-f", "lavfi", "-i", source]);
  const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "10", "-pix_fmt", "yuv420p"];
  await run("ffmpeg", ["-v", "error", ...inputs, "-filter_complex", scene, ...coding, clip]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a real stream becomes a recording and an event; a camera beside it that is not there is shown as lost", async () => {
  const parts = partsOf();
  const stop = new AbortController();
  const missing = join(folder, "nobody.mp4");
  const edge = await startEdge([cameraOf("yard", clip), cameraOf("nobody", missing)], parts, stop.signal);
  const stateOf = (camera: string) => edge.listCameras().find(({ id }) => id === camera)?.state;
  await expect.poll(() => stateOf("yard"), { timeout: 15_000 }).toBe("closed");
  expect(edge.listCameras()).toMatchObject([
    { id: "yard", state: "closed", reason: "the recording is at its end", mask_form: "none-needed" },
    { id: "nobody", state: "lost" },
  ]);
  stop.abort();
  await edge.ended;

  const saidOf = (camera: string) =>
    parts.producer.said.filter(({ source }) => source === `camera/${camera}`);
  const [opened, closed] = saidOf("yard");
  expect(opened).toMatchObject({ state: "open", data: { label: "person", camera: "yard" } });
  expect(closed).toMatchObject({ state: "closed", data: { track: opened?.data["track"] } });
  expect(saidOf("yard").length).toBe(2);
  expect(parts.media.snapshots.get(String(opened?.data["snapshot"]))?.subarray(0, 2)).toEqual(
    Buffer.of(0xff, 0xd8),
  );
  expect(parts.media.segments.length).toBeGreaterThan(0);
  expect(saidOf("nobody")[0]).toMatchObject({ state: "open", data: { camera: "nobody" } });
  expect(new Set(parts.media.expired)).toEqual(new Set(["yard", "nobody"]));
}, 30_000);

test("stopping takes seconds and closes what is open as lost", async () => {
  const parts = partsOf();
  const stop = new AbortController();
  const edge = await startEdge([cameraOf("yard", clip)], parts, stop.signal);
  await expect.poll(() => parts.producer.said.length, { timeout: 15_000 }).toBe(1);
  const asked_ms = performance.now();
  stop.abort();
  await edge.ended;
  expect(performance.now() - asked_ms).toBeLessThan(5_000);
  expect(parts.producer.said[1]).toMatchObject({ state: "closed", data: { ended: "lost" } });
}, 30_000);
