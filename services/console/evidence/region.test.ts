import { openedAt } from "@yardline/evidence/opened";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Box,
  beginning,
  drawnBox,
  ending,
  isDrawn,
  movedBox,
  newRegion,
  placeAt,
  placed,
  resizedBox,
} from "./region.ts";

const BOX: Box = [0.2, 0.2, 0.4, 0.6];
const ELSEWHERE: Box = [0.4, 0.2, 0.6, 0.6];
const whole = newRegion(1, BOX, 0, 10_000);
const near = (box: Box | undefined) => box?.map((side) => Math.round(side * 1_000) / 1_000);

test("what the preview opens is what the copy opens", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const at_ms = fc.integer({ min: 0, max: 20_000 });
  const path = fc.array(fc.record({ at_ms, box: fc.tuple(share, share, share, share) }), {
    minLength: 2,
    maxLength: 6,
  });
  fc.assert(
    fc.property(path, at_ms, (unsorted, now_ms) => {
      const sorted = unsorted.toSorted((a, b) => a.at_ms - b.at_ms);
      const [made] = openedAt([{ path: sorted.map(({ box, ...at }) => ({ ...at, box: [...box] })) }], now_ms);
      const shown = placeAt({ path: sorted }, now_ms);
      expect(shown && { left: shown[0], top: shown[1], right: shown[2], bottom: shown[3] }).toEqual(made);
    }),
  );
});

test("a region follows whoever it was put on: between two places it moves in a straight line", () => {
  const followed = placed(whole, 5_000, ELSEWHERE);
  expect(near(placeAt(followed, 2_500))).toEqual([0.3, 0.2, 0.5, 0.6]);
  expect(placed(followed, 5_010, BOX).path.map(({ at_ms }) => at_ms)).toEqual([0, 5_010, 10_000]);
});

test("it is open only from and until when somebody said", () => {
  const part = ending(beginning(placed(whole, 5_000, ELSEWHERE), 2_500), 7_500);
  expect([placeAt(part, 2_499), placeAt(part, 7_501)]).toEqual([undefined, undefined]);
  expect([near(placeAt(part, 2_500)), near(placeAt(part, 5_000))]).toEqual([
    [0.3, 0.2, 0.5, 0.6],
    [...ELSEWHERE],
  ]);
  // Nothing is left of one that would end before it begins.
  expect([beginning(whole, 10_000), ending(whole, 0)]).toEqual([whole, whole]);
});

test("however it is moved, drawn or sized it stays in the picture", () => {
  const delta = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(delta, delta, delta, delta, (a, b, c, d) => {
      for (const box of [movedBox(BOX, a, b), resizedBox(BOX, a, b), drawnBox([a, b], [c, d])]) {
        const [left, top, right, bottom] = box;
        expect(Math.min(...box)).toBeGreaterThanOrEqual(-1e-9);
        expect(Math.max(...box)).toBeLessThanOrEqual(1 + 1e-9);
        expect([left <= right, top <= bottom]).toEqual([true, true]);
      }
    }),
  );
  expect([isDrawn(drawnBox([0.5, 0.5], [0.505, 0.9])), isDrawn(drawnBox([0.9, 0.9], [0.5, 0.5]))]).toEqual([
    false,
    true,
  ]);
});
