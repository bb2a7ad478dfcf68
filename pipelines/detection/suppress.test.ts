import { iouOf } from "@yardline/domain/box";
import { type Detection, LABELS } from "@yardline/domain/detection";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DETECTIONS_MAX } from "./detector.ts";
import { suppress } from "./suppress.ts";

const IOU_MAX = 0.6;
const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });
const place = box(0.1, 0.1, 0.3, 0.5);
const nearby = box(0.11, 0.1, 0.3, 0.5);
const elsewhere = box(0.6, 0.1, 0.8, 0.5);

test("of two people on one place the surer one stays; elsewhere is another person", () => {
  const [sure, unsure, other] = [
    { label: "person", score: 0.9, box: place },
    { label: "person", score: 0.5, box: nearby },
    { label: "person", score: 0.3, box: elsewhere },
  ] as const;
  expect(suppress([other, unsure, sure], IOU_MAX)).toEqual([sure, other]);
});

test("car, bus and truck on one place are one thing; a person on a motorcycle is two", () => {
  const bus = { label: "bus", score: 0.8, box: place } as const;
  const rider = [
    { label: "motorcycle", score: 0.7, box: elsewhere },
    { label: "person", score: 0.6, box: elsewhere },
  ] as const;
  const seen = [
    ...rider,
    bus,
    { label: "truck", score: 0.7, box: nearby },
    { label: "car", score: 0.6, box: place },
  ] as const;
  expect(suppress(seen, IOU_MAX)).toEqual([bus, ...rider]);
});

const unit = fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20);
const boxes = fc
  .tuple(unit, unit, unit, unit)
  .map(([x1, y1, x2, y2]) => box(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)));
const scenes: fc.Arbitrary<Detection[]> = fc.array(
  fc.record({
    label: fc.constantFrom(...LABELS),
    score: fc.double({ min: 0.01, max: 1, noNaN: true }),
    box: boxes,
  }),
  { maxLength: 150 },
);
const vehicles = ["car", "bus", "truck"];
const rivals = (a: Detection, b: Detection) =>
  a.label === b.label || (vehicles.includes(a.label) && vehicles.includes(b.label));

test("what stays was there, is apart, is sorted, and what went had a better rival or no room", () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const kept = suppress(scene, IOU_MAX);
      expect(kept.length).toBeLessThanOrEqual(DETECTIONS_MAX);
      kept.forEach((a, at) => {
        expect(scene).toContain(a);
        for (const b of kept.slice(at + 1)) {
          expect(a.score).toBeGreaterThanOrEqual(b.score);
          expect(rivals(a, b) && iouOf(a.box, b.box) > IOU_MAX).toBe(false);
        }
      });
      for (const gone of scene.filter((each) => !kept.includes(each))) {
        const rival = kept.some(
          (each) => rivals(each, gone) && each.score >= gone.score && iouOf(each.box, gone.box) > IOU_MAX,
        );
        expect(rival || kept.length === DETECTIONS_MAX).toBe(true);
      }
    }),
  );
});

test("neither the order of what comes in nor doing it again changes the result", () => {
  const shuffled = scenes.chain((scene) =>
    fc.tuple(fc.constant(scene), fc.shuffledSubarray(scene, { minLength: scene.length })),
  );
  fc.assert(
    fc.property(shuffled, ([scene, other]) => {
      const kept = suppress(scene, IOU_MAX);
      expect(suppress(other, IOU_MAX)).toEqual(kept);
      expect(suppress(kept, IOU_MAX)).toEqual(kept);
    }),
  );
});
