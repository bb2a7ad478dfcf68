/** A box in normalised image space: the origin is the picture's top-left corner, every field lies in [0, 1]. */
export type Box = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** Share of the picture that a box covers, in [0, 1]; an inside-out box has none. */
export function areaOf(box: Box): number {
  return Math.max(0, box.right - box.left) * Math.max(0, box.bottom - box.top);
}

/** Intersection over union (Jaccard index) of two boxes: 0 when apart, 1 when identical. */
export function iouOf(a: Box, b: Box): number {
  const shared = areaOf({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const union = areaOf(a) + areaOf(b) - shared;
  return union > 0 ? shared / union : 0;
}
