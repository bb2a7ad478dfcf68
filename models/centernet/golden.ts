import { AppError } from "@yardline/domain/errors";
import { DEFAULT_MODEL } from "../catalogue.ts";
import { CELL_PX } from "../families/centernet.ts";
import { outputsOf } from "../infer.ts";
import { lookAt } from "../input/look.ts";
import { openSession } from "../runtime/session.ts";
import golden from "./fixtures/golden.json" with { type: "json" };
import { goldenPicture } from "./golden-picture.ts";

/**
 * How far the converted network may be from TensorFlow.js's own result. They differ because the original's 1/6 is stored as
 * a float16 (0.02 % too small) in 37 places: at most 0.0004 of heat and 5 px of reach on this picture.
 */
const HEAT_TOLERANCE = 0.001;
const REACH_TOLERANCE_PX = 6;

/**
 * Runs the converted network on the golden picture, on this machine.
 * @throws AppError `MODEL_WRONG` when it says something else than the original does; `MODEL_UNREADABLE`.
 */
export async function checkAgainstGolden(onnx: Uint8Array): Promise<void> {
  const session = await openSession(onnx);
  const { outputs, letterbox } = await outputsOf(session, lookAt(goldenPicture()), DEFAULT_MODEL);
  await session.close();
  const { heat = new Float32Array(), reach = new Float32Array() } = outputs;
  const width = letterbox.input_width_px / CELL_PX;
  const area = heat.length / golden.labels.length;
  for (const cell of golden.cells) {
    const at = cell.row * width + cell.column;
    expectNear(heat, at, area, cell.heat, HEAT_TOLERANCE);
    expectNear(reach, at, area, cell.reach_px, REACH_TOLERANCE_PX);
  }
}

/** The layers of `maps` at one place against what they should be; not-a-number is not near anything. */
function expectNear(
  maps: Float32Array,
  at: number,
  area: number,
  expected: readonly number[],
  tolerance: number,
): void {
  expected.forEach((value, layer) => {
    const actual = maps[layer * area + at] ?? Number.NaN;
    if (Math.abs(actual - value) <= tolerance) return;
    const message = `the detector computes ${actual} where the original network gives ${value}: this machine or its onnxruntime cannot be trusted with it`;
    throw new AppError("MODEL_WRONG", message);
  });
}
