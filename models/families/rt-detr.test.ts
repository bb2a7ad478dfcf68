import { expect, test } from "vitest";
import { rtDetr } from "./rt-detr.ts";

// A wide picture in the upper half of the input.
const letterbox = { input_width_px: 64, input_height_px: 64, width_px: 64, height_px: 32 };
const classes = [
  { label: "person", number: 0, least: 0.5 },
  { label: "dog", number: 2, least: 0.25 },
] as const;
const dog = { label: "dog", score: 0.5, box: { left: 0.25, top: 0.5, right: 0.5, bottom: 1 } };

test("corners in pixels, with labels and scores", () => {
  const outputs = {
    labels: Float32Array.of(0, 2, 1),
    scores: Float32Array.of(0.375, 0.5, 1),
    boxes: Float32Array.of(0, 0, 9, 9, 16, 16, 32, 32, 0, 0, 9, 9),
  };
  expect(rtDetr.read(outputs, letterbox, classes)).toEqual([dog]);
});

test("centres and sizes in fractions, with logits", () => {
  const outputs = {
    logits: Float32Array.of(-9, 9, 0, -9, -9, -9),
    boxes: Float32Array.of(0.375, 0.375, 0.25, 0.25, 0.5, 0.5, 1, 1),
  };
  expect(rtDetr.read(outputs, letterbox, classes)).toEqual([dog]);
});

test("asks for boxes in pixels of the input where the graph wants to be told", () => {
  const input = { name: "images", side_px: 64, fit: "letterbox", bar: 0, colour: "rgb" } as const;
  expect(rtDetr.inputs(input, letterbox)).toEqual({});
  expect(rtDetr.inputs({ ...input, size_name: "sizes" }, letterbox)).toEqual({
    sizes: { shape: [1, 2], values: BigInt64Array.of(64n, 64n) },
  });
});

test("outputs of other sizes are refused", () => {
  const boxes = new Float32Array(8);
  for (const outputs of [
    { boxes },
    { boxes, logits: new Float32Array(4) },
    { boxes, labels: new Float32Array(2), scores: new Float32Array(3) },
  ]) {
    expect(() => rtDetr.read(outputs, letterbox, classes)).toThrow("rt-detr family");
  }
});
