import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterAll, expect, test } from "vitest";
import { readPictureFile } from "./picture-file.ts";

const folder = mkdtempSync(join(tmpdir(), "yardline-picture-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const plain = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } });

async function read(name: string, picture: Sharp) {
  await picture.toFile(join(folder, name));
  const file = await readPictureFile(join(folder, name));
  return { ...file, first: [...file.picture.data.subarray(0, 3)] };
}

test.for([
  ["true colour", "colour.png", plain(6, 4, "#0a6496"), [10, 100, 150]],
  ["grey", "grey.png", plain(6, 4, "#646464").greyscale(), [100, 100, 100]],
  ["sixteen bits a channel", "deep.png", plain(6, 4, "#0a6496").toColourspace("rgb16"), [10, 100, 150]],
  ["a palette", "palette.gif", plain(6, 4, "#0a6496"), [10, 100, 150]],
  ["wholly transparent: black", "glass.png", plain(6, 4, "#0a6496").ensureAlpha(0), [0, 0, 0]],
  ["lossless webp", "picture.webp", plain(6, 4, "#0a6496").webp({ lossless: true }), [10, 100, 150]],
] as const)("%s becomes rgb24", async ([, name, picture, first]) => {
  expect(await read(name, picture)).toEqual({
    width_px: 6,
    height_px: 4,
    first,
    picture: {
      width_px: 6,
      height_px: 4,
      format: "rgb24",
      data: expect.objectContaining({ length: 6 * 4 * 3 }),
    },
  });
});

test("an EXIF orientation is not applied: sides and pixels are those of the file", async () => {
  const turned = plain(6, 4, "#0a6496").withMetadata({ orientation: 6 });
  expect(await read("turned.jpg", turned)).toMatchObject({
    width_px: 6,
    height_px: 4,
    picture: { width_px: 6, height_px: 4 },
  });
});

test("a very large picture comes scaled down, with its own size beside it", async () => {
  expect(await read("large.jpg", plain(6000, 3000, "#0a6496"))).toMatchObject({
    width_px: 6000,
    height_px: 3000,
    picture: { width_px: 2048, height_px: 1024 },
  });
});
