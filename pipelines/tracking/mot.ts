import type { Box } from "@yardline/domain/box";
import type { Detection } from "@yardline/domain/detection";
import { type Shown, shownBoxes } from "./shown-boxes.ts";
import { NOTHING_TRACKED, step, type TrackerState } from "./tracker.ts";

/** The boxes found in one picture of a recording, in pixels; without a score a box counts as sure. */
export type MotPicture = {
  readonly frame: number;
  /** How many pictures of this recording came before, where some are left out. */
  readonly k?: number;
  readonly det: readonly (readonly number[])[];
};

export type Size = { readonly width_px: number; readonly height_px: number };

/** A box of one track, `id` counting from 1, in fractions of the picture. */
export type MotBox = {
  readonly frame: number;
  readonly id: string;
  readonly box: Box;
  readonly seen: boolean;
};

/** What a box without a score is taken for; any value above the tracker's thresholds does the same. */
const SCORE_UNTOLD = 0.9;

/** Follows one recording's boxes through the tracker, each picture knowing nothing of later ones. */
export function trackPictures(pictures: readonly MotPicture[], fps: number, size: Size): readonly MotBox[] {
  let state: TrackerState = NOTHING_TRACKED;
  const inOrder = pictures.toSorted((a, b) => a.frame - b.frame);
  return inOrder.flatMap(({ frame, k, det }, index) => {
    const at_ms = Math.round(((k ?? index) * 1000) / fps);
    const detections = det.map((numbers) => detectionOf(numbers, size));
    state = step(state, at_ms, detections, (serial) => `${serial + 1}`).state;
    return shownBoxes(state, at_ms).map(({ track, box, seen }: Shown) => ({
      frame,
      id: track.id,
      box,
      seen,
    }));
  });
}

function detectionOf(
  [left = 0, top = 0, right = 0, bottom = 0, score]: readonly number[],
  size: Size,
): Detection {
  return { label: "person", score: score ?? SCORE_UNTOLD, box: boxOf([left, top, right, bottom], size) };
}

/** The smallest picture that holds all boxes: what to go by where nobody says how large it was. */
export function extentOf(pictures: readonly MotPicture[]): Size {
  let [width_px, height_px] = [1, 1];
  for (const [, , right = 0, bottom = 0] of pictures.flatMap(({ det }) => det)) {
    width_px = Math.max(width_px, right);
    height_px = Math.max(height_px, bottom);
  }
  return { width_px, height_px };
}

/** What stands for a missed object in the confidence column: below 1, so that who wants seen boxes alone can tell them. */
const CONFIDENCE = { seen: 1, believed: 0.5 };

/** A line of a MOTChallenge result file: frame, id, left, top, width, height, confidence, and three unused columns. */
export function motLine({ frame, id, box, seen }: MotBox, { width_px, height_px }: Size): string {
  const [left, top] = [box.left * width_px, box.top * height_px];
  const [width, height] = [box.right * width_px - left, box.bottom * height_px - top];
  const place = [left, top, width, height].map((value) => Number(value.toFixed(2)));
  return [frame, id, ...place, seen ? CONFIDENCE.seen : CONFIDENCE.believed, -1, -1, -1].join(",");
}

/**
 * A MOTChallenge truth file (`gt.txt`), whose columns are those of `motLine`; lines marked as not to be judged are left out.
 * Boxes stay in fractions of `size`.
 */
export function readTruth(text: string, size: Size): readonly MotBox[] {
  const rows = text.split("\n").filter((line) => line.trim() !== "");
  return rows.flatMap((line) => {
    const [frame = 0, id = 0, left = 0, top = 0, width = 0, height = 0, judged = 1] = line
      .split(",")
      .map(Number);
    const box = boxOf([left, top, left + width, top + height], size);
    return judged === 0 ? [] : [{ frame, id: String(id), box, seen: true }];
  });
}

function boxOf([left = 0, top = 0, right = 0, bottom = 0]: readonly number[], size: Size): Box {
  const { width_px, height_px } = size;
  return { left: left / width_px, top: top / height_px, right: right / width_px, bottom: bottom / height_px };
}
