import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Picture } from "@yardline/domain/picture";
import { expect, onTestFinished, test } from "vitest";
import { DEFAULT_MODEL } from "./catalogue.ts";
import type { ModelManifest } from "./manifest.ts";
import { bytesField, type Field, integerField, joined, messageField } from "./onnx/protobuf.ts";
import { openModel } from "./open-model.ts";

// The last steps of two families' networks, operator by operator as their authors' exporters write them, behind made-up answers instead
// of trained weights: what is held here is that such a graph is let in, runs, and is read; not how well a network finds things.

const [FLOAT, INT64] = [1, 7];
const SIDE_PX = 416;
const picture: Picture = {
  width_px: 832,
  height_px: 416,
  format: "rgb24",
  data: new Uint8Array(832 * 416 * 3).fill(90),
};

type Values = Float32Array | BigInt64Array;

const node = (op: string, inputs: readonly string[], outputs: readonly string[], ints: object = {}): Field =>
  messageField(1, [
    ...inputs.map((name) => bytesField(1, name)),
    ...outputs.map((name) => bytesField(2, name)),
    bytesField(4, op),
    ...Object.entries(ints).map(([name, value]) =>
      messageField(5, [bytesField(1, name), integerField(3, value), integerField(20, 2)]),
    ),
  ]);

