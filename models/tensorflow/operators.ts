import { AppError } from "@yardline/domain/errors";
import type { OnnxNode } from "../onnx/onnx-model.ts";
import type { GraphModel, GraphNode, GraphWeight } from "./graph-model.ts";
import { hardSigmoidOf, hardSwishOf } from "./hard-activations.ts";

/**
 * The second input of a converted network, one number: which share of the square that it was made for the picture takes.
 * Every mean over the picture is multiplied by it, as if the black bars that complete the square were there: they cost
 * nothing, and the network weighs its channels as it learnt to.
 */
export const SHARE = "share";

/** What an operator needs while it writes its ONNX nodes. */
export type Writer = {
  readonly model: GraphModel;
  readonly side_px: number;
  readonly keep: Readonly<Record<string, readonly number[]>>;
  /** Writes a node of the graph, and before it all that it needs. @returns its name. */
  visit(name: string): string;
  /** Input pixels for each pixel of a tensor that was written. */
  stride(name: string): number;
  /** Adds a constant. @returns its name. */
  weight(name: string, shape: readonly number[], values: Float32Array): string;
  node(op: string, inputs: readonly string[], output: string, attributes?: OnnxNode["attributes"]): void;
};

/** Writes the node under its own name. @returns its stride: input pixels for each of its pixels. */
type Operator = (node: GraphNode, writer: Writer) => number;

/** What each TensorFlow operator becomes. */
export const OPERATORS: Readonly<Record<string, Operator | undefined>> = {
  _FusedConv2D: convolution,
  Add: elementwise("Add"),
  ConcatV2: concatenation,
  Conv2D: convolution,
  DepthwiseConv2dNative: convolution,
  FusedDepthwiseConv2dNative: convolution,
  Identity: elementwise("Identity"),
  Mean: meanOfPicture,
  Mul: multiplication,
  Relu: elementwise("Relu"),
  ResizeBilinear: resize,
  Sigmoid: elementwise("Sigmoid"),
};

export function unsupported(what: string): never {
  throw new AppError("MODEL_UNSUPPORTED", `this graph cannot be converted: ${what}`);
}

function convolution(node: GraphNode, writer: Writer): number {
  const { name, inputs, attributes } = node;
  const [picture = "", kernelName = "", biasName] = inputs;
  const [, step = 1] = attributes["strides"]?.integers ?? [];
  const kernel = turned(node, weightOf(writer, kernelName));
  const keep = writer.keep[name];
  const [, , side = 1] = kernel.shape;
  const rectified = attributes["fused_ops"]?.texts?.includes("Relu") ?? false;
  const constants = [writer.weight(kernelName, ...chosen(kernel, keep))];
  if (biasName) constants.push(writer.weight(biasName, ...chosen(weightOf(writer, biasName), keep)));
  const output = rectified ? `${name}/linear` : name;
  writer.node("Conv", [writer.visit(picture), ...constants], output, {
    kernel_shape: { ints: kernel.shape.slice(2) },
    strides: { ints: [step, step] },
    pads: { ints: padding(side, step) },
    group: { int: node.op.includes("Depthwise") ? (kernel.shape[0] ?? 1) : 1 },
  });
  if (rectified) writer.node("Relu", [output], name);
  return writer.stride(picture) * step;
}

/**
 * TensorFlow's "SAME" for a picture whose sides the step divides: begin rows and columns, then end, the odd one at the end.
 * @see https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
 */
function padding(kernel_px: number, step_px: number): number[] {
  const total = Math.max(kernel_px - step_px, 0);
  const before = Math.floor(total / 2);
  return [before, before, total - before, total - before];
}

