import { type Box, holds, WHOLE } from "@yardline/domain/box";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TILES_MAX, tilesOf } from "./tiles.ts";

const HD = { width_px: 1280, height_px: 720 };
const person = (x: number, y: number): Box => ({ left: x, top: y, right: x + 0.006, bottom: y + 0.028 });
const px = (tiles: readonly Box[], { width_px, height_px } = HD) =>
  tiles.map(({ left, top, right, bottom }) =>
    [left * width_px, top * height_px, right * width_px, bottom * height_px].map(Math.round),
  );

test("one who is far away gets a tile around them, two near each other share one, a third has their own", () => {
  expect(px(tilesOf([person(0.5, 0.5)], HD))).toEqual([[548, 274, 740, 466]]);
  expect(px(tilesOf([person(0.5, 0.5), person(0.55, 0.55), person(0.01, 0.01)], HD))).toEqual([
    [580, 292, 772, 484],
    [0, 0, 192, 192],
  ]);
});

test("a crowd is laid out with tiles that overlap by more than the people are tall", () => {
  const tiles = px(tilesOf([{ left: 0.4, top: 0.4, right: 0.6, bottom: 0.5 }], HD));
  expect(tiles).toEqual([
    [496, 228, 688, 420],
    [592, 228, 784, 420],
  ]);
});

test("nothing to look for, and a picture that is seen as large already, have no tiles", () => {
  expect(tilesOf([], HD)).toEqual([]);
  expect(tilesOf([person(0.5, 0.5)], { width_px: 192, height_px: 144 })).toEqual([]);
});

const share = fc.nat(100).map((hundredths) => hundredths / 100);
const boxes = fc.array(
  fc.tuple(share, share, share, share).map(([x, y, w, h]) => ({
    left: x,
    top: y,
    right: Math.min(1, x + w / 4),
    bottom: Math.min(1, y + h / 4),
  })),
  { maxLength: 60 },
);
const pictures = fc.record({
  width_px: fc.integer({ min: 300, max: 4000 }),
  height_px: fc.integer({ min: 200, max: 3000 }),
});

test("however many there are, few tiles hold them all: whatever is small lies whole in one, and none leaves the picture", () => {
  fc.assert(
    fc.property(boxes, pictures, (parts, picture) => {
      const tiles = tilesOf(parts, picture);
      expect(tiles.length).toBeLessThanOrEqual(TILES_MAX);
      for (const tile of tiles) expect(holds(WHOLE, tile)).toBe(true);
      const [across, down] = [20 / picture.width_px, 20 / picture.height_px];
      for (const { left, top, right, bottom } of parts) {
        if (right <= left || bottom <= top) continue;
        // Somebody of 20 pixels whose feet are anywhere in it.
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        const small = {
          left: Math.max(left, x - across / 2),
          right: Math.min(right, x + across / 2),
          top: Math.max(top, y - down / 2),
          bottom: Math.min(bottom, y + down / 2),
        };
        expect(tiles.some((tile) => holds(tile, small))).toBe(true);
      }
    }),
  );
});
