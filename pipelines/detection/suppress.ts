import { iouOf } from "@yardline/domain/box";
import type { Detection, Label } from "@yardline/domain/detection";
import { DETECTIONS_MAX } from "./detector.ts";

/** Labels that networks give to one and the same thing: of two such boxes on one place, one is wrong. */
const VEHICLES: ReadonlySet<Label> = new Set(["car", "bus", "truck"]);

/**
 * Greedy non-maximum suppression: from the best score down, a detection goes when a better one of its label, or for car,
 * bus and truck of any of these, covers it by more than `iou_max`. Best score first, at most `DETECTIONS_MAX`.
 */
export function suppress(detections: readonly Detection[], iou_max: number): readonly Detection[] {
  const kept: Detection[] = [];
  for (const detection of detections.toSorted(bestFirst)) {
    if (kept.length === DETECTIONS_MAX) break;
    if (!kept.some((better) => isRival(better, detection) && iouOf(better.box, detection.box) > iou_max)) {
      kept.push(detection);
    }
  }
  return kept;
}

/** Whether one thing may have got both of these boxes. */
export function isRival(a: Detection, b: Detection): boolean {
  return a.label === b.label || (VEHICLES.has(a.label) && VEHICLES.has(b.label));
}

/** A whole order, so that the result does not depend on the order of what came in. */
export function bestFirst(a: Detection, b: Detection): number {
  return (
    b.score - a.score ||
    a.label.localeCompare(b.label, "en") ||
    a.box.left - b.box.left ||
    a.box.top - b.box.top ||
    a.box.right - b.box.right ||
    a.box.bottom - b.box.bottom
  );
}
