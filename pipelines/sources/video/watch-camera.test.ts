import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { eventually } from "@yardline/testkit/eventually";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fragmentedVideo, makeVideo, playLive, probeBytes, serveHttp, watchInTest } from "./testing.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-camera-"));
});
afterAll(() => rm(folder, { recursive: true }));

const servers: { close(): void }[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = await serveHttp(answer);
  servers.push(server);
  return server.url;
}

test.concurrent("a file with sound plays in real time: silent segments, looked-at frames, an end", async () => {
  const path = join(folder, "sound.mp4");
  const options = ["-c:a", "aac", "-c:v", "libx264", "-g", "25", "-bf", "0"];
  const sound = ["-f", "lavfi", "-i", "sine=duration=6"];
  await makeVideo(path, { size: "320x180", seconds: 6, rate_fps: 25 }, options, sound);
  const began_ms = performance.now();
  const watched = watchInTest(path);
  expect(await watched.ended).toBeUndefined();
  expect(performance.now() - began_ms).toBeGreaterThan(5_000);
  expect(watched.changes.map(({ kind }) => kind)).toEqual(["connected"]);
  const times = watched.frames.map(({ at_ms }) => at_ms);
  expect(times.length).toBeGreaterThanOrEqual(29);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const [first, second] = watched.segments;
  expect(watched.segments).toHaveLength(2);
  expect(second?.from_ms).toBe(first?.to_ms);
  expect(Math.abs((first?.to_ms ?? 0) - (first?.from_ms ?? 0) - 4_000)).toBeLessThan(150);
  const probed = await Promise.all(watched.segments.map(({ data }) => probeBytes(data)));
  expect(probed).toEqual(
    [100, 50].map((pictures) => ({
      kinds: ["video"],
      codec: "h264",
      size: "320x180",
      pictures,
      begins_with_key: true,
    })),
  );
});

test.concurrent("a codec that browsers cannot play is recorded as H.264", async () => {
  const path = join(folder, "old.avi");
  await makeVideo(path, { size: "320x180", seconds: 4, rate_fps: 10 }, ["-c:v", "msmpeg4"]);
  const watched = watchInTest(path);
  expect(await watched.ended).toBeUndefined();
  expect(watched.changes.map(({ kind }) => kind)).toEqual(["connected"]);
  expect(watched.frames.length).toBeGreaterThanOrEqual(15);
  const [segment] = watched.segments;
  const probed = await probeBytes(segment?.data ?? new Uint8Array());
  expect([probed.codec, probed.kinds, probed.begins_with_key]).toEqual(["h264", ["video"], true]);
});

test.concurrent("a camera that changes its size goes on with a new init, and not a picture is lost", async () => {
  const options = ["-x264-params", "repeat-headers=1", "-g", "10", "-f", "mpegts"];
  const sizes = ["320x180", "640x360"];
  const clips = await Promise.all(
    sizes.map(async (size) => {
      const path = join(folder, `${size}.ts`);
      await makeVideo(path, { size, seconds: 3, rate_fps: 10 }, ["-c:v", "libx264", ...options]);
      return readFile(path);
    }),
  );
  const address = await serve(async (_request, response) => {
    await playLive(response, clips[0], 3);
    while (response.writable) await playLive(response, clips[1], 3);
  });
  const watched = watchInTest(`${address}/live.ts`);
  const widths = () => watched.frames.map(({ picture }) => picture.width_px);
  await eventually(() => expect(widths()).toContain(640), 15_000);
  watched.stop();
  await watched.ended;
  expect(widths()).toEqual(widths().toSorted((a, b) => a - b));
  expect(watched.changes.map(({ kind }) => kind)).toEqual(["connected"]);
  const [first, second, ...more] = watched.segments;
  const probed = await Promise.all([first, second].map((each) => probeBytes(each?.data ?? new Uint8Array())));
  expect(probed).toMatchObject([
    { size: "320x180", pictures: 30 },
    { size: "640x360", begins_with_key: true },
  ]);
  expect([first?.to_ms === second?.from_ms, first?.connection === second?.connection]).toEqual([true, false]);
  expect(new Set([second, ...more].map((each) => each?.connection)).size).toBe(1);
});

test.concurrent("a full disk costs segments, counted, and nothing else", async () => {
  const path = join(folder, "full.mp4");
  await makeVideo(path, { size: "320x180", seconds: 5, rate_fps: 10 }, ["-c:v", "libx264", "-g", "10"]);
  const watched = watchInTest(path, {
    store: () => Promise.reject(new AppError("MEDIA_UNAVAILABLE", "The disk is full", { retryable: true })),
  });
  expect(await watched.ended).toBeUndefined();
  expect(watched.frames.length).toBeGreaterThanOrEqual(24);
  const lost = { kind: "segment-lost", code: "MEDIA_UNAVAILABLE", message: "The disk is full" };
  expect(watched.notes.filter(({ kind }) => kind === "segment-lost")).toMatchObject([lost, lost]);
});

test.concurrent("HTML, a refusal, a closed port and a web server that hangs are told apart", async () => {
  const page = await serve((_request, response) => response.end("<!doctype html><title>Login</title>"));
  const refusing = await serve((_request, response) => response.writeHead(401).end());
  const hanging = await serve(() => undefined);
  const fragments = fragmentedVideo({ size: "64x48", seconds: 1, rate_fps: 5 });
  const cut_short = await serve((_request, response) => response.end(fragments.subarray(0, 400)));
  const cameras = [page, refusing, "http://127.0.0.1:9", hanging, cut_short].map((url) =>
    watchInTest(`${url}/live`),
  );
  const reasons = () => cameras.map(({ changes: [change] }) => change?.kind === "lost" && change.why);
  await eventually(
    () => expect(reasons()).toEqual(["not-video", "refused", "refused", "silent", "not-video"]),
    12_000,
  );
  for (const { stop } of cameras) stop();
  await Promise.all(cameras.map(({ ended }) => ended));
});
