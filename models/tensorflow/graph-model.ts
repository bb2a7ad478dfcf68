import { AppError, messageOf } from "@yardline/domain/errors";

/**
 * A TensorFlow.js graph model as it stands on disk: `model.json` (graph and the list of weights) and one file of weights.
 * @see https://www.tensorflow.org/js/guide/save_load
 */
export type GraphModel = {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly weights: ReadonlyMap<string, GraphWeight>;
};

export type GraphNode = {
  readonly name: string;
  readonly op: string;
  /** Names of nodes or weights; `name:1` means a node's second output. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, GraphAttribute>>;
};

/** What this reader understands of TensorFlow's `AttrValue`: a flag, a text, a list of whole numbers or of texts. */
export type GraphAttribute = {
  readonly flag?: boolean;
  readonly text?: string;
  readonly integers?: readonly number[];
  readonly texts?: readonly string[];
};

export type GraphWeight = {
  /** As TensorFlow orders it: height, width, input channels, output channels for a convolution. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
};

/** @throws AppError `MODEL_UNREADABLE` for anything but such a model. */
export function readGraphModel(json: string, weights: Uint8Array): GraphModel {
  try {
    const { modelTopology, weightsManifest } = JSON.parse(json) as ForeignModel;
    return {
      nodes: new Map(modelTopology.node.map((node) => [node.name, nodeOf(node)])),
      weights: weightsOf(
        weightsManifest.flatMap((group) => group.weights),
        weights,
      ),
    };
  } catch (cause) {
    throw new AppError("MODEL_UNREADABLE", `this is not a TensorFlow.js graph model: ${messageOf(cause)}`, {
      cause,
    });
  }
}

type ForeignAttribute = { b?: boolean; s?: string; list?: { i?: string[]; s?: string[] } };
type ForeignNode = { name: string; op: string; input?: string[]; attr?: Record<string, ForeignAttribute> };
type ForeignWeight = { name: string; shape: number[]; dtype: string; quantization?: { dtype: string } };
type ForeignModel = {
  modelTopology: { node: ForeignNode[] };
  weightsManifest: { weights: ForeignWeight[] }[];
};

function nodeOf({ name, op, input = [], attr = {} }: ForeignNode): GraphNode {
  const attributes = Object.entries(attr).map(([key, { b, s, list }]) => [
    key,
    {
      ...(b === undefined ? {} : { flag: b }),
      ...(s === undefined ? {} : { text: base64Text(s) }),
      ...(list?.i ? { integers: list.i.map(Number) } : {}),
      ...(list?.s ? { texts: list.s.map(base64Text) } : {}),
    },
  ]);
  return { name, op, inputs: input, attributes: Object.fromEntries(attributes) };
}

function base64Text(text: string): string {
  return Buffer.from(text, "base64").toString();
}

/** The weights lie in the file one after the other, in the order of the list, without gaps. */
function weightsOf(list: readonly ForeignWeight[], bytes: Uint8Array): Map<string, GraphWeight> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const weights = new Map<string, GraphWeight>();
  let at = 0;
  for (const { name, shape, dtype, quantization } of list) {
    const stored = STORED[quantization?.dtype ?? dtype];
    if (!stored) throw new Error(`weight ${name} is stored as ${quantization?.dtype ?? dtype}`);
    const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
    for (let each = 0; each < values.length; each++)
      values[each] = stored.read(view, at + each * stored.bytes);
    at += values.length * stored.bytes;
    weights.set(name, { shape, values });
  }
  if (at !== bytes.length) throw new Error(`the weights take ${at} bytes, the file has ${bytes.length}`);
  return weights;
}

/** How a number lies in the file. The whole numbers here are sizes and axes: all fit a float. */
const STORED: Record<string, { bytes: number; read(view: DataView, at: number): number } | undefined> = {
  float16: { bytes: 2, read: (view, at) => float16(view.getUint16(at, true)) },
  float32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  int32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
};

/** IEEE 754 binary16: sign, five bits of exponent (bias 15), ten bits of fraction. */
export function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
