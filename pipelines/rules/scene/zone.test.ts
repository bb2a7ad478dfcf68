import fc from "fast-check";
import { expect, test } from "vitest";
import { standsIn } from "./zone.ts";

const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });

test("in a rectangle exactly those whose feet are between its sides", () => {
  fc.assert(
    fc.property(share, share, share, share, share, share, (x1, y1, x2, y2, x, y) => {
      const [left, right, top, bottom] = [
        Math.min(x1, x2),
        Math.max(x1, x2),
        Math.min(y1, y2),
        Math.max(y1, y2),
      ];
      fc.pre(![left, right].includes(x) && ![top, bottom].includes(y));
      const zone = [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ] as const;
      const box = { left: x - 0.01, right: x + 0.01, top: 0, bottom: y };
      const middle = (box.left + box.right) / 2;
      expect(standsIn(zone, box)).toBe(middle > left && middle < right && y > top && y < bottom);
    }),
  );
});

test("the hollow of an L-shaped zone is outside", () => {
  const zone = [
    [0, 0],
    [0.2, 0],
    [0.2, 0.8],
    [1, 0.8],
    [1, 1],
    [0, 1],
  ] as const;
  const at = (x: number, y: number) => standsIn(zone, { left: x - 0.05, right: x + 0.05, top: 0, bottom: y });
  expect([at(0.1, 0.5), at(0.6, 0.9), at(0.6, 0.5)]).toEqual([true, true, false]);
});
