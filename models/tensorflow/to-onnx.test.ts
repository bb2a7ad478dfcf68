import { expect, test } from "vitest";
import { encodeOnnx } from "../onnx/onnx-model.ts";
import { openSession } from "../runtime/session.ts";
import type { GraphModel, GraphNode, GraphWeight } from "./graph-model.ts";
import { SHARE } from "./operators.ts";
import { convertGraph } from "./to-onnx.ts";

const SIDE_PX = 8;
const CHANNELS = 3;
/** Height, width, channel, as TensorFlow lays a picture out. */
type Picture = { readonly side: number; readonly channels: number; readonly values: readonly number[] };

const numbers = (count: number, seed: number) =>
  Array.from({ length: count }, (_, at) => Math.sin(seed + at * 1.7));
const weight = (shape: readonly number[], seed: number): GraphWeight => ({
  shape,
  values: Float32Array.from(
    numbers(
      shape.reduce((product, side) => product * side, 1),
      seed,
    ),
  ),
});
const constant = (...values: number[]): GraphWeight => ({
  shape: values.length === 1 ? [] : [values.length],
  values: Float32Array.from(values),
});
const node = (
  op: string,
  name: string,
  inputs: readonly string[],
  attributes: GraphNode["attributes"] = {},
): GraphNode => ({
  name,
  op,
  inputs,
  attributes,
});
const input: Picture = {
  side: SIDE_PX,
  channels: CHANNELS,
  values: numbers(SIDE_PX * SIDE_PX * CHANNELS, 0.3),
};

/** Converts a graph of `nodes` over `x`, runs it on `input`. @returns the node `y`, in TensorFlow's order. */
async function run(
  nodes: readonly GraphNode[],
  weights: Record<string, GraphWeight>,
  options: { share?: number; keep?: number[]; channels?: number } = {},
) {
  const model: GraphModel = {
    nodes: new Map(nodes.map((each) => [each.name, each])),
    weights: new Map(Object.entries(weights)),
  };
  const graph = convertGraph(model, {
    input: "x",
    side_px: SIDE_PX,
    outputs: [{ node: "y", name: "result", channels: options.channels ?? CHANNELS }],
    keep: options.keep ? { y: options.keep } : {},
  });
  const session = await openSession(encodeOnnx(graph));
  const { result = new Float32Array() } = await session.run({
    x: { shape: [1, CHANNELS, SIDE_PX, SIDE_PX], values: planar(input) },
    [SHARE]: { shape: [1], values: Float32Array.of(options.share ?? 1) },
  });
  await session.close();
  return result;
}

/** Channel, height, width. */
function planar({ side, channels, values }: Picture): Float32Array {
  const area = side * side;
  return Float32Array.from(values, (_, at) => values[(at % area) * channels + Math.floor(at / area)] ?? 0);
}

const at = ({ side, channels, values }: Picture, y: number, x: number, channel: number) =>
  y < 0 || x < 0 || y >= side || x >= side ? 0 : (values[(y * side + x) * channels + channel] ?? 0);

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** TensorFlow's convolution with "SAME" padding, spelt out; a kernel is height, width, in, out. */
function convolved(
  picture: Picture,
  kernel: GraphWeight,
  step: number,
  bias: readonly number[],
  depthwise: boolean,
): Picture {
  const [size = 1, , inputs = 1, last = 1] = kernel.shape;
  const outputs = depthwise ? inputs : last;
  const side = Math.ceil(picture.side / step);
  const before = Math.floor(Math.max((side - 1) * step + size - picture.side, 0) / 2);
  const taps = range(size * size * inputs).map((tap) => {
    const [ky, kx] = [Math.floor(tap / inputs / size), Math.floor(tap / inputs) % size];
    return { tap, ky, kx, from: tap % inputs };
  });
  const sumAt = (y: number, x: number, out: number) =>
    taps
      .filter(({ from }) => !depthwise || from === out)
      .map(({ tap, ky, kx, from }) => {
        const factor = kernel.values[tap * last + (depthwise ? 0 : out)] ?? 0;
        return factor * at(picture, y * step + ky - before, x * step + kx - before, from);
      })
      .reduce((sum, product) => sum + product, bias[out] ?? 0);
  const values = range(side * side * outputs).map((index) => {
    const pixel = Math.floor(index / outputs);
    return sumAt(Math.floor(pixel / side), pixel % side, index % outputs);
  });
  return { side, channels: outputs, values };
}

function expectNear(actual: Float32Array, expected: Picture): void {
  const wanted = planar(expected);
  expect(actual.length).toBe(wanted.length);
  wanted.forEach((value, index) => {
    expect(actual[index]).toBeCloseTo(value, 4);
  });
}

test.for([
  { size: 1, step: 1 },
  { size: 3, step: 1 },
  { size: 3, step: 2 },
  { size: 5, step: 1 },
  { size: 5, step: 2 },
])("a convolution of $size by step $step, whole and depthwise", async ({ size, step }) => {
  const attributes = { strides: { integers: [1, step, step, 1] }, padding: { text: "SAME" } };
  const kernel = weight([size, size, CHANNELS, 2], 5);
  expectNear(
    await run([node("Conv2D", "y", ["x", "w"], attributes)], { w: kernel }, { channels: 2 }),
    convolved(input, kernel, step, [], false),
  );
  const thin = weight([size, size, CHANNELS, 1], 6);
  const depthwise = node("DepthwiseConv2dNative", "y", ["x", "w"], attributes);
  expectNear(await run([depthwise], { w: thin }), convolved(input, thin, step, [], true));
});

