import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { Box } from "@yardline/domain/box";
import type { Picture } from "@yardline/domain/picture";
import { expect, test } from "vitest";
import { sharpnessOf } from "./sharpness.ts";
import { pictureOf, type Scene } from "./testing/drawn-yard.ts";

const WHOLE: Box = { left: 0, top: 0, right: 1, bottom: 1 };
/** Blocks of 4 px, some light and some dark, and what a lens out of focus makes of them. */
const blocks: Scene = (x, y) =>
  Math.imul((x >> 2) * 73_856_093 + (y >> 2) * 19_349_663, 2_654_435_761) & (1 << 20) ? 190 : 60;
const blurred =
  (radius_px: number): Scene =>
  (x, y) => {
    let sum = 0;
    for (let dy = -radius_px; dy <= radius_px; dy++)
      for (let dx = -radius_px; dx <= radius_px; dx++) sum += blocks(x + dx, y + dy);
    return sum / (2 * radius_px + 1) ** 2;
  };

test("the more blur the less, half the contrast makes no difference, and a wall has none", () => {
  const of = (scene: Scene, box = WHOLE) => sharpnessOf(pictureOf(scene), box);
  const [sharp, soft, softer] = [of(blocks), of(blurred(1)), of(blurred(3))];
  expect([soft < sharp / 2, softer < soft / 1.5]).toEqual([true, true]);
  expect(of((x, y) => 128 + (blocks(x, y) - 128) / 2) / sharp).toBeCloseTo(1, 1);
  expect(of(() => 90)).toBe(0);
  expect(of(blocks, { left: 0.5, top: 0.5, right: 0.5, bottom: 0.5 })).toBe(0);
});

const CLIP = "intel-one-by-one-person.mp4";
const folder = new URL("../../../shared/data/video/", import.meta.url);
const clip = new URL(`clips/${CLIP}`, folder).pathname;
const [WIDTH, HEIGHT, FPS, FROM_S] = [1280, 720, 5, 6.8];

function peopleOf(filter: string): readonly number[] {
  const raw = execFileSync(
    "ffmpeg",
    [
      ...["-v", "error", "-t", "14", "-i", clip, "-vf", `fps=${FPS},scale=${WIDTH}:${HEIGHT}${filter}`],
      ...["-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"],
    ],
    { maxBuffer: 1e9 },
  );
  const { frames }: { frames: readonly { t: number; objs: readonly { box: readonly number[] }[] }[] } =
    JSON.parse(readFileSync(new URL("frigate/intel-one-by-one-person.json", folder), "utf8"));
  return frames.slice(0, raw.length / (WIDTH * HEIGHT)).flatMap(({ objs }, at) => {
    const data = raw.subarray(at * WIDTH * HEIGHT, (at + 1) * WIDTH * HEIGHT);
    const picture: Picture = { width_px: WIDTH, height_px: HEIGHT, format: "yuv420p", data };
    return objs.map(({ box: [left = 0, top = 0, right = 0, bottom = 0] }) =>
      sharpnessOf(picture, {
        ...{ left: left / WIDTH, right: right / WIDTH },
        ...{ top: top / HEIGHT, bottom: bottom / HEIGHT },
      }),
    );
  });
}

test.skipIf(!existsSync(clip))(
  `${CLIP} (left out without the shared data): nobody blurred is sharper than anybody sharp`,
  { timeout: 30_000 },
  () => {
    const sharp = peopleOf("");
    const moved = peopleOf(",avgblur=sizeX=3:sizeY=1");
    expect(sharp.length).toBeGreaterThan((14 - FROM_S) * FPS * 0.5);
    expect(Math.max(...moved)).toBeLessThan(Math.min(...sharp));
  },
);
