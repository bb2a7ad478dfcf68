import fc from "fast-check";
import { expect, test } from "vitest";
import { cuts, sideOf } from "./line.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });

test("right of one who walks down the picture is its left", () => {
  const line = {
    points: [
      [0.5, 0],
      [0.5, 1],
    ],
    into: "right",
  } as const;
  expect(sideOf(line, [0.2, 0.5])).toEqual({ inside: true, away: 0.3 });
  expect(sideOf(line, [0.75, 0.5])).toEqual({ inside: false, away: 0.25 });
});

test("of a straight line through the picture, a way cuts it exactly when it changes sides", () => {
  const line = {
    points: [
      [0.5, -1],
      [0.5, 2],
    ],
    into: "left",
  } as const;
  fc.assert(
    fc.property(share, share, share, share, (x1, y1, x2, y2) => {
      fc.pre(x1 !== 0.5 && x2 !== 0.5);
      const changes = sideOf(line, [x1, y1]).inside !== sideOf(line, [x2, y2]).inside;
      expect(cuts(line, [x1, y1], [x2, y2])).toBe(changes);
    }),
  );
});

test("walking the line from its other end, or naming the other side, swaps in and out", () => {
  const points = [
    [0.1, 0.2],
    [0.5, 0.6],
    [0.9, 0.3],
  ] as const;
  fc.assert(
    fc.property(share, share, (x, y) => {
      fc.pre(sideOf({ points, into: "left" }, [x, y]).away > 1e-6);
      const inside = sideOf({ points, into: "left" }, [x, y]).inside;
      expect(sideOf({ points, into: "right" }, [x, y]).inside).toBe(!inside);
    }),
  );
});
