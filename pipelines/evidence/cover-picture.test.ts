import fc from "fast-check";
import { expect, test } from "vitest";
import { COVERS, createCoverer, evenInside, type Planes } from "./cover-picture.ts";
import { openedAt } from "./opened.ts";

const SIZE = { width_px: 32, height_px: 16 };
const BYTES = 32 * 16 * 1.5;
const pictureOf = (seed: number): Planes => ({
  ...SIZE,
  data: Uint8Array.from({ length: BYTES }, (_, at) => (at * 31 + seed * 17) % 256),
});
const share = fc.double({ min: 0, max: 1, noNaN: true });
const box = fc.tuple(share, share, share, share).map(([a, b, c, d]) => ({
  left: Math.min(a, c),
  top: Math.min(b, d),
  right: Math.max(a, c),
  bottom: Math.max(b, d),
}));

test.for(COVERS)(
  "%s: what is open stays as it was, and of the rest nothing but the means of cells is left",
  (cover) => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 3 }), fc.nat(50), (open, seed) => {
        const [before, after] = [pictureOf(seed), pictureOf(seed)];
        createCoverer(cover)(after, open, 0);
        const rects = open.map((each) => evenInside(each, SIZE.width_px, SIZE.height_px));
        for (let at = 0; at < SIZE.width_px * SIZE.height_px; at++) {
          const [x, y] = [at % SIZE.width_px, Math.floor(at / SIZE.width_px)];
          const is_open = rects.some(
            (rect) => x >= rect.x && x < rect.x + rect.w && y >= rect.y && y < rect.y + rect.h,
          );
          if (is_open) expect(after.data[at]).toBe(before.data[at]);
          else if (cover === "solid") expect(after.data[at]).toBe(96);
          else expect((after.data[at] ?? 0) % 16).toBe(8);
        }
      }),
      { numRuns: 40 },
    );
  },
);

test("a mosaic does not change within a second, so that what moves below it is not sampled finer", () => {
  const cover = createCoverer("mosaic");
  const [first, second, third] = [pictureOf(1), pictureOf(9), pictureOf(9)];
  cover(first, [], 0);
  cover(second, [], 960);
  expect(second.data).toEqual(first.data);
  second.data.set(pictureOf(9).data);
  cover(third, [], 1_000);
  const fresh = pictureOf(9);
  createCoverer("mosaic")(fresh, [], 0);
  expect(third.data).toEqual(fresh.data);
});

test("a track is open between its first moment and its last, where it was in between", () => {
  const path = [
    { at_ms: 1_000, box: [0, 0, 0.2, 0.2] as [number, number, number, number] },
    { at_ms: 2_000, box: [0.5, 0, 0.7, 0.2] as [number, number, number, number] },
  ];
  expect([999, 1_000, 1_500, 2_000, 2_001].map((at_ms) => openedAt([{ path }], at_ms))).toEqual([
    [],
    [{ left: 0, top: 0, right: 0.2, bottom: 0.2 }],
    [{ left: 0.25, top: 0, right: expect.closeTo(0.45), bottom: 0.2 }],
    [{ left: 0.5, top: 0, right: 0.7, bottom: 0.2 }],
    [],
  ]);
});
