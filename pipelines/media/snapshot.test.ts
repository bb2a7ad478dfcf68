import sharp from "sharp";
import { expect, test } from "vitest";
import { rgbOf, snapshotOf } from "./snapshot.ts";

/** A picture of one colour: Y, U, V. */
function plain(width_px: number, height_px: number, [y, u, v]: readonly [number, number, number]) {
  const chroma = Math.ceil(width_px / 2) * Math.ceil(height_px / 2);
  const data = new Uint8Array([
    ...new Array(width_px * height_px).fill(y),
    ...new Array(chroma).fill(u),
    ...new Array(chroma).fill(v),
  ]);
  return { width_px, height_px, format: "yuv420p", data } as const;
}

test.for([
  { name: "black", yuv: [16, 128, 128], rgb: [0, 0, 0] },
  { name: "white", yuv: [235, 128, 128], rgb: [255, 255, 255] },
  { name: "red", yuv: [81, 90, 240], rgb: [255, 0, 0] },
  { name: "blue", yuv: [41, 240, 110], rgb: [0, 0, 255] },
] as const)("$name of BT.601 is $name of RGB", ({ yuv, rgb }) => {
  const [r = -9, g = -9, b = -9] = rgbOf(plain(3, 3, yuv));
  for (const [is, should] of [
    [r, rgb[0]],
    [g, rgb[1]],
    [b, rgb[2]],
  ] as const) {
    expect(Math.abs(is - should)).toBeLessThanOrEqual(2);
  }
});

test("a wide picture is scaled down, a small one kept; the box is drawn where it is", async () => {
  const wide = await sharp(await snapshotOf(plain(1920, 1080, [16, 128, 128]))).metadata();
  expect([wide.format, wide.width, wide.height]).toEqual(["jpeg", 1280, 720]);
  const box = { left: 0.25, top: 0.25, right: 0.75, bottom: 0.75 };
  const framed = await snapshotOf(plain(400, 400, [16, 128, 128]), box);
  const { data, info } = await sharp(framed).raw().toBuffer({ resolveWithObject: true });
  const redAt = (x: number, y: number) => data[(y * info.width + x) * info.channels] ?? 0;
  expect([
    Math.max(...[98, 99, 100, 101, 102].map((x) => redAt(x, 200))) > 100,
    redAt(200, 200) < 60,
    redAt(20, 20) < 60,
  ]).toEqual([true, true, true]);
});
