import fc from "fast-check";
import { expect, test } from "vitest";
import { jpegSize } from "./jpeg-size.ts";
import { drawnJpeg } from "./testing.ts";

test("the size that the real encoder wrote", () => {
  expect(jpegSize(drawnJpeg("322x180"))).toEqual({ width_px: 322, height_px: 180 });
});

test("a picture that claims 65,000 × 65,000 is none, nor is anything else", () => {
  const huge = Buffer.from(drawnJpeg("322x180"));
  const at = huge.indexOf(Buffer.from([0xff, 0xc0]));
  huge.writeUInt16BE(65_000, at + 5);
  huge.writeUInt16BE(65_000, at + 7);
  expect([jpegSize(huge), jpegSize(Buffer.from("GIF89a..........")), jpegSize(new Uint8Array())]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("no bytes break it", () => {
  const real = drawnJpeg("64x48");
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(300), (noise, at) => {
      const broken = Buffer.from(real);
      broken.set(noise.subarray(0, Math.max(0, broken.length - at)), Math.min(at, broken.length));
      jpegSize(broken);
      jpegSize(noise);
    }),
  );
});
