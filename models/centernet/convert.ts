import { encodeOnnx } from "../onnx/onnx-model.ts";
import { readGraphModel } from "../tensorflow/graph-model.ts";
import { convertGraph } from "../tensorflow/to-onnx.ts";
import { CENTERNET } from "./manifest.ts";

/**
 * The TensorFlow.js model of the npm package as an ONNX file. Left behind: the maps of the labels that we do not ask for,
 * and the search for peaks, which is ours (`../families/centernet.ts`). The same two files give the same bytes everywhere.
 * @throws AppError `MODEL_UNREADABLE`, `MODEL_UNSUPPORTED`.
 */
export function convertCenterNet(json: string, weights: Uint8Array): Uint8Array {
  const { side_px, labels, source } = CENTERNET;
  const classes = Object.values(labels);
  const graph = convertGraph(readGraphModel(json, weights), {
    input: source.input,
    side_px,
    outputs: [
      { node: source.heat, name: "heat", channels: classes.length },
      { node: source.reach, name: "reach", channels: 4 },
    ],
    keep: { [source.classifier]: classes },
  });
  return encodeOnnx(graph);
}
