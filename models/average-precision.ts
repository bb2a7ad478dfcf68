import { type Box, iouOf } from "@yardline/domain/box";

/** A box that a detector gave on the picture `picture`, and how sure it was. */
export type Guess = { readonly picture: string; readonly score: number; readonly box: Box };
/** A box that is truly there. */
export type Truth = { readonly picture: string; readonly box: Box };

const RECALL_STEPS = 100;

/**
 * Average precision of one class as COCO counts it: guesses from the best score down, each right when it covers a true
 * box not yet taken by at least `iou_min`; the precision reached from each recall 0, .01 … 1 on, averaged.
 * @returns undefined where there is nothing to find.
 * @see https://cocodataset.org/#detection-eval
 */
export function averagePrecision(
  guesses: readonly Guess[],
  truths: readonly Truth[],
  iou_min: number,
): number | undefined {
  if (truths.length === 0) return undefined;
  const taken = new Set<Truth>();
  const curve: { recall: number; precision: number }[] = [];
  for (const guess of guesses.toSorted((a, b) => b.score - a.score)) {
    const hit = bestFree(guess, truths, taken, iou_min);
    if (hit) taken.add(hit);
    curve.push({ recall: taken.size / truths.length, precision: taken.size / (curve.length + 1) });
  }
  for (let at = curve.length - 2; at >= 0; at--) {
    const [point, after] = [curve[at], curve[at + 1]];
    if (point && after) point.precision = Math.max(point.precision, after.precision);
  }
  let sum = 0;
  for (let step = 0; step <= RECALL_STEPS; step++) {
    sum += curve.find(({ recall }) => recall >= step / RECALL_STEPS)?.precision ?? 0;
  }
  return sum / (RECALL_STEPS + 1);
}

function bestFree(
  guess: Guess,
  truths: readonly Truth[],
  taken: ReadonlySet<Truth>,
  iou_min: number,
): Truth | undefined {
  let best: Truth | undefined;
  let best_iou = iou_min;
  for (const truth of truths) {
    if (truth.picture !== guess.picture || taken.has(truth)) continue;
    const iou = iouOf(guess.box, truth.box);
    if (iou >= best_iou) [best, best_iou] = [truth, iou];
  }
  return best;
}