/** TensorFlow's kernel (height, width, in, out; of a depthwise one: height, width, channel, 1) in ONNX's order (out, in, height, width). */
function turned({ op, name }: GraphNode, { shape, values }: GraphWeight): GraphWeight {
  const [height = 0, width = 0, a = 0, b = 0] = shape;
  const depthwise = op.includes("Depthwise");
  if (depthwise && b !== 1) unsupported(`${name} multiplies its channels`);
  const [from, to] = depthwise ? [1, a] : [a, b];
  const result = new Float32Array(values.length);
  for (let at = 0; at < values.length; at++) {
    // Both layouts have `to` last: a depthwise kernel's fourth side is 1.
    const pixel = Math.floor(at / (from * to));
    const input = Math.floor(at / to) % from;
    result[((at % to) * from + input) * height * width + pixel] = values[at] ?? 0;
  }
  return { shape: [to, from, height, width], values: result };
}

/** The rows (first side) named, in that order. */
function chosen({ shape, values }: GraphWeight, keep?: readonly number[]): [readonly number[], Float32Array] {
  if (!keep) return [shape, values];
  const [rows = 1, ...rest] = shape;
  const row = values.length / rows;
  const result = new Float32Array(keep.length * row);
  keep.forEach((index, at) => {
    result.set(values.subarray(index * row, (index + 1) * row), at * row);
  });
  return [[keep.length, ...rest], result];
}

function elementwise(op: string): Operator {
  return ({ name, inputs }, writer) => {
    const names = inputs.map((input) => operandOf(writer, input));
    writer.node(op, names, name);
    return Math.max(...names.filter((each) => !writer.model.weights.has(each)).map(writer.stride));
  };
}

/** A product, unless the graph spells out one of MobileNet's hard activations here: ONNX has a faster word for them. */
function multiplication(node: GraphNode, writer: Writer): number {
  const swish = hardSwishOf(node, writer.model);
  const x = swish ?? hardSigmoidOf(node, writer.model);
  if (x === undefined) return elementwise("Mul")(node, writer);
  const gate = swish === undefined ? node.name : `${node.name}/gate`;
  writer.node("HardSigmoid", [writer.visit(x)], gate, { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
  if (swish !== undefined) writer.node("Mul", [x, gate], node.name);
  return writer.stride(x);
}

function concatenation({ name, inputs }: GraphNode, writer: Writer): number {
  const parts = inputs.slice(0, -1).map(writer.visit);
  if (weightOf(writer, inputs.at(-1) ?? "").values[0] !== 3) unsupported(`${name} does not join channels`);
  writer.node("Concat", parts, name, { axis: { int: 1 } });
  return writer.stride(parts[0] ?? "");
}

function meanOfPicture({ name, inputs }: GraphNode, writer: Writer): number {
  const [picture = "", axes = ""] = inputs;
  if (String(weightOf(writer, axes).values) !== "1,2")
    unsupported(`${name} is a mean over something else than the picture`);
  writer.node("GlobalAveragePool", [writer.visit(picture)], `${name}/whole`);
  writer.node("Mul", [`${name}/whole`, SHARE], name);
  return writer.stride(picture);
}

function resize({ name, inputs, attributes }: GraphNode, writer: Writer): number {
  const [picture = "", sizes = ""] = inputs;
  if (attributes["align_corners"]?.flag || attributes["half_pixel_centers"]?.flag)
    unsupported(`${name} samples elsewhere`);
  const stride = writer.side_px / (weightOf(writer, sizes).values[0] ?? 0);
  const source = writer.visit(picture);
  const factor = writer.stride(picture) / stride;
  const scales = writer.weight(`${name}/scales`, [4], Float32Array.of(1, 1, factor, factor));
  writer.node("Resize", [source, "", scales], name, {
    mode: { text: "linear" },
    coordinate_transformation_mode: { text: "asymmetric" },
  });
  return stride;
}

function operandOf(writer: Writer, name: string): string {
  const constant = writer.model.weights.get(name);
  if (!constant) return writer.visit(name);
  if (constant.values.length !== 1) unsupported(`${name} is a constant of more than one number`);
  return writer.weight(name, [], constant.values);
}

function weightOf({ model }: Writer, name: string): GraphWeight {
  return model.weights.get(name) ?? unsupported(`${name} is not a constant`);
}
