import { AppError } from "@yardline/domain/errors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { float16, readGraphModel } from "./graph-model.ts";

test.for([
  [0x0000, 0],
  [0x3c00, 1],
  [0xc000, -2],
  [0x7bff, 65504],
  [0x0001, 2 ** -24],
  [0x3155, 0.1666259765625],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0xfe00, Number.NaN],
])("the half-precision number %i is %f", ([bits, value]) => {
  expect(float16(bits ?? 0)).toBe(value);
});

test("larger bits are larger numbers", () => {
  const finite = fc.integer({ min: 0, max: 0x7bfe });
  fc.assert(fc.property(finite, (bits) => float16(bits) < float16(bits + 1)));
});

const base64 = (text: string) => Buffer.from(text).toString("base64");
const JSON_TEXT = JSON.stringify({
  format: "graph-model",
  modelTopology: {
    node: [
      { name: "x", op: "Placeholder", attr: { dtype: { type: "DT_FLOAT" } } },
      {
        name: "y",
        op: "Conv2D",
        input: ["x", "w"],
        attr: {
          padding: { s: base64("SAME") },
          strides: { list: { i: ["1", "2", "2", "1"] } },
          fast: { b: true },
        },
      },
    ],
  },
  weightsManifest: [
    {
      weights: [
        { name: "w", shape: [1, 3], dtype: "float32", quantization: { dtype: "float16" } },
        { name: "axis", shape: [], dtype: "int32" },
      ],
    },
  ],
});
const WEIGHTS = Uint8Array.of(0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0xff, 0xff, 0xff, 0xff);

test("nodes with what is known of their attributes, weights as numbers", () => {
  const { nodes, weights } = readGraphModel(JSON_TEXT, WEIGHTS);
  expect([...nodes.values()]).toEqual([
    { name: "x", op: "Placeholder", inputs: [], attributes: { dtype: {} } },
    {
      name: "y",
      op: "Conv2D",
      inputs: ["x", "w"],
      attributes: { padding: { text: "SAME" }, strides: { integers: [1, 2, 2, 1] }, fast: { flag: true } },
    },
  ]);
  expect(Object.fromEntries(weights)).toEqual({
    w: { shape: [1, 3], values: Float32Array.of(1, -2, 2 ** -24) },
    axis: { shape: [], values: Float32Array.of(-1) },
  });
});

test.for([
  ["no JSON", "<html>", WEIGHTS],
  ["another JSON", "{}", WEIGHTS],
  ["weights cut off", JSON_TEXT, WEIGHTS.subarray(0, 7)],
  ["weights too long", JSON_TEXT, Uint8Array.of(...WEIGHTS, 0)],
  ["an unknown form of weights", JSON_TEXT.replace('"float16"', '"uint8"'), WEIGHTS],
] as const)("%s is one clear error", ([, json, weights]) => {
  const reading = () => readGraphModel(json, weights);
  expect(reading).toThrow(AppError);
  expect(reading).toThrow("this is not a TensorFlow.js graph model");
});
