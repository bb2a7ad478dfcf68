import { iouOf } from "@yardline/domain/box";
import type { Detection } from "@yardline/domain/detection";
import { DETECTIONS_MAX } from "./detector.ts";
import { bestFirst, isRival } from "./suppress.ts";

/** Two looks at one thing agree less about its box than one look with itself; two of a kind that one look tells apart are two. */
const SAME_IOU_MIN = 0.35;

/**
 * What several looks at one picture found, those that show it largest first: of two boxes of one thing that of the earlier look stays.
 * Best score first, at most `DETECTIONS_MAX`.
 */
export function mergeLooks(looks: readonly (readonly Detection[])[]): readonly Detection[] {
  const kept: Detection[] = [];
  for (const look of looks) {
    // Against what earlier looks found alone: those of one look have been told apart.
    kept.push(...look.filter((each) => !kept.some((known) => isSame(known, each))));
  }
  return kept.sort(bestFirst).slice(0, DETECTIONS_MAX);
}

function isSame(a: Detection, b: Detection): boolean {
  return isRival(a, b) && iouOf(a.box, b.box) > SAME_IOU_MIN;
}
