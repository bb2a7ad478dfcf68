import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Polygon } from "@yardline/domain/camera";
import { pictureBytes } from "@yardline/domain/picture";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMaskCheck } from "./mask-check.ts";
import { makeVideo, probeBytes, serveHttp, watchInTest } from "./testing.ts";

const POLYGONS: readonly Polygon[] = [
  [
    [0.1, 0.1],
    [0.5, 0.2],
    [0.4, 0.7],
    [0.05, 0.6],
  ],
  [
    [0.6, 0.5],
    [0.95, 0.5],
    [0.95, 0.9],
    [0.6, 0.9],
  ],
];
const mask = { form: "burnt-in", polygons: POLYGONS } as const;
/** The same polygons drawn in by a tenth: H.264 blurs the seam, never the inside. */
const INSIDE = POLYGONS.map((polygon): Polygon => {
  const [x, y] = [0, 1].map((axis) => polygon.reduce((sum, c) => sum + (c[axis] ?? 0), 0) / polygon.length);
  return polygon.map(([cx, cy]) => [cx + ((x ?? 0) - cx) * 0.15, cy + ((y ?? 0) - cy) * 0.15] as const);
});

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-masked-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Every picture of a stored segment, decoded by another ffmpeg. */
async function decoded(data: Uint8Array): Promise<Uint8Array> {
  const path = join(folder, `${randomUUID()}.mp4`);
  await writeFile(path, data);
  const args = ["-nostdin", "-v", "error", "-i", path, "-vsync", "passthrough", "-f", "rawvideo", "pipe:1"];
  return execFileSync("ffmpeg", args, { maxBuffer: 256 * 1024 * 1024 });
}

/** The darkest and brightest luma inside the mask, over all pictures of a stored segment. */
async function lumaInside(data: Uint8Array, width_px: number, height_px: number) {
  const raw = await decoded(data);
  const bytes = pictureBytes(width_px, height_px, "yuv420p");
  const rows = insideRows(width_px, height_px);
  const lumas = new Set<number>();
  for (let at = 0; at + bytes <= raw.length; at += bytes) {
    for (const { row, from, to } of rows) {
      for (let x = from; x < to; x++) lumas.add(raw[at + row * width_px + x] ?? -1);
    }
  }
  return { pictures: raw.length / bytes, darkest: Math.min(...lumas), brightest: Math.max(...lumas) };
}

/** Where the check looks, found by asking it: pixels that make it fail when they are white. */
function insideRows(width_px: number, height_px: number) {
  const check = createMaskCheck(INSIDE, width_px, height_px);
  const data = new Uint8Array(pictureBytes(width_px, height_px, "yuv420p")).fill(128);
  data.fill(16, 0, width_px * height_px);
  const isInside = (at: number) => {
    data[at] = 235;
    const inside = !check({ width_px, height_px, format: "yuv420p", data });
    data[at] = 16;
    return inside;
  };
  const step = 8;
  return Array.from({ length: Math.floor(height_px / step) }, (_, i) => i * step).flatMap((row) =>
    Array.from({ length: Math.floor(width_px / step) }, (_, i) => i * step)
      .filter((x) => isInside(row * width_px + x))
      .map((x) => ({ row, from: x, to: x + 1 })),
  );
}

test.concurrent("every stored and every looked-at picture is masked; nothing else exists", async () => {
  const path = join(folder, "yard.mp4");
  await makeVideo(path, { size: "640x360", seconds: 12, rate_fps: 25 }, ["-c:v", "libx264", "-g", "25"]);
  const watched = watchInTest(path, { mask });
  const argv: string[] = [];
  const look = setInterval(() => argv.push(...watched.children().map((child) => child.argv)), 300);
  expect(await watched.ended).toBeUndefined();
  clearInterval(look);
  const isMasked = createMaskCheck(POLYGONS, 640, 360);
  expect(watched.frames.length).toBeGreaterThanOrEqual(23);
  expect(watched.frames.every(({ picture }) => isMasked(picture))).toBe(true);
  expect(watched.segments.length).toBeGreaterThan(0);
  for (const { data } of watched.segments) {
    const { darkest, brightest, pictures } = await lumaInside(data, 640, 360);
    expect(pictures).toBeGreaterThan(5);
    expect([darkest >= 15, brightest <= 18]).toEqual([true, true]);
  }
  const measured = { kind: "stream-measured", encoded: true, key_frame_distance_ms: expect.any(Number) };
  expect(watched.notes).toContainEqual(expect.objectContaining(measured));
  expect(argv.length).toBeGreaterThan(0);
  expect(argv.filter((line) => line.includes("-hide_banner") && !line.includes("drawbox"))).toEqual([]);
});

