import type { Detection } from "@yardline/domain/detection";
import { type Letterbox, outOfLetterbox } from "@yardline/frames/letterbox";
import type { Classes } from "../manifest.ts";
import { SHARE } from "../tensorflow/operators.ts";
import { classesMin, defineFamily, wrongOutput } from "./family.ts";

/** Input pixels for each cell of the network's maps. */
export const CELL_PX = 4;

/**
 * CenterNet as our converter makes it: `heat` a map for each class ("here is the centre of one", 0..1), `reach` four maps
 * (from there how far to the left, up, right, down, in input pixels). Maps are the input's size over `CELL_PX`.
 * @see https://arxiv.org/abs/1904.07850
 */
export const centernet = defineFamily({
  name: "centernet",
  forms: [["heat", "reach"]],
  inputs: ({ side_px }, { width_px, height_px }) => ({
    [SHARE]: { shape: [1], values: Float32Array.of((width_px * height_px) / side_px ** 2) },
  }),
  read({ heat = new Float32Array(), reach = new Float32Array() }, letterbox, classes) {
    const area = (letterbox.input_width_px / CELL_PX) * (letterbox.input_height_px / CELL_PX);
    if (heat.length % area !== 0 || heat.length < classesMin(classes) * area || reach.length !== 4 * area) {
      wrongOutput("centernet", `${heat.length} and ${reach.length} numbers for maps of ${area} cells`);
    }
    return peaksOf({ heat, reach }, letterbox, classes);
  },
});

type Maps = { readonly heat: Float32Array; readonly reach: Float32Array };

/** Every cell that is not cooler than its eight neighbours is the centre of an object. */
function peaksOf({ heat, reach }: Maps, letterbox: Letterbox, classes: Classes): Detection[] {
  const width = letterbox.input_width_px / CELL_PX;
  const height = letterbox.input_height_px / CELL_PX;
  const area = width * height;
  const found: Detection[] = [];
  for (const { label, number, least } of classes) {
    const map = heat.subarray(number * area, (number + 1) * area);
    for (let at = 0; at < area; at++) {
      const score = map[at] ?? 0;
      if (score === 0 || score < least || !isPeak(map, at, width, height)) continue;
      const x = (at % width) * CELL_PX;
      const y = Math.floor(at / width) * CELL_PX;
      const box_px = {
        left: x - (reach[at] ?? 0),
        top: y - (reach[at + area] ?? 0),
        right: x + (reach[at + 2 * area] ?? 0),
        bottom: y + (reach[at + 3 * area] ?? 0),
      };
      found.push({ label, score, box: outOfLetterbox(box_px, letterbox) });
    }
  }
  return found;
}

function isPeak(map: Float32Array, at: number, width: number, height: number): boolean {
  const x = at % width;
  const y = Math.floor(at / width);
  const score = map[at] ?? 0;
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
      if ((map[row * width + column] ?? 0) > score) return false;
    }
  }
  return true;
}
