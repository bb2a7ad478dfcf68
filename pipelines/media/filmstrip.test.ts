import { fragmentedVideo, listChildren } from "@yardline/sources/video/testing";
import sharp from "sharp";
import { expect, test } from "vitest";
import { type Clip, joinSegments } from "./clip.ts";
import { makeFilmstrip, TILES_MAX } from "./filmstrip.ts";

const FROM_MS = Date.parse("2026-11-22T12:00:00Z");
const never = new AbortController().signal;
/** Every second is brighter than the one before by ten levels. */
const STAIRS = ["-vf", "geq=lum='30+10*floor(T)':cb=128:cr=128"];

function clipOf(seconds: number, options: readonly string[], gap_s = 0): Clip {
  const drawn = { size: "320x180", seconds, rate_fps: 10 };
  const mp4 = joinSegments([fragmentedVideo(drawn, [...STAIRS, ...options])]);
  const half_ms = seconds * 500;
  const stretches = [0, 1].map((part) => {
    const from_ms = FROM_MS + part * (half_ms + gap_s * 1000);
    return { from_ms, to_ms: from_ms + half_ms };
  });
  return { mp4, codec: "avc1", stretches };
}

/** The brightness in the middle of each tile. */
async function lumasOf(jpeg: Uint8Array, tiles: number, width_px: number): Promise<number[]> {
  const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
  expect(info.width).toBe(tiles * width_px);
  const row = Math.floor(info.height / 2) * info.width;
  return Array.from({ length: tiles }, (_, at) => data[(row + (at + 0.5) * width_px) * info.channels] ?? 0);
}

test.for([
  ["a key frame each second", ["-g", "10", "-bf", "0"]],
  ["one key frame in all, and pictures that refer forward", ["-g", "999", "-bf", "2"]],
] as const)("each tile shows the moment that it names: %s", async ([, options]) => {
  const { jpeg, tile, tiles } = await makeFilmstrip(clipOf(12, options), never);
  expect([tiles.length, tile]).toEqual([TILES_MAX, { width_px: 160, height_px: 90 }]);
  const expected = tiles.map(({ offset_ms }) => ((30 + 10 * Math.floor(offset_ms / 1000) - 16) * 255) / 219);
  const lumas = await lumasOf(jpeg, tiles.length, tile.width_px);
  for (const [at, luma] of lumas.entries()) expect(Math.abs(luma - (expected[at] ?? 0))).toBeLessThan(6);
  expect(tiles.map(({ offset_ms }) => Math.floor(offset_ms / 1000))).toEqual([...Array(12).keys()]);
});

test("a tile after a gap in the recording names the time it was taken, not the time in the clip", async () => {
  const { tiles } = await makeFilmstrip(clipOf(12, ["-g", "10", "-bf", "0"], 60), never);
  const late_ms = tiles.map(({ at_ms, offset_ms }) => at_ms - FROM_MS - offset_ms);
  expect(late_ms).toEqual([...Array(6).fill(0), ...Array(6).fill(60_000)]);
});

test("of three pictures there are three tiles; of none, and of rubbish, there is no strip", async () => {
  const short = clipOf(0.3, ["-bf", "0"]);
  expect((await makeFilmstrip(short, never)).tiles.length).toBe(3);
  const head = short.mp4.subarray(0, Buffer.from(short.mp4).indexOf("moof") - 4);
  await expect(makeFilmstrip({ ...short, mp4: head }, never)).rejects.toMatchObject({ code: "MEDIA_UNMADE" });
  const broken = Uint8Array.from(short.mp4);
  broken.fill(0x55, Math.floor(broken.length / 2));
  await expect(makeFilmstrip({ ...short, mp4: broken }, never)).rejects.toMatchObject({
    code: expect.stringMatching(/^(MEDIA_UNMADE|VIDEO_BROKEN)$/),
  });
});

test("who goes away takes the child along", async () => {
  const gone = new AbortController();
  const making = makeFilmstrip(clipOf(12, ["-g", "999"]), gone.signal);
  gone.abort(new Error("nobody waits"));
  await expect(making).rejects.toThrow("nobody waits");
  expect(listChildren()).toEqual([]);
});
