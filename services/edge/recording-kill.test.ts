import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { joinClip } from "@yardline/media/clip";
import { openFileStore } from "@yardline/media/files";
import { makeVideo, playLive, probeBytes, serveHttp } from "@yardline/sources/video/testing";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { expect, onTestFinished, test } from "vitest";

const child = new URL("./fixtures/record-until-killed.ts", import.meta.url);
const SECONDS = 20;
/** What is handed on at once, and a machine with other things to do. */
const LOST_MS_MAX = 1_500;

test("of a recording that is killed with -9 everything is kept up to the last second, and the index says what", {
  timeout: 90_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-kill-"));
  const path = join(folder, "yard.ts");
  await makeVideo(path, { size: "320x180", seconds: SECONDS, rate_fps: 10 }, [
    ...["-c:v", "libx264", "-g", "10", "-bf", "0", "-f", "mpegts"],
  ]);
  const clip = await readFile(path);
  const server = await serveHttp((_request, response) => playLive(response, clip, SECONDS));
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  const media = join(folder, "media");
  // Not at the end of a segment: pictures come from some 5 s on, a segment has 4.
  const seen = await runUntilKilled(child, [media, `${server.url}/live.ts`], 6_500);
  const looked_ms = seen.map(Number);
  const store = await openFileStore({ folder: media });
  onTestFinished(() => store.close());
  const segments = await store.listSegments("yard", 0, Date.now() + 60_000);
  expect(segments.length).toBeGreaterThan(1);
  const [first, last] = [segments[0], segments.at(-1)];
  expect((looked_ms.at(-1) ?? 0) - (last?.to_ms ?? 0)).toBeLessThan(LOST_MS_MAX);
  for (const { id } of segments) {
    const { pictures, begins_with_key } = await probeBytes((await store.read(id)) ?? new Uint8Array());
    expect([begins_with_key, pictures >= 5]).toEqual([true, true]);
  }
  expect(await readdir(join(media, ".under-way"))).toEqual([]);
  const joined = await joinClip(store, "yard", first?.from_ms ?? 0, last?.to_ms ?? 0);
  expect(joined?.stretches.length).toBe(1);
});
