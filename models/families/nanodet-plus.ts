import type { Detection } from "@yardline/domain/detection";
import { outOfLetterbox } from "@yardline/frames/letterbox";
import { bestClass, classesMin, defineFamily, wrongOutput } from "./family.ts";
import { cellsOf, eachCell, gridsOf } from "./grids.ts";

/** Input pixels between the points of each of the four grids, which follow one another in the output. */
const STRIDES_PX = [8, 16, 32, 64] as const;
/** The distance to each side comes as how likely it is to be 0, 1 … 7 strides. */
const BINS = 8;
const SIDES = 4;

/**
 * NanoDet-Plus as its authors export it: `output` [1, points, classes + 4 × 8], class scores through their sigmoid already.
 * A point lies at its cell's corner, not in its middle.
 * @see https://github.com/RangiLyu/nanodet
 */
export const nanodetPlus = defineFamily({
  name: "nanodet-plus",
  forms: [["output"]],
  inputs: () => ({}),
  read({ output = new Float32Array() }, letterbox, classes) {
    const grids = gridsOf(letterbox, STRIDES_PX);
    const points = cellsOf(grids);
    const size = output.length / points;
    const reach = size - SIDES * BINS;
    if (!Number.isInteger(size) || reach < classesMin(classes)) {
      wrongOutput("nanodet-plus", `${output.length} numbers for ${points} points`);
    }
    const found: Detection[] = [];
    eachCell(grids, (nth, column, row, stride_px) => {
      const at = nth * size;
      const best = bestClass(output, at, classes);
      if (!best) return;
      const [x, y] = [column * stride_px, row * stride_px];
      const side = (which: number) => stride_px * expected(output, at + reach + which * BINS);
      const box_px = { left: x - side(0), top: y - side(1), right: x + side(2), bottom: y + side(3) };
      found.push({ ...best, box: outOfLetterbox(box_px, letterbox) });
    });
    return found;
  },
});

/** The mean of 0 … 7 under the softmax of eight numbers. */
function expected(values: Float32Array, at: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let bin = 0; bin < BINS; bin++) most = Math.max(most, values[at + bin] ?? 0);
  let [sum, mean] = [0, 0];
  for (let bin = 0; bin < BINS; bin++) {
    const weight = Math.exp((values[at + bin] ?? 0) - most);
    sum += weight;
    mean += weight * bin;
  }
  return mean / sum;
}