const fused = { strides: { integers: [1, 1, 1, 1] }, fused_ops: { texts: ["BiasAdd", "Relu"] } };

test("a fused bias and rectifier; only the channels asked for, in their order", async () => {
  const weights = { w: weight([3, 3, CHANNELS, 4], 2), b: weight([4], 3) };
  const whole = convolved(input, weights.w, 1, [...weights.b.values], false);
  const values = whole.values.flatMap((_, index) =>
    index % 4 === 0 ? [3, 1].map((channel) => Math.max(0, whole.values[index + channel] ?? 0)) : [],
  );
  const actual = await run([node("_FusedConv2D", "y", ["x", "w", "b"], fused)], weights, {
    keep: [3, 1],
    channels: 2,
  });
  expectNear(actual, { side: SIDE_PX, channels: 2, values });
});

const each = (change: (value: number) => number): Picture => ({ ...input, values: input.values.map(change) });

test("the spelt-out hard activations become one operator, within float16's rounding of 1/6", async () => {
  const gate = [node("Add", "sum", ["x", "three"]), node("Relu6", "gate", ["sum"])];
  const weights = { three: constant(3), sixth: constant(0.1666259765625) };
  const sigmoid = await run([...gate, node("Mul", "y", ["sixth", "gate"])], weights);
  expectNear(
    sigmoid,
    each((x) => Math.min(6, Math.max(0, x + 3)) / 6),
  );
  const scaled = node("Mul", "scaled", ["sixth", "x"]);
  const swish = await run([...gate, scaled, node("Mul", "y", ["scaled", "gate"])], weights);
  expectNear(
    swish,
    each((x) => (x * Math.min(6, Math.max(0, x + 3))) / 6),
  );
});

test("sums, products, rectifier, sigmoid", async () => {
  const two = { two: constant(2) };
  expectNear(
    await run([node("Mul", "y", ["x", "two"])], two),
    each((x) => x * 2),
  );
  expectNear(
    await run([node("Add", "y", ["two", "x"])], two),
    each((x) => x + 2),
  );
  expectNear(
    await run([node("Relu", "a", ["x"]), node("Sigmoid", "y", ["a"])], {}),
    each((x) => 1 / (1 + Math.exp(-Math.max(0, x)))),
  );
});

test("a mean over the picture is taken as if the rest of the square were black", async () => {
  const area = SIDE_PX * SIDE_PX;
  const means = [0, 1, 2].map(
    (channel) =>
      input.values.reduce((sum, value, index) => (index % 3 === channel ? sum + value : sum), 0) / area,
  );
  const actual = await run([node("Mean", "y", ["x", "axes"])], { axes: constant(1, 2) }, { share: 0.5 });
  expectNear(actual, { side: 1, channels: CHANNELS, values: means.map((mean) => mean / 2) });
});

test("channels are joined; a halved picture is doubled again by interpolation that starts at its pixels' corners", async () => {
  const kernel: GraphWeight = { shape: [1, 1, CHANNELS, 1], values: new Float32Array(CHANNELS).fill(1) };
  const halve = node("DepthwiseConv2dNative", "half", ["x", "w"], { strides: { integers: [1, 2, 2, 1] } });
  const double = node("ResizeBilinear", "again", ["half", "size"]);
  const weights = { w: kernel, size: constant(SIDE_PX, SIDE_PX), axis: constant(3) };
  const joined = node("ConcatV2", "y", ["again", "x", "axis"]);
  const actual = await run([halve, double, joined], weights, { channels: 2 * CHANNELS });
  const values = input.values.flatMap((_, index) => {
    if (index % CHANNELS !== 0) return [];
    const [y, x] = [Math.floor(index / CHANNELS / SIDE_PX), (index / CHANNELS) % SIDE_PX];
    const near = (place: number) => [
      2 * Math.floor(place / 2),
      Math.min(SIDE_PX - 2, 2 * Math.ceil(place / 2)),
    ];
    const doubled = [0, 1, 2].map((channel) => {
      const corners = near(y).flatMap((row) => near(x).map((column) => at(input, row, column, channel)));
      return corners.reduce((sum, value) => sum + value, 0) / 4;
    });
    return [...doubled, ...input.values.slice(index, index + CHANNELS)];
  });
  expectNear(actual, { side: SIDE_PX, channels: 2 * CHANNELS, values });
});

test.for([
  ["an operator that the table lacks", [node("Softmax", "y", ["x"])], {}, "y is a Softmax"],
  ["a node that is missing", [node("Relu", "y", ["z"])], {}, "there is no node z"],
  [
    "channels joined along another axis",
    [node("ConcatV2", "y", ["x", "x", "axis"])],
    { axis: constant(1) },
    "y does not join channels",
  ],
  [
    "a mean over channels",
    [node("Mean", "y", ["x", "axis"])],
    { axis: constant(3) },
    "y is a mean over something else",
  ],
  [
    "a whole row added",
    [node("Add", "y", ["x", "row"])],
    { row: constant(1, 2, 3) },
    "row is a constant of more than one number",
  ],
  [
    "another sampling",
    [node("ResizeBilinear", "y", ["x", "size"], { half_pixel_centers: { flag: true } })],
    { size: constant(16, 16) },
    "y samples elsewhere",
  ],
] as const)("%s is refused", async ([, nodes, weights, message]) => {
  await expect(run(nodes, weights)).rejects.toMatchObject({
    code: "MODEL_UNSUPPORTED",
    message: expect.stringContaining(message),
  });
});
