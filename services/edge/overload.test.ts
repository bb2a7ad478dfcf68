import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { DetectOptions } from "@yardline/detection/detector";
import { AppError } from "@yardline/domain/errors";
import type { Picture } from "@yardline/domain/picture";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startEdge } from "./edge.ts";
import { cameraOf, partsOf, YardDetector } from "./testing.ts";

const run = promisify(execFile);
let folder = "";
const clipOf = (ground: string) => join(folder, `${ground}.mp4`);

/** Yards, one light and one dim, through which somebody walks all the time. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "edge-"));
  for (const ground of ["gray", "dimgray"]) {
    const scene = "[0][1]overlay=x='mod(50*t,360)-40':y=90:shortest=1";
    const sizes = [`color=${ground}:s=320x180:r=10:d=14`, "color=black:s=20x60:r=10:d=14"];
    const inputs = sizes.flatMap((source) => ["-f", "lavfi", "-i", source]);
    const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "10", "-pix_fmt", "yuv420p"];
    await run("ffmpeg", ["-v", "error", ...inputs, "-filter_complex", scene, ...coding, clipOf(ground)]);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const isDim = ({ data, width_px }: Picture) => (data[width_px - 1] ?? 0) < 115;

/** Takes long over each picture, and never answers about a dim yard while it hangs. */
class SlowDetector extends YardDetector {
  hangs = false;
  readonly slow_ms: number;

  constructor(slow_ms: number) {
    super();
    this.slow_ms = slow_ms;
  }

  override async detect(picture: Picture, { signal }: DetectOptions = {}) {
    if (this.hangs && isDim(picture)) {
      const { promise, reject } = Promise.withResolvers<never>();
      signal?.addEventListener("abort", () => reject(signal.reason));
      return promise;
    }
    await delay(this.slow_ms);
    return super.detect(picture);
  }
}

test("more than the detector can do: cameras are watched by key frames only, and recorded as ever", async () => {
  const parts = partsOf();
  const detector = new SlowDetector(400);
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const ids = ["a", "b", "c"];
  const cameras = ids.map((id) => ({ ...cameraOf(id, clipOf("gray"), detector), recorded: true }));
  const edge = await startEdge(cameras, parts, stop.signal);
  const reduced = () => edge.listCameras().filter(({ state }) => state === "reduced");
  await expect.poll(() => reduced().length, { timeout: 20_000 }).toBeGreaterThan(0);
  const [first] = reduced();
  await delay(1_500);
  const { mode, mode_shares } = edge.findStatistics(first?.id ?? "") ?? {};
  expect([mode, mode_shares && mode_shares.reduced > 0]).toEqual(["reduced", true]);
  stop.abort();
  await edge.ended;
  for (const id of ids) {
    const times = parts.media.segments
      .filter(({ camera }) => camera === id)
      .map(({ from_ms, to_ms }) => ({ from_ms, to_ms }))
      .toSorted((one, other) => one.from_ms - other.from_ms);
    const gaps_ms = times.slice(1).map(({ from_ms }, at) => from_ms - (times[at]?.to_ms ?? 0));
    expect(times.length).toBeGreaterThan(0);
    // A file that begins again is another connection.
    expect(gaps_ms.filter((gap_ms) => gap_ms > 50).length).toBeLessThanOrEqual(2);
  }
}, 40_000);

test("a picture that the detector hangs on costs its own camera only", async () => {
  const parts = { ...partsOf(), detector_lanes: 2 };
  const detector = new SlowDetector(5);
  detector.hangs = true;
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const cameras = [cameraOf("dim", clipOf("dimgray"), detector), cameraOf("light", clipOf("gray"), detector)];
  const edge = await startEdge(cameras, parts, stop.signal);
  const looked = (id: string) => edge.findStatistics(id)?.frames.looked ?? 0;
  await expect.poll(() => looked("light"), { timeout: 15_000 }).toBeGreaterThan(8);
  expect(looked("dim")).toBe(0);
  const { said } = parts.producer;
  await expect
    .poll(() => said.some(({ source }) => source === "camera/light"), { timeout: 5_000 })
    .toBe(true);
  // Who hung is given up, and the camera watched again.
  detector.hangs = false;
  await expect.poll(() => looked("dim"), { timeout: 10_000 }).toBeGreaterThan(0);
  stop.abort();
  await edge.ended;
}, 40_000);

/** Fails on every picture while it is broken, as a pool does whose workers die one after another. */
class BreakingDetector extends YardDetector {
  broken = true;

  override async detect(picture: Picture) {
    if (this.broken) {
      throw new AppError("DETECTOR_BROKEN", "the detector failed: it rests", { retryable: true });
    }
    return super.detect(picture);
  }
}

test("a detector that is broken: the camera says so and is recorded as ever; mended, it says so no more", async () => {
  const parts = partsOf();
  const detector = new BreakingDetector();
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const edge = await startEdge([cameraOf("yard", clipOf("gray"), detector)], parts, stop.signal);
  const status = () => edge.listCameras()[0];
  await expect
    .poll(() => status()?.watching_trouble, { timeout: 10_000 })
    .toBe("the detector failed: it rests");
  await expect.poll(() => parts.media.segments.length, { timeout: 15_000 }).toBeGreaterThan(0);
  expect(status()).toMatchObject({ state: "watching" });
  detector.broken = false;
  await expect.poll(() => status()?.watching_trouble, { timeout: 10_000 }).toBeUndefined();
  expect(edge.findStatistics("yard")?.frames.looked).toBeGreaterThan(0);
  stop.abort();
  await edge.ended;
}, 40_000);
