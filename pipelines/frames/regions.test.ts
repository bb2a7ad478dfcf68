import { type Box, holds } from "@yardline/domain/box";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findRegion, isCut } from "./regions.ts";

const HD = { width_px: 1280, height_px: 720 };
const box = (left: number, top: number, right: number, bottom: number): Box => ({ left, top, right, bottom });
const far = box(0.2, 0.5, 0.22, 0.58);

/** To hundredths, so that a scene can be read. */
const rounded = (region: Box | undefined) =>
  region &&
  Object.values(region)
    .map((share) => Math.round(share * 100) / 100)
    .join(" ");

test("one far away is looked at with room around, and with enough of the ground they stand on", () => {
  const region = findRegion({ moved: [far], wanted: [], followed: [] }, HD);
  expect(rounded(region)).toBe("0.01 0.34 0.41 0.74");
  const corner = findRegion({ moved: [box(0, 0, 0.02, 0.08)], wanted: [], followed: [] }, HD);
  expect(rounded(corner)).toBe("0 0 0.4 0.4");
});

test("the whole is as good: nothing moved, it moved far apart, it is large already, or the picture is small", () => {
  const nobody = { moved: [], wanted: [], followed: [] };
  expect(findRegion(nobody, HD)).toBeUndefined();
  expect(findRegion({ ...nobody, moved: [far, box(0.9, 0.1, 0.92, 0.2)] }, HD)).toBeUndefined();
  expect(findRegion({ ...nobody, moved: [box(0.4, 0.3, 0.5, 0.7)] }, HD)).toBeUndefined();
  expect(findRegion({ ...nobody, moved: [far] }, { width_px: 640, height_px: 360 })).toBeUndefined();
});

test("legs, arms and shadow of somebody near make one large thing", () => {
  const parts = [box(0.4, 0.3, 0.43, 0.42), box(0.41, 0.45, 0.44, 0.58), box(0.4, 0.62, 0.43, 0.7)];
  expect(findRegion({ moved: parts, wanted: [], followed: [] }, HD)).toBeUndefined();
});

test("whoever is followed and touches the region lies in it; who is doubtful is looked for", () => {
  const stands = box(0.4, 0.5, 0.43, 0.6);
  const region = findRegion({ moved: [far], wanted: [], followed: [stands] }, HD);
  expect(region && holds(region, stands)).toBe(true);
  const wanted = box(0.8, 0.2, 0.82, 0.28);
  expect(rounded(findRegion({ moved: [], wanted: [wanted], followed: [wanted] }, HD))).toBe(
    "0.6 0.04 1 0.44",
  );
});

test("a box is cut by an edge of the region, but not by an edge of the picture", () => {
  const region = box(0, 0.3, 0.4, 0.7);
  expect(isCut(box(0, 0.4, 0.1, 0.6), region)).toBe(false);
  expect(isCut(box(0.3, 0.4, 0.4, 0.6), region)).toBe(true);
  expect(isCut(box(0.1, 0.302, 0.2, 0.6), region)).toBe(true);
  expect(isCut(box(0.1, 0.5, 0.2, 0.699), region)).toBe(true);
});

const share = fc.nat(100).map((hundredths) => hundredths / 100);
const boxes = fc.array(
  fc
    .tuple(share, share, share, share)
    .map(([x, y, w, h]) => box(x, y, Math.min(1, x + w * 0.2), Math.min(1, y + h * 0.2))),
  { maxLength: 8 },
);

test("a region lies in the picture, holds all that it is for, cuts nobody who is followed, and is much smaller", () => {
  fc.assert(
    fc.property(boxes, boxes, boxes, (moved, wanted, others) => {
      const followed = [...wanted, ...others];
      const region = findRegion({ moved, wanted, followed }, HD);
      if (!region) return;
      expect(holds(box(0, 0, 1, 1), region)).toBe(true);
      const isThere = ({ left, right, top, bottom }: Box) => right > left && bottom > top;
      for (const part of [...moved, ...wanted].filter(isThere)) expect(holds(region, part)).toBe(true);
      for (const each of followed.filter(isThere)) {
        const apart =
          each.right <= region.left ||
          each.left >= region.right ||
          each.bottom <= region.top ||
          each.top >= region.bottom;
        expect(apart || holds(region, each)).toBe(true);
      }
      expect(Math.max(region.right - region.left, region.bottom - region.top)).toBeLessThanOrEqual(0.625);
    }),
  );
});
