import { refuse } from "./refuse.ts";

/** One operator, as far as shapes depend on it. An input that is left out has no name. */
export type ShapedNode = {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
};

/** Operators whose result depends on the shape of what they take alone, never on its numbers. */
const MEASURING: ReadonlySet<string> = new Set(["Shape", "Size"]);

/** Which inputs say how large the result is: their numbers decide, not their shape alone. */
const SIZED: Readonly<Record<string, readonly number[]>> = {
  AffineGrid: [1],
  CenterCropPad: [1],
  Col2Im: [1, 2],
  Expand: [1],
  OneHot: [1],
  MaxUnpool: [2],
  Pad: [1, 3],
  Reshape: [1],
  Resize: [1, 2, 3],
  Slice: [1, 2, 3, 4],
  Split: [1],
  Squeeze: [1],
  Tile: [1],
  TopK: [1],
  Unsqueeze: [1],
  Upsample: [1],
  ReduceL1: [1],
  ReduceL2: [1],
  ReduceLogSum: [1],
  ReduceLogSumExp: [1],
  ReduceMax: [1],
  ReduceMean: [1],
  ReduceMin: [1],
  ReduceProd: [1],
  ReduceSum: [1],
  ReduceSumSquare: [1],
};

/** Operators whose result is as large as their inputs' shapes and their attributes say. */
const PLAIN: ReadonlySet<string> = new Set(
  `Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool BatchNormalization BitShift BitwiseAnd BitwiseNot
  BitwiseOr BitwiseXor Cast CastLike Ceil Celu Clip Concat Constant Conv ConvInteger ConvTranspose Cos Cosh CumSum DeformConv
  DepthToSpace DequantizeLinear Det Div Dropout DynamicQuantizeLinear Einsum Elu Equal Erf Exp EyeLike Flatten Floor GRU Gather
  GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample
  GroupNormalization HardSigmoid HardSwish Hardmax Identity InstanceNormalization IsInf IsNaN LRN LSTM LayerNormalization LeakyRelu
  Less LessOrEqual Log LogSoftmax LpNormalization LpPool MatMul MatMulInteger Max MaxPool MaxRoiPool Mean
  MeanVarianceNormalization Min Mish Mod Mul Neg Not Or PRelu Pow QLinearConv QLinearMatMul QuantizeLinear RMSNormalization RNN
  Reciprocal Relu RoiAlign RotaryEmbedding Round ScatterElements ScatterND Scatter Selu Shape Shrink Sigmoid Sign Sin Sinh Size
  Softmax Softplus Softsign SpaceToDepth Sqrt Sub Sum Swish Tan Tanh ThresholdedRelu Transpose Trilu Where Xor`.split(
    /\s+/,
  ),
);

/**
 * Holds a graph to shapes that do not depend on what the picture shows: then one picture costs as much memory as any other of its
 * size, and about as much time, and what a trial found holds. An operator that is not known here counts as one whose inputs all
 * decide. The order of nodes is the file's, as ONNX demands; a name that comes later counts as shown.
 * @param fixed names of constants, whose numbers the file holds.
 * @throws AppError `MODEL_REFUSED`.
 */
export function checkPictureShapes(nodes: readonly ShapedNode[], fixed: ReadonlySet<string>): void {
  /** Values that are the same for every picture of one size. */
  const same = new Set(fixed);
  for (const { op, inputs, outputs } of nodes) {
    const isShown = (name: string | undefined) => name !== undefined && name !== "" && !same.has(name);
    const deciding = SIZED[op]?.map((at) => inputs[at]) ?? (PLAIN.has(op) ? [] : inputs);
    if (deciding.some(isShown)) refuse(`what the picture shows decides how much its ${op} makes`);
    // A Dropout may throw dice.
    if (MEASURING.has(op) || (op !== "Dropout" && !inputs.some(isShown))) {
      for (const output of outputs) same.add(output);
    }
  }
}
