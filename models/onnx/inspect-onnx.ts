import { inspectConstant } from "./inspect-constant.ts";
import { checkPictureShapes } from "./picture-shapes.ts";
import {
  type Fields,
  keysOf,
  lastOf,
  MessageReader,
  messagesOf,
  textsOf,
  unreadable,
} from "./protobuf-reader.ts";
import { refuse } from "./refuse.ts";

/** A tensor at the graph's edge; a dimension that is a name, or that is left open, is undefined. */
export type GraphEdge = {
  readonly name: string;
  /** `TensorProto.DataType`: 1 is float32, 7 int64; 0 where it is no tensor. */
  readonly type: number;
  readonly shape: readonly (number | undefined)[];
};

/** What a network takes and gives, read from its file without running any of it. */
export type GraphFace = { readonly inputs: readonly GraphEdge[]; readonly outputs: readonly GraphEdge[] };

const FIELDS_MAX = 2_000_000;
const NODES_MAX = 20_000;
/** Numbers in one tensor that a constant makes: four times the largest layer of the networks we read. */
const ELEMENTS_MAX = 100_000_000;
/** The operators that ONNX itself defines: no native code of others is ever looked for. */
const DOMAINS: ReadonlySet<string> = new Set(["", "ai.onnx"]);
/** Operators that run graphs of their own, as long as they like, or keep more and more. */
const LOOPING = /^(?:Loop|Scan|If|Sequence.*|SplitToSequence|ConcatFromSequence|Optional.*)$/;
/** Operators that throw dice: the same picture has to give the same boxes. */
const RANDOM = /^(?:Random.*|Multinomial|Bernoulli)$/;
/** Operators whose result is as large as a constant tells them, however small the file. */
const GROWING = /^(?:ConstantOfShape|Expand|Tile|Resize|Upsample|Pad|Range)$/;

/** The field numbers of `onnx.proto3` that are read here. */
const MODEL = { graph: 7, opset: 8, training: 20, functions: 25 } as const;
const GRAPH = { node: 1, constant: 5, input: 11, output: 12, sparse: 15 } as const;
const NODE = { input: 1, output: 2, op: 4, attribute: 5, domain: 7 } as const;
const ATTRIBUTE = { tensor: 5, graph: 6, tensors: 10, graphs: 11, sparse: 22, sparses: 23 } as const;

/**
 * Reads an ONNX file as hostile input: nothing is run, nothing beside it is opened.
 * Refused are: operators that ONNX does not define or that hold graphs of their own, functions, training parts, weights in other
 * files, weights whose bytes are not as many as their shape says, constants that make a tensor larger than `ELEMENTS_MAX`, and
 * shapes that depend on what the picture shows. Not seen: a graph that grows a tensor step by step; a trial sees it (`trial/`).
 * @throws AppError `MODEL_UNREADABLE`, `MODEL_REFUSED`.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
 */
export function inspectOnnx(file: Uint8Array): GraphFace {
  const reader = new MessageReader(FIELDS_MAX);
  const model = reader.read(file);
  if (model.has(MODEL.training)) refuse("it brings a training part");
  if (model.has(MODEL.functions)) refuse("it defines operators of its own");
  for (const opset of messagesOf(model, MODEL.opset)) {
    for (const domain of textsOf(reader.read(opset), 1)) checkDomain(domain);
  }
  const [graph, another] = messagesOf(model, MODEL.graph);
  if (!graph || another) unreadable("it has no graph, or more than one");
  return inspectGraph(reader.read(graph), reader);
}

function inspectGraph(graph: Fields, reader: MessageReader): GraphFace {
  if (graph.has(GRAPH.sparse)) refuse("it has sparse weights");
  const nodes = messagesOf(graph, GRAPH.node);
  if (nodes.length > NODES_MAX) refuse(`it has more than ${NODES_MAX} operators`);
  /** Whole numbers that may be the size of something, by the name of the constant. */
  const sizes = new Map<string, readonly number[]>();
  for (const bytes of messagesOf(graph, GRAPH.constant)) {
    const constant = inspectConstant(bytes, reader);
    sizes.set(constant.name, constant.sizes);
  }
  const read = nodes.map((bytes) => inspectNode(reader.read(bytes), reader));
  const fixed = new Set(sizes.keys());
  for (const { outputs, sizes: given } of read) if (given.length > 0) sizes.set(outputs[0] ?? "", given);
  checkPictureShapes(read, fixed);
  for (const { op, inputs } of read) {
    if (GROWING.test(op)) for (const name of inputs) checkGrowth(op, sizes.get(name) ?? []);
  }
  return {
    // Old files name their constants among the inputs, too; such an input must not be given another value.
    inputs: messagesOf(graph, GRAPH.input)
      .map((bytes) => ({ key: keysOf(reader.read(bytes), 1).at(-1) ?? "", edge: edgeOf(bytes, reader) }))
      .filter(({ key }) => !fixed.has(key))
      .map(({ edge }) => edge),
    outputs: messagesOf(graph, GRAPH.output).map((bytes) => edgeOf(bytes, reader)),
  };
}

function inspectNode(node: Fields, reader: MessageReader) {
  const op = textsOf(node, NODE.op).at(-1) ?? "";
  if (LOOPING.test(op)) refuse(`it has a ${op}, which may run for ever`);
  if (RANDOM.test(op)) refuse(`it has a ${op}, which says another thing each time`);
  for (const domain of textsOf(node, NODE.domain)) checkDomain(domain);
  const attributes = messagesOf(node, NODE.attribute).map((bytes) => reader.read(bytes));
  for (const number of [ATTRIBUTE.graph, ATTRIBUTE.graphs]) {
    if (attributes.some((each) => each.has(number))) refuse(`a ${op} holds a graph of its own`);
  }
  for (const number of [ATTRIBUTE.sparse, ATTRIBUTE.sparses]) {
    if (attributes.some((each) => each.has(number))) refuse("it has sparse weights");
  }
  const sizes = attributes
    .flatMap((each) => [...messagesOf(each, ATTRIBUTE.tensor), ...messagesOf(each, ATTRIBUTE.tensors)])
    .flatMap((bytes) => inspectConstant(bytes, reader).sizes);
  return { op, inputs: keysOf(node, NODE.input), outputs: keysOf(node, NODE.output), sizes };
}

function checkGrowth(op: string, sizes: readonly number[]): void {
  const product = sizes.reduce((all, size) => all * Math.max(1, size), 1);
  if (product > ELEMENTS_MAX) refuse(`a ${op} makes ${product} numbers out of a few`);
}

function checkDomain(domain: string): void {
  if (!DOMAINS.has(domain)) refuse(`it wants operators of "${domain}"`);
}

/** `ValueInfoProto`: a name and, in its type, the tensor's element type and shape. */
function edgeOf(bytes: Uint8Array, reader: MessageReader): GraphEdge {
  const value = reader.read(bytes);
  const inner = (fields: Fields, number: number) =>
    messagesOf(fields, number).map((each) => reader.read(each));
  const tensors = inner(value, 2).flatMap((type) => inner(type, 1));
  const dimensions = tensors.flatMap((tensor) => inner(tensor, 2)).flatMap((shape) => inner(shape, 1));
  return {
    name: textsOf(value, 1).at(-1) ?? "",
    type: tensors.map((tensor) => lastOf(tensor, 1)?.value ?? 0).at(-1) ?? 0,
    shape: dimensions.map((dimension) => lastOf(dimension, 1)?.value),
  };
}
