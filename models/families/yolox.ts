import type { Detection } from "@yardline/domain/detection";
import { outOfLetterbox } from "@yardline/frames/letterbox";
import { bestClass, classesMin, defineFamily, wrongOutput } from "./family.ts";
import { cellsOf, eachCell, gridsOf } from "./grids.ts";

/** Input pixels for a cell of each of the three grids, whose cells follow one another in the output. */
const STRIDES_PX = [8, 16, 32] as const;
/** A cell's numbers: x, y (of the centre, in cells from this one), log of width and height in cells, "there is something". */
const GEOMETRY = 5;
/** A box of more than e^this cells is none; beyond, the exponential would be infinite. */
const LOG_MAX = 10;

/**
 * YOLOX as its authors export it: grids not yet decoded, scores through their sigmoid already.
 * `output` [1, cells, 5 + classes].
 * @see https://arxiv.org/abs/2107.08430
 */
export const yolox = defineFamily({
  name: "yolox",
  forms: [["output"]],
  inputs: () => ({}),
  read({ output = new Float32Array() }, letterbox, classes) {
    const grids = gridsOf(letterbox, STRIDES_PX);
    const cells = cellsOf(grids);
    const size = output.length / cells;
    if (!Number.isInteger(size) || size < GEOMETRY + classesMin(classes)) {
      wrongOutput("yolox", `${output.length} numbers for ${cells} cells`);
    }
    const least = Math.min(...classes.map((each) => each.least));
    const found: Detection[] = [];
    eachCell(grids, (nth, column, row, stride_px) => {
      const at = nth * size;
      const objectness = output[at + 4] ?? 0;
      if (objectness < least) return;
      const best = bestClass(output, at + GEOMETRY, classes, objectness);
      if (!best) return;
      const x = ((output[at] ?? 0) + column) * stride_px;
      const y = ((output[at + 1] ?? 0) + row) * stride_px;
      const half_width = (Math.exp(Math.min(LOG_MAX, output[at + 2] ?? 0)) * stride_px) / 2;
      const half_height = (Math.exp(Math.min(LOG_MAX, output[at + 3] ?? 0)) * stride_px) / 2;
      const box_px = {
        left: x - half_width,
        top: y - half_height,
        right: x + half_width,
        bottom: y + half_height,
      };
      found.push({ ...best, box: outOfLetterbox(box_px, letterbox) });
    });
    return found;
  },
});