async function streamOf(size: string, seconds: number, white = false): Promise<Uint8Array> {
  const path = join(folder, `${randomUUID()}.ts`);
  const options = ["-c:v", "libx264", "-x264-params", "repeat-headers=1", "-g", "10", "-f", "mpegts"];
  await makeVideo(path, { size, seconds, rate_fps: 10, white }, options);
  return readFile(path);
}

/** Pixels of 640×360 that neither mask covers. */
const UNMASKED = [50, 150, 250, 350, 450, 550].map((x) => [x, 345] as const);

/** A mask whose rows are whole: painted bytes lie at the same places in every picture of as many bytes. */
const STRIP: Polygon = [
  [0, 0],
  [1, 0],
  [1, 0.25],
  [0, 0.25],
];

test.concurrent.for([
  { to: "320x180", polygons: POLYGONS },
  { to: "1280x720", polygons: POLYGONS },
  // As many bytes a picture as 640×360 has.
  { to: "480x480", polygons: POLYGONS },
  { to: "480x480", polygons: [STRIP] },
])("a change to $to in the middle closes the camera and leaks nothing", async ({ to, polygons }) => {
  const stream = Buffer.concat([await streamOf("640x360", 6), await streamOf(to, 6, true)]);
  const server = await serveHttp((_request, response) => response.end(stream));
  const watched = watchInTest(`${server.url}/live.ts`, { mask: { form: "burnt-in", polygons } });
  expect(await watched.ended).toMatchObject({ name: "AppError", code: "MASK_BROKEN" });
  server.close();
  const reasons = watched.changes.map((change) => change.kind === "lost" && change.why);
  expect(reasons).toEqual([false, "mask-broken"]);
  const isMasked = createMaskCheck(polygons, 640, 360);
  expect(watched.frames.length).toBeGreaterThan(5);
  expect(watched.frames.every(({ picture }) => isMasked(picture))).toBe(true);
  expect(watched.segments.length).toBeGreaterThan(0);
  for (const { data } of watched.segments) {
    expect((await probeBytes(data)).size).toBe("640x360");
    const raw = await decoded(data);
    const bytes = pictureBytes(640, 360, "yuv420p");
    // What came after the change was white all over; in the bars some of these points are dark.
    for (let at = 0; at < raw.length; at += bytes) {
      const points = UNMASKED.map(([x, y]) => raw[at + y * 640 + x] ?? 0);
      expect(Math.min(...points)).toBeLessThan(200);
    }
    if (polygons === POLYGONS) expect((await lumaInside(data, 640, 360)).brightest).toBeLessThanOrEqual(18);
  }
});

test.concurrent("a camera that comes back in another size stays closed", async () => {
  const [small, large] = await Promise.all([streamOf("320x180", 2), streamOf("640x360", 2)]);
  let served = 0;
  const server = await serveHttp((_request, response) => response.end(served++ === 0 ? small : large));
  const watched = watchInTest(`${server.url}/live.ts`, { mask });
  expect(await watched.ended).toMatchObject({ code: "MASK_BROKEN" });
  server.close();
  expect(new Set(watched.frames.map(({ picture }) => picture.width_px))).toEqual(new Set([320]));
});

test("a camera without a mask whose codec must be changed goes on in another size", async () => {
  const parts = ["320x180", "640x360"].map(async (size) => {
    const path = join(folder, `${randomUUID()}.ts`);
    await makeVideo(path, { size, seconds: 4, rate_fps: 25 }, ["-c:v", "mpeg2video", "-f", "mpegts"]);
    return readFile(path);
  });
  const [small = Buffer.of(), large = Buffer.of()] = await Promise.all(parts);
  // The first connection finds out what it is.
  let served = 0;
  const server = await serveHttp((_request, response) =>
    response.end(served++ < 2 ? Buffer.concat([small, large]) : large),
  );
  const watched = watchInTest(`${server.url}/live.ts`);
  const widths = () => new Set(watched.frames.map(({ picture }) => picture.width_px));
  await expect.poll(widths, { timeout: 20_000 }).toEqual(new Set([320, 640]));
  watched.stop();
  await watched.ended;
  server.close();
});