const constant = (name: string, shape: readonly number[], values: Values): Field =>
  messageField(5, [
    ...shape.map((side) => integerField(1, side)),
    integerField(2, values instanceof Float32Array ? FLOAT : INT64),
    bytesField(8, name),
    bytesField(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);
const whole = (name: string, ...values: number[]): Field =>
  constant(name, [values.length], BigInt64Array.from(values, BigInt));

function edge(field: 11 | 12, name: string, type: number, shape: readonly number[]): Field {
  const sides = shape.map((side) => messageField(1, [integerField(1, side)]));
  return messageField(field, [
    bytesField(1, name),
    messageField(2, [messageField(1, [integerField(1, type), messageField(2, sides)])]),
  ]);
}

/** Adds nought times the picture, so that what is made up comes out of it. */
const seen = (made_up: string, output: string): Field[] => [
  node("Mul", ["mean", "nought"], [`${output}-nothing`]),
  node("Add", [made_up, `${output}-nothing`], [output]),
];

async function detect(
  fields: readonly Field[],
  manifest: Omit<ModelManifest, "sha256" | "name" | "licence">,
) {
  const graph = messageField(7, [
    node("GlobalAveragePool", ["images"], ["pooled"]),
    node("ReduceMean", ["pooled"], ["mean"], { keepdims: 0 }),
    constant("nought", [], Float32Array.of(0)),
    edge(11, "images", FLOAT, [1, 3, SIDE_PX, SIDE_PX]),
    ...fields,
  ]);
  const bytes = joined([integerField(1, 8), graph, messageField(8, [integerField(2, 16)])]);
  const folder = await mkdtemp(join(tmpdir(), "yardline-heads-"));
  const path = join(folder, "head.onnx");
  await writeFile(path, bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const detector = await openModel(
    { manifest: { ...manifest, name: "head", licence: "MIT", sha256 }, path },
    { workers: 1, policy: "wait", score_min: 0.4 },
  );
  onTestFinished(async () => {
    await detector.close();
    await rm(folder, { recursive: true });
  });
  return detector.detect(picture);
}

const input = { name: "images", side_px: SIDE_PX, bar: 0, colour: "bgr" } as const;
const common = { origin: { file: "head.onnx" }, labels: DEFAULT_MODEL.labels, overlap_max: 0.6 };

test("NanoDet-Plus: scores and distances of four grids, joined and turned", async () => {
  const [points, classes, bins] = [3598, 80, 32];
  const made_up = new Float32Array(points * (classes + bins)).fill(-20);
  const put = (row: number, point: number, value: number) => {
    made_up[row * points + point] = value;
  };
  // Of the first grid of 52 × 52: column 20, row 10. One class of the manifest's, five strides each way.
  const point = 10 * 52 + 20;
  put(common.labels.person ?? 0, point, 2);
  for (const side of [0, 1, 2, 3]) put(classes + 8 * side + 5, point, 20);
  const fields = [
    constant("scores-and-distances", [1, classes + bins, points], made_up),
    whole("parts", classes, bins),
    ...seen("scores-and-distances", "joined"),
    node("Split", ["joined", "parts"], ["logits", "distances"], { axis: 1 }),
    node("Sigmoid", ["logits"], ["scores"]),
    node("Concat", ["scores", "distances"], ["whole"], { axis: 1 }),
    messageField(1, [
      bytesField(1, "whole"),
      bytesField(2, "output"),
      bytesField(4, "Transpose"),
      messageField(5, [
        bytesField(1, "perm"),
        ...[0, 2, 1].map((axis) => integerField(8, axis)),
        integerField(20, 7),
      ]),
    ]),
    edge(12, "output", FLOAT, [1, points, classes + bins]),
  ];
  const family = { family: "nanodet-plus", outputs: { output: "output" } } as const;
  const found = await detect(fields, { ...common, ...family, input: { ...input, fit: "stretch" } });
  expect(found).toEqual([
    {
      label: "person",
      score: expect.closeTo(1 / (1 + Math.exp(-2)), 5),
      box: {
        left: expect.closeTo(120 / SIDE_PX, 5),
        top: expect.closeTo(40 / SIDE_PX, 5),
        right: expect.closeTo(200 / SIDE_PX, 5),
        bottom: expect.closeTo(120 / SIDE_PX, 5),
      },
    },
  ]);
});

test("RT-DETR and D-FINE: the best 300 of all queries and classes, their boxes in pixels of the sizes that are given", async () => {
  const [queries, classes] = [300, 80];
  const logits = new Float32Array(queries * classes).fill(-20);
  const boxes = new Float32Array(queries * 4).fill(0.5);
  const person = common.labels.person ?? 0;
  logits[7 * classes + person] = 1;
  boxes.set([0.5, 0.25, 0.2, 0.3], 7 * 4);
  const fields = [
    constant("made-up-logits", [1, queries, classes], logits),
    constant("made-up-boxes", [1, queries, 4], boxes),
    constant("half", [], Float32Array.of(0.5)),
    ...[whole("flat", 1, queries * classes), whole("k", 300), whole("classes", classes), whole("last", 2)],
    ...[whole("twice", 1, 2), whole("one", 1), whole("four", 1, 1, 4), whole("pairs", 2, 2)],
    ...seen("made-up-logits", "logits"),
    ...seen("made-up-boxes", "centred"),
    node("Split", ["centred", "pairs"], ["centre", "size"], { axis: 2 }),
    node("Mul", ["size", "half"], ["reach"]),
    node("Sub", ["centre", "reach"], ["from"]),
    node("Add", ["centre", "reach"], ["to"]),
    node("Concat", ["from", "to"], ["corners"], { axis: 2 }),
    node("Tile", ["orig_target_sizes", "twice"], ["both"]),
    node("Unsqueeze", ["both", "one"], ["each"]),
    node("Cast", ["each"], ["scale"], { to: FLOAT }),
    node("Mul", ["corners", "scale"], ["in-pixels"]),
    node("Sigmoid", ["logits"], ["all-scores"]),
    node("Reshape", ["all-scores", "flat"], ["in-a-row"]),
    node("TopK", ["in-a-row", "k"], ["scores", "which"]),
    node("Mod", ["which", "classes"], ["labels"]),
    node("Div", ["which", "classes"], ["queries"]),
    node("Unsqueeze", ["queries", "last"], ["deep"]),
    node("Tile", ["deep", "four"], ["deeper"]),
    node("GatherElements", ["in-pixels", "deeper"], ["boxes"], { axis: 1 }),
    edge(11, "orig_target_sizes", INT64, [1, 2]),
    edge(12, "labels", INT64, [1, 300]),
    edge(12, "boxes", FLOAT, [1, 300, 4]),
    edge(12, "scores", FLOAT, [1, 300]),
  ];
  const outputs = { labels: "labels", boxes: "boxes", scores: "scores" };
  const found = await detect(fields, {
    ...common,
    ...{ family: "rt-detr", outputs },
    input: { ...input, fit: "stretch", size_name: "orig_target_sizes" },
  });
  expect(found).toEqual([
    {
      label: "person",
      score: expect.closeTo(1 / (1 + Math.exp(-1)), 5),
      box: {
        left: expect.closeTo(0.4, 5),
        top: expect.closeTo(0.1, 5),
        right: expect.closeTo(0.6, 5),
        bottom: expect.closeTo(0.4, 5),
      },
    },
  ]);
});
