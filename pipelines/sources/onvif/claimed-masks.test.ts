import type { Polygon } from "@yardline/domain/camera";
import { expect, test } from "vitest";
import { compareMasks } from "./claimed-masks.ts";
import type { OnvifMask } from "./media.ts";

const box = (left: number, top: number, right: number, bottom: number): Polygon => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
];
const mask = (polygon: Polygon, how: Partial<OnvifMask> = {}): OnvifMask => ({
  token: "m",
  source: "vsc",
  type: "Color",
  enabled: true,
  polygon,
  ...how,
});
const CLAIMED = [box(0, 0, 0.5, 0.5)];

test.for([
  { what: "the same area", masks: [mask(box(0, 0, 0.5, 0.5))], agrees: true },
  { what: "a larger one, blurred", masks: [mask(box(0, 0, 0.8, 0.8), { type: "Blurred" })], agrees: true },
  { what: "two halves", masks: [mask(box(0, 0, 0.25, 0.5)), mask(box(0.25, 0, 0.5, 0.5))], agrees: true },
  { what: "one cell too few", masks: [mask(box(0, 0, 0.497, 0.5))], agrees: true },
  { what: "half of it", masks: [mask(box(0, 0, 0.25, 0.5))], agrees: false },
  { what: "one that is off", masks: [mask(box(0, 0, 0.5, 0.5), { enabled: false })], agrees: false },
  { what: "a mosaic", masks: [mask(box(0, 0, 0.5, 0.5), { type: "Pixelated" })], agrees: false },
  { what: "no mask at all", masks: [], agrees: false },
  {
    what: "a mask of two corners",
    masks: [
      mask([
        [0, 0],
        [1, 1],
      ] as unknown as Polygon),
    ],
    agrees: false,
  },
])("against $what: agrees is $agrees", ({ masks, agrees }) => {
  expect(compareMasks(CLAIMED, masks)).toMatchObject([{ at: 0, agrees }]);
});

test("each claimed area is told for itself", () => {
  const claimed = [...CLAIMED, box(0.9, 0.9, 1, 1)];
  const [first, second] = compareMasks(claimed, [mask(box(0, 0, 0.5, 0.5))]);
  expect([first?.agrees, second]).toEqual([true, { at: 1, covered: 0, agrees: false }]);
});
