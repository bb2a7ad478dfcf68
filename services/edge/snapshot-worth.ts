import { areaOf, type Box } from "@yardline/domain/box";
import type { Picture } from "@yardline/domain/picture";
import { sharpnessOf } from "@yardline/frames/sharpness";

/** A box that ends so near the border, in parts of the picture, goes on beyond it. */
const BORDER = 0.008;
/** What half a thing is worth against the whole of it, for each side that is cut. */
const CUT = 0.5;

/** One picture of an object. */
export type Look = { readonly picture: Picture; readonly box: Box; readonly score: number };

/**
 * How well a picture shows an object, to be compared with other pictures of the same one only: size × sharpness × wholeness × score.
 * Each counts in proportion, so that twice the size makes up for half the sharpness.
 */
export function worthOf({ picture, box, score }: Look): number {
  return areaOf(box) * sharpnessOf(picture, box) * wholenessOf(box) * score;
}

/** 1 for a box within the picture, half of it for each border that cuts it. */
function wholenessOf({ left, top, right, bottom }: Box): number {
  const cuts = [left, top, 1 - right, 1 - bottom].filter((distance) => distance < BORDER).length;
  return CUT ** cuts;
}
