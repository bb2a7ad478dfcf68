import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import { makeVideo, probeBytes, watchInTest } from "./testing.ts";

test("a decoder that is frozen costs no packet of the recording, and is replaced", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-decoder-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "loop.mp4");
  await makeVideo(path, { size: "320x180", seconds: 4, rate_fps: 25 }, [
    "-c:v",
    "libx264",
    "-g",
    "25",
    "-bf",
    "0",
  ]);
  const watched = watchInTest(path, { loop: true });
  await eventually(() => expect(watched.frames.length).toBeGreaterThan(5), 10_000);
  const decoder = watched.children().find(({ argv }) => argv.includes("-f mp4 -i pipe:0"));
  if (!decoder) throw new Error("there is no decoder");
  process.kill(decoder.pid, "SIGSTOP");
  const frozen_at = watched.frames.length;
  const restarted = { kind: "decoder-restarted", why: "stalled" };
  await eventually(() => expect(watched.notes).toContainEqual(expect.objectContaining(restarted)), 12_000);
  await eventually(() => expect(watched.frames.length).toBeGreaterThan(frozen_at + 5), 5_000);
  watched.stop();
  await watched.ended;
  const { segments } = watched;
  for (const [i, { from_ms }] of segments.entries()) if (i > 0) expect(from_ms).toBe(segments[i - 1]?.to_ms);
  const probed = await Promise.all(segments.map(({ data }) => probeBytes(data)));
  const recorded_ms = (segments.at(-1)?.to_ms ?? 0) - (segments[0]?.from_ms ?? 0);
  const pictures = probed.reduce((sum, each) => sum + each.pictures, 0);
  expect(Math.abs(pictures - recorded_ms / 40)).toBeLessThanOrEqual(3);
  expect(new Set(segments.map(({ connection }) => connection)).size).toBe(1);
});
