import type { Detection } from "@yardline/domain/detection";
import { type Letterbox, outOfLetterbox } from "@yardline/frames/letterbox";
import type { Classes } from "../manifest.ts";
import { bestClass, classesMin, defineFamily, wrongOutput } from "./family.ts";

/**
 * RT-DETR and D-FINE, in the two forms in which they are exported:
 * `labels` [1, n], `boxes` [1, n, 4] (corners in pixels of the sizes given in `size_name`), `scores` [1, n]; or
 * `logits` [1, n, classes] before their sigmoid, `boxes` [1, n, 4] (centre and size, fractions of the input).
 * @see https://arxiv.org/abs/2304.08069, https://arxiv.org/abs/2410.13842
 */
export const rtDetr = defineFamily({
  name: "rt-detr",
  forms: [
    ["labels", "boxes", "scores"],
    ["logits", "boxes"],
  ],
  inputs({ size_name }, { input_width_px, input_height_px }) {
    if (size_name === undefined) return {};
    const values = BigInt64Array.of(BigInt(input_width_px), BigInt(input_height_px));
    return { [size_name]: { shape: [1, 2], values } };
  },
  read({ labels, boxes = new Float32Array(), scores, logits }, letterbox, classes) {
    const count = boxes.length / 4;
    if (labels && scores) {
      if (labels.length !== count || scores.length !== count) {
        wrongOutput("rt-detr", `${labels.length} labels, ${count} boxes, ${scores.length} scores`);
      }
      return chosen(labels, boxes, scores, letterbox, classes);
    }
    const size = (logits?.length ?? 0) / count;
    if (!logits || !Number.isInteger(size) || size < classesMin(classes)) {
      wrongOutput("rt-detr", `${logits?.length ?? 0} logits for ${count} boxes`);
    }
    return queried(logits, size, boxes, letterbox, classes);
  },
});

function chosen(
  labels: Float32Array,
  boxes: Float32Array,
  scores: Float32Array,
  letterbox: Letterbox,
  classes: Classes,
): Detection[] {
  const found: Detection[] = [];
  scores.forEach((score, at) => {
    const known = classes.find(({ number }) => number === labels[at]);
    if (!known || !(score >= known.least) || score === 0) return;
    const [left = 0, top = 0, right = 0, bottom = 0] = boxes.subarray(4 * at, 4 * at + 4);
    const box = outOfLetterbox({ left, top, right, bottom }, letterbox);
    found.push({ label: known.label, score: Math.min(1, score), box });
  });
  return found;
}

function queried(
  logits: Float32Array,
  size: number,
  boxes: Float32Array,
  letterbox: Letterbox,
  classes: Classes,
): Detection[] {
  const scores = logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  const { input_width_px, input_height_px } = letterbox;
  const found: Detection[] = [];
  for (let at = 0; at * size < scores.length; at++) {
    const best = bestClass(scores, at * size, classes);
    if (!best) continue;
    const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(4 * at, 4 * at + 4);
    const box_px = {
      left: (x - width / 2) * input_width_px,
      top: (y - height / 2) * input_height_px,
      right: (x + width / 2) * input_width_px,
      bottom: (y + height / 2) * input_height_px,
    };
    found.push({ ...best, box: outOfLetterbox(box_px, letterbox) });
  }
  return found;
}
