import type { OnnxGraph, OnnxNode, OnnxWeight } from "../onnx/onnx-model.ts";
import type { GraphModel } from "./graph-model.ts";
import { OPERATORS, SHARE, unsupported, type Writer } from "./operators.ts";

export type Conversion = {
  /** The placeholder that takes the picture. */
  readonly input: string;
  /** Side of the square that the graph was made for: its resizes name sizes, ours must be factors. */
  readonly side_px: number;
  /** The nodes to give out; whatever they do not need is left behind. */
  readonly outputs: readonly { readonly node: string; readonly name: string; readonly channels: number }[];
  /** Output channels of a convolution to keep, in this order; all where it is not named. */
  readonly keep: Readonly<Record<string, readonly number[]>>;
};

/**
 * Turns the convolutional part of a TensorFlow graph into ONNX.
 * TensorFlow orders a picture height, width, channel; ONNX channel, height, width. Weights and axes are turned, tensors
 * never are, so the result has no transposition at all; and as all its sizes are relative, it takes any picture whose
 * sides are multiples of the network's coarsest stride.
 * @throws AppError `MODEL_UNSUPPORTED` for an operator, or a form of one, that the table lacks.
 */
export function convertGraph(model: GraphModel, { input, side_px, outputs, keep }: Conversion): OnnxGraph {
  const nodes: OnnxNode[] = [];
  const weights = new Map<string, OnnxWeight>();
  const strides = new Map([[input, 1]]);
  const writer: Writer = {
    model,
    side_px,
    keep,
    visit(name) {
      if (strides.has(name)) return name;
      const node = model.nodes.get(name) ?? unsupported(`there is no node ${name}`);
      const write = OPERATORS[node.op] ?? unsupported(`${name} is a ${node.op}`);
      strides.set(name, write(node, writer));
      return name;
    },
    stride: (name) => strides.get(name) ?? unsupported(`${name} is asked for before it is written`),
    weight(name, shape, values) {
      weights.set(name, { name, shape, values });
      return name;
    },
    node: (op, inputs, output, attributes = {}) => nodes.push({ op, inputs, output, attributes }),
  };
  for (const { node, name } of outputs) writer.node("Identity", [writer.visit(node)], name);
  return {
    name: "converted",
    nodes,
    weights: [...weights.values()],
    inputs: [
      { name: input, shape: [1, 3, "height", "width"] },
      { name: SHARE, shape: [1] },
    ],
    outputs: outputs.map(({ name, channels }) => ({
      name,
      shape: [1, channels, `${name} height`, `${name} width`],
    })),
  };
}
