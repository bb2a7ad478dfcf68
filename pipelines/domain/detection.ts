import type { Box } from "./box.ts";

/** What a camera of a courtyard or a street may be asked to see; nothing about who somebody is. COCO names. */
export const LABELS = ["person", "bicycle", "car", "motorcycle", "bus", "truck", "dog"] as const;
export type Label = (typeof LABELS)[number];

/** One object that the detector sees in one picture. */
export type Detection = {
  readonly label: Label;
  /** The detector's own confidence, in (0, 1]; comparable only within one model. */
  readonly score: number;
  readonly box: Box;
};
