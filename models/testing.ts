import { createHash } from "node:crypto";
import { DEFAULT_MODEL } from "./catalogue.ts";
import type { ModelManifest } from "./manifest.ts";
import { encodeOnnx, type OnnxNode } from "./onnx/onnx-model.ts";

const SIDE_PX = 64;
/** What a YOLOX of this input gives: 84 cells of 85 numbers. */
const ANSWER = 84 * 85;

/** A network of the YOLOX family that does this to its `images`, up to `last`, and finds nothing; and its manifest. */
export function networkOf(nodes: readonly OnnxNode[]) {
  const bytes = encodeOnnx({
    name: "small",
    nodes: [
      ...nodes,
      { op: "ReduceMean", inputs: ["last"], output: "mean", attributes: { keepdims: { int: 0 } } },
      { op: "Mul", inputs: ["answer", "mean"], output: "output" },
    ],
    weights: [{ name: "answer", shape: [1, 84, 85], values: new Float32Array(ANSWER) }],
    inputs: [{ name: "images", shape: [1, 3, SIDE_PX, SIDE_PX] }],
    outputs: [{ name: "output", shape: [1, 84, 85] }],
  });
  const manifest: ModelManifest = {
    ...DEFAULT_MODEL,
    name: "small",
    family: "yolox",
    origin: { file: "small.onnx" },
    sha256: createHash("sha256").update(bytes).digest("hex"),
    input: { name: "images", side_px: SIDE_PX, fit: "letterbox", bar: 114, colour: "bgr" },
    outputs: { output: "output" },
  };
  return { manifest, bytes, provider: "cpu" as const };
}

/** So many times the tensor is put beside itself, along these axes in turn. */
export function doubled(from: string, times: number, axes: readonly number[] = [0]): readonly OnnxNode[] {
  return Array.from({ length: times }, (_, nth) => {
    const twice = nth === 0 ? from : `d${nth}`;
    return {
      op: "Concat",
      inputs: [twice, twice],
      output: `d${nth + 1}`,
      attributes: { axis: { int: axes[nth % axes.length] ?? 0 } },
    };
  });
}

export const relu = (from: string): OnnxNode => ({ op: "Relu", inputs: [from], output: "last" });
