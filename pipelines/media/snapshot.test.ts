import sharp from "sharp";
import { expect, test } from "vitest";
import { framed, rgbOf, snapshotOf } from "./snapshot.ts";

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

test("a wide picture is scaled down, a small one kept", async () => {
  const sizeOf = async (width_px: number, height_px: number) => {
    const { format, width, height } = await sharp(
      await snapshotOf(plain(width_px, height_px, [16, 128, 128])),
    ).metadata();
    return [format, width, height];
  };
  expect(await sizeOf(1920, 1080)).toEqual(["jpeg", 1280, 720]);
  expect(await sizeOf(320, 180)).toEqual(["jpeg", 320, 180]);
});

test("a frame is drawn around the box, and nothing else is touched", async () => {
  const black = await snapshotOf(plain(400, 400, [16, 128, 128]));
  const box = { left: 0.25, top: 0.25, right: 0.75, bottom: 0.75 };
  const redOf = async (jpeg: Uint8Array) => {
    const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
    return (x: number, y: number) => (data[(y * info.width + x) * info.channels] ?? 0) > 100;
  };
  const places = [
    [99, 200],
    [301, 200],
    [200, 99],
    [200, 301],
    [200, 200],
    [104, 104],
    [20, 20],
  ] as const;
  const [without, drawn] = [await redOf(black), await redOf(await framed(black, box))];
  expect(places.map(([x, y]) => without(x, y))).toEqual([false, false, false, false, false, false, false]);
  expect(places.map(([x, y]) => drawn(x, y))).toEqual([true, true, true, true, false, false, false]);
  // One that reaches beyond the picture is drawn as far as it is in it.
  expect((await sharp(await framed(black, { left: 0, top: 0, right: 1, bottom: 1 })).metadata()).width).toBe(
    400,
  );
  await expect(framed(new Uint8Array(9), box)).rejects.toMatchObject({ code: "PICTURE_UNREADABLE" });
});
