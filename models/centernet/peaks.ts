import { type Detection, LABELS, type Label } from "@yardline/domain/detection";
import { type Letterbox, outOfLetterbox } from "@yardline/frames/letterbox";

/** Input pixels for each cell of the network's maps. */
export const CELL_PX = 4;

/**
 * What the network says of a picture: `heat` a map for each label ("here is the centre of one", 0..1), `reach` four maps
 * (from there how far to the left, up, right, down, in input pixels). Maps are the input's size over `CELL_PX`.
 */
export type Maps = { readonly heat: Float32Array; readonly reach: Float32Array };

/** The lowest score that counts: for all labels, or label by label. */
export type ScoreMin = number | Readonly<Record<Label, number>>;

/** Every cell that is not cooler than its eight neighbours is the centre of an object; unsorted, overlaps and all. */
export function peaksOf({ heat, reach }: Maps, letterbox: Letterbox, score_min: ScoreMin): Detection[] {
  const width = letterbox.input_width_px / CELL_PX;
  const height = letterbox.input_height_px / CELL_PX;
  const area = width * height;
  const found: Detection[] = [];
  LABELS.forEach((label, layer) => {
    const least = typeof score_min === "number" ? score_min : score_min[label];
    const map = heat.subarray(layer * area, (layer + 1) * area);
    for (let at = 0; at < area; at++) {
      const score = map[at] ?? 0;
      if (score < least || !isPeak(map, at, width, height)) continue;
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
  });
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
