import type { Picture } from "@yardline/domain/picture";
import { cropOf, cut } from "@yardline/frames/crop";
import { letterboxOf } from "@yardline/frames/letterbox";
import fc from "fast-check";
import { expect, test } from "vitest";
import { planarRgb } from "./planar-rgb.ts";

function drawn(
  width_px: number,
  height_px: number,
  colour: (x: number, y: number) => readonly number[],
): Picture {
  const data = Uint8Array.from({ length: width_px * height_px * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return colour(pixel % width_px, Math.floor(pixel / width_px))[at % 3] ?? 0;
  });
  return { width_px, height_px, format: "rgb24", data };
}

function yuv(width_px: number, height_px: number, y: number, u: number, v: number): Picture {
  const chroma = Math.ceil(width_px / 2) * Math.ceil(height_px / 2);
  const plane = (bytes: number, value: number) => new Array<number>(bytes).fill(value);
  const data = Uint8Array.from([...plane(width_px * height_px, y), ...plane(chroma, u), ...plane(chroma, v)]);
  return { width_px, height_px, format: "yuv420p", data };
}

test("a picture of the input's own size is only laid out anew, with bars below", () => {
  const picture = drawn(4, 3, (x, y) => [x, 10 + y, 100]);
  expect([...planarRgb(picture, letterboxOf(picture, 4, 4), 7)]).toEqual([
    ...[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 7, 7, 7, 7],
    ...[10, 10, 10, 10, 11, 11, 11, 11, 12, 12, 12, 12, 7, 7, 7, 7],
    ...[100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 7, 7, 7, 7],
  ]);
});

test.for([
  { scale: 1.5, side: 32 },
  { scale: 2, side: 32 },
  { scale: 6, side: 16 },
])("a slope stays the same slope when it is shrunk $scale times", ({ scale, side }) => {
  const picture = drawn(side * scale, side * scale, (x, y) => [x, y, 255 - x]);
  const input = planarRgb(picture, letterboxOf(picture, side, side), 0);
  // The centre of a pixel of the input lies here in the picture; at the edges there is nothing to interpolate with.
  for (let at = 1; at < side - 1; at++) {
    const centre = (at + 0.5) * scale - 0.5;
    const pixel = at * side + at;
    expect(Math.abs((input[pixel] ?? 0) - centre)).toBeLessThanOrEqual(1);
    expect(Math.abs((input[pixel + side * side] ?? 0) - centre)).toBeLessThanOrEqual(1);
    expect(Math.abs((input[pixel + 2 * side * side] ?? 0) - (255 - centre))).toBeLessThanOrEqual(1);
  }
});

test("a fine chequer shrunk eight times is grey, not a moiré", () => {
  const picture = drawn(256, 256, (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
  const input = planarRgb(picture, letterboxOf(picture, 32, 32), 0);
  expect([...new Set(input)]).toEqual([128]);
});

// Y, U, V of the colour bars of ITU-R BT.601 at full saturation, and what they must become.
test.for([
  ["white", [235, 128, 128], [255, 255, 255]],
  ["black", [16, 128, 128], [0, 0, 0]],
  ["red", [81, 90, 240], [255, 0, 0]],
  ["green", [145, 54, 34], [0, 255, 0]],
  ["blue", [41, 240, 110], [0, 0, 255]],
  ["blacker than black", [0, 128, 128], [0, 0, 0]],
  ["whiter than white", [255, 128, 128], [255, 255, 255]],
] as const)("yuv420p %s", ([, [y, u, v], rgb]) => {
  const picture = yuv(7, 5, y, u, v);
  const input = planarRgb(picture, letterboxOf(picture, 16, 16), 0);
  rgb.forEach((value, channel) => {
    expect(Math.abs((input[channel * 256 + 3] ?? 0) - value)).toBeLessThanOrEqual(1.5);
  });
  expect(input.at(-1)).toBe(0);
});

test("whatever the size, a plain picture stays plain and the bars stay bars", () => {
  const side = fc.integer({ min: 1, max: 150 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 0, max: 255 }), (width_px, height_px, grey) => {
      const picture = drawn(width_px, height_px, () => [grey, grey, grey]);
      const letterbox = letterboxOf(picture, 64, 32);
      const input = planarRgb(picture, letterbox, -1);
      const painted = input.filter((value) => value === grey).length;
      expect(painted).toBe(3 * letterbox.width_px * letterbox.height_px);
      expect(input.filter((value) => value === -1).length).toBe(input.length - painted);
    }),
    { numRuns: 50 },
  );
});

test("a picture with bytes missing is a mistake of the program", () => {
  const picture = { ...drawn(4, 4, () => [1, 2, 3]), data: new Uint8Array(47) };
  expect(() => planarRgb(picture, letterboxOf(picture, 32, 32), 0)).toThrow("as many bytes as its size says");
});

test("a region read out of the picture's own memory is to the bit what its cut-out gives", () => {
  const odd = fc.integer({ min: 3, max: 90 });
  const fraction = fc.double({ min: 0, max: 0.4, noNaN: true });
  fc.assert(
    fc.property(odd, odd, fraction, fraction, fc.boolean(), (width_px, height_px, left, top, colour) => {
      const noise = (at: number) => (at * 7919) % 251;
      const picture = colour
        ? drawn(width_px, height_px, (x, y) => [noise(x), noise(y), noise(x + y)])
        : yuv(width_px, height_px, 0, 0, 0);
      if (!colour) picture.data.set(picture.data.map((_, at) => noise(at)));
      const crop = cropOf(picture, { left, top, right: left + 0.5, bottom: top + 0.6 });
      const letterbox = letterboxOf(crop, 32, 16);
      expect(planarRgb(picture, letterbox, 0, crop)).toEqual(planarRgb(cut(picture, crop), letterbox, 0));
    }),
    { numRuns: 60 },
  );
});
