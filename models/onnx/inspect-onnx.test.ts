import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inspectOnnx } from "./inspect-onnx.ts";
import { encodeOnnx } from "./onnx-model.ts";
import { bytesField, type Field, integerField, joined, messageField } from "./protobuf.ts";

const YOLOX = "../shared/data/video/models/yolox_nano_416.onnx";

const small = () =>
  encodeOnnx({
    name: "small",
    nodes: [{ op: "Relu", inputs: ["in"], output: "out" }],
    weights: [{ name: "unused", shape: [2], values: Float32Array.of(1, 2) }],
    inputs: [{ name: "in", shape: [1, 3, "height", 416] }],
    outputs: [{ name: "out", shape: [1] }],
  });

test("tells what a graph takes and gives", () => {
  expect(inspectOnnx(small())).toEqual({
    inputs: [{ name: "in", type: 1, shape: [1, 3, undefined, 416] }],
    outputs: [{ name: "out", type: 1, shape: [1] }],
  });
});

test.skipIf(!existsSync(YOLOX))("a network of others (needs ../shared/data)", () => {
  expect(inspectOnnx(readFileSync(YOLOX))).toEqual({
    inputs: [{ name: "images", type: 1, shape: [1, 3, 416, 416] }],
    outputs: [{ name: "output", type: 1, shape: [1, 3549, 85] }],
  });
});

const graph = (...fields: Field[]) => messageField(7, fields);
const node = (op: string, ...fields: Field[]) => messageField(1, [bytesField(4, op), ...fields]);
const constant = (...fields: Field[]) => messageField(5, fields);
const sizes = (name: string, ...values: number[]) =>
  constant(
    integerField(1, values.length),
    integerField(2, 7),
    bytesField(8, name),
    ...values.map((value) => integerField(7, value)),
  );

test.for([
  ["weights in another file", graph(constant(messageField(13, [bytesField(1, "location")])))],
  ["weights said to lie elsewhere", graph(constant(integerField(14, 1)))],
  [
    "weights of an attribute in another file",
    graph(node("Constant", messageField(5, [messageField(5, [integerField(14, 1)])]))),
  ],
  ["a huge constant", graph(constant(integerField(1, 65_000), integerField(1, 65_000)))],
  [
    "a constant with other bytes than it says",
    graph(constant(integerField(1, 1000), integerField(2, 1), bytesField(9, new Uint8Array(8)))),
  ],
  ["a loop", graph(node("Loop"))],
  ["a branch", graph(node("If", messageField(5, [messageField(6, [])])))],
  ["a graph within a node of another name", graph(node("Relu", messageField(5, [messageField(6, [])])))],
  ["operators of others", graph(node("Relu", bytesField(7, "com.evil")))],
  ["an operator set of others", joined([messageField(8, [bytesField(1, "com.evil")]), graph()])],
  ["operators of its own", joined([graph(), messageField(25, [])])],
  ["a training part", joined([graph(), messageField(20, [])])],
  ["sparse weights", graph(messageField(15, []))],
  ["a few bytes that grow", graph(node("ConstantOfShape", bytesField(1, "n")), sizes("n", 65_000, 65_000))],
  ["dice", graph(node("RandomNormal"))],
  ["as much as there is to be seen", graph(node("NonZero", bytesField(1, "in"), bytesField(2, "found")))],
  [
    "two names that read alike, one of them a constant's",
    graph(
      constant(bytesField(8, Uint8Array.of(0xff)), integerField(2, 1)),
      node("Tile", bytesField(1, "in"), bytesField(1, Uint8Array.of(0xfe))),
    ),
  ],
  ["too many operators", graph(...Array.from({ length: 20_001 }, () => node("Relu")))],
] as const)("%s: refused, nothing run", ([, bytes]) => {
  expect(() => inspectOnnx(bytes)).toThrow("this ONNX file is refused, and nothing of it was run");
});

test("a constant that stands among the inputs is none of them", () => {
  const input = (name: string) => messageField(11, [bytesField(1, name)]);
  const bytes = graph(
    input("in"),
    input("n"),
    sizes("n", 2),
    node("Tile", bytesField(1, "in"), bytesField(1, "n")),
  );
  expect(inspectOnnx(bytes).inputs.map(({ name }) => name)).toEqual(["in"]);
});

test("names of strangers do not steer the terminal", () => {
  const bytes = graph(node("Relu", bytesField(7, "\u001b[2J")));
  expect(() => inspectOnnx(bytes)).toThrow('it wants operators of "\uFFFD[2J"');
});

test("whatever the bytes, the answer is a face or one clear error", () => {
  const whole = small();
  const broken = fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, byte]) => {
    const bytes = Uint8Array.from(whole);
    bytes[at] = byte;
    return bytes;
  });
  const cut = fc.nat(whole.length).map((length) => whole.subarray(0, length));
  fc.assert(
    fc.property(fc.oneof(broken, cut, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      try {
        inspectOnnx(bytes);
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: expect.stringMatching(/^MODEL_(?:UNREADABLE|REFUSED)$/) });
      }
    }),
    { numRuns: 500 },
  );
});
