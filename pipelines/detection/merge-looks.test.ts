import { iouOf } from "@yardline/domain/box";
import type { Detection } from "@yardline/domain/detection";
import { expect, test } from "vitest";
import { DETECTIONS_MAX } from "./detector.ts";
import { mergeLooks } from "./merge-looks.ts";

const at = (left: number, score: number, label: Detection["label"] = "person", width = 0.02): Detection => ({
  label,
  score,
  box: { left, top: 0.5, right: left + width, bottom: 0.56 },
});

test("one seen in two tiles and in the whole picture is one, as the closest look showed them", () => {
  const [first, second, whole] = [at(0.5, 0.6), at(0.501, 0.8), at(0.505, 0.9, "person", 0.024)];
  expect(mergeLooks([[first], [second], [whole, at(0.8, 0.7)]])).toEqual([at(0.8, 0.7), first]);
});

test("a car that another look calls a truck is one, a person beside it is not", () => {
  const [car, person] = [at(0.2, 0.5, "car", 0.1), at(0.2, 0.6, "person", 0.1)];
  expect(mergeLooks([[car], [at(0.2, 0.9, "truck", 0.1), person]])).toEqual([person, car]);
});

test("two whom one look tells apart stay two, however near", () => {
  const pair = [at(0.5, 0.8), at(0.505, 0.7)];
  expect(iouOf(pair[0]?.box ?? at(0, 1).box, pair[1]?.box ?? at(0, 1).box)).toBeGreaterThan(0.5);
  expect(mergeLooks([pair, [at(0.502, 0.9)]])).toEqual(pair);
});

test("no more than any detector gives, the best of them", () => {
  const many = Array.from({ length: DETECTIONS_MAX + 20 }, (_, index) =>
    at(index / 200, (index + 1) / 200, "person", 0.001),
  );
  const kept = mergeLooks([many]);
  expect(kept.length).toBe(DETECTIONS_MAX);
  expect(kept[0]?.score).toBe((DETECTIONS_MAX + 20) / 200);
});
