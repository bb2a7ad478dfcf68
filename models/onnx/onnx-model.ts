import { bytesField, type Field, floatField, integerField, joined, messageField } from "./protobuf.ts";

/** One operator of the graph; names of ONNX's operator set, see `OPSET`. */
export type OnnxNode = {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** A whole number becomes an `INT`, another number a `FLOAT`: mark floats that may be whole with `float`. */
  readonly attributes?: Readonly<Record<string, Attribute>>;
};

export type Attribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly text: string };

/** A constant tensor of float32. */
export type OnnxWeight = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
};

/** A float32 tensor at the graph's edge; a dimension that is a name is chosen at each run. */
export type OnnxValue = { readonly name: string; readonly shape: readonly (number | string)[] };

export type OnnxGraph = {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly weights: readonly OnnxWeight[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
};

const IR_EDITION = 8;
const OPSET = 17;
const FLOAT = 1;

/**
 * The bytes of an ONNX file. The same graph gives the same bytes.
 * Field numbers are those of `onnx.proto3`.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
 */
export function encodeOnnx(graph: OnnxGraph): Uint8Array {
  return joined([
    integerField(1, IR_EDITION),
    bytesField(2, "yardline"),
    messageField(7, [
      ...graph.nodes.map((node) => messageField(1, nodeFields(node))),
      bytesField(2, graph.name),
      ...graph.weights.map((weight) => messageField(5, weightFields(weight))),
      ...graph.inputs.map((value) => messageField(11, valueFields(value))),
      ...graph.outputs.map((value) => messageField(12, valueFields(value))),
    ]),
    messageField(8, [integerField(2, OPSET)]),
  ]);
}

function nodeFields({ op, inputs, output, attributes = {} }: OnnxNode): Field[] {
  return [
    ...inputs.map((input) => bytesField(1, input)),
    bytesField(2, output),
    bytesField(3, output),
    bytesField(4, op),
    ...Object.entries(attributes).map(([name, value]) =>
      messageField(5, [bytesField(1, name), ...attributeFields(value)]),
    ),
  ];
}

/** The last field is the attribute's type, as AttributeProto.AttributeType numbers it. */
function attributeFields(attribute: Attribute): Field[] {
  if ("float" in attribute) return [floatField(2, attribute.float), integerField(20, 1)];
  if ("int" in attribute) return [integerField(3, attribute.int), integerField(20, 2)];
  if ("text" in attribute) return [bytesField(4, attribute.text), integerField(20, 3)];
  return [...attribute.ints.map((each) => integerField(8, each)), integerField(20, 7)];
}

function weightFields({ name, shape, values }: OnnxWeight): Field[] {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return [
    ...shape.map((side) => integerField(1, side)),
    integerField(2, FLOAT),
    bytesField(8, name),
    bytesField(9, bytes),
  ];
}

function valueFields({ name, shape }: OnnxValue): Field[] {
  const dims = shape.map((side) =>
    messageField(1, [typeof side === "number" ? integerField(1, side) : bytesField(2, side)]),
  );
  return [
    bytesField(1, name),
    messageField(2, [messageField(1, [integerField(1, FLOAT), messageField(2, dims)])]),
  ];
}
