import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Picture, pictureBytes } from "@yardline/domain/picture";
import { afterAll, expect, test } from "vitest";
import { probeRecording } from "./probe-recording.ts";
import { readRecording } from "./read-recording.ts";
import { writeRecording } from "./write-recording.ts";

const folder = mkdtempSync(join(tmpdir(), "yardline-film-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

function plain(level: number, width_px = 64, height_px = 48): Picture {
  const data = new Uint8Array(pictureBytes(width_px, height_px, "yuv420p")).fill(128);
  return { width_px, height_px, format: "yuv420p", data: data.fill(level, 0, width_px * height_px) };
}

test("pictures are seen at their times, a late one leaves the one before it standing", async () => {
  const path = join(folder, "film.mp4");
  await using film = writeRecording(path, { width_px: 64, height_px: 48, rate_fps: 5 });
  // Nothing came at 0.4 and 0.6 s.
  for (const [level, at_s] of [
    [40, 0],
    [80, 0.2],
    [200, 0.8],
  ] as const) {
    await film.write(plain(level), at_s);
  }
  await film.end();
  expect(await probeRecording(path)).toMatchObject({ width_px: 64, height_px: 48 });
  const seen: number[] = [];
  for await (const { picture } of readRecording(path, { camera: "film", start_ms: 0, rate_fps: 5 })) {
    seen.push(Math.round((picture.data[0] ?? 0) / 10) * 10);
  }
  expect([seen.at(0), seen.at(-1), seen.length]).toEqual([40, 200, 5]);
});

test("a place that cannot be written and a picture of another size are told", async () => {
  const size = { width_px: 64, height_px: 48, rate_fps: 5 };
  const lost = writeRecording(join(folder, "no/such/film.mp4"), size);
  await expect(lost.write(plain(40), 0).then(() => lost.end())).rejects.toMatchObject({
    code: "OUTPUT_UNWRITABLE",
  });
  await using film = writeRecording(join(folder, "sizes.mp4"), size);
  await expect(film.write(plain(40, 32, 32), 0)).rejects.toMatchObject({ code: "PICTURE_SIZE_CHANGED" });
});
