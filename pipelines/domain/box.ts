/** A box in normalised image space: the origin is the picture's top-left corner, every field lies in [0, 1]. */
export type Box = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** All of a picture. */
export const WHOLE: Box = { left: 0, top: 0, right: 1, bottom: 1 };

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

/** Whether two boxes share more than an edge. */
export function touches(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Whether all of a box lies in a region. */
export function holds(region: Box, { left, top, right, bottom }: Box): boolean {
  return left >= region.left && top >= region.top && right <= region.right && bottom <= region.bottom;
}

/** The smallest box around these; there is at least one. */
export function hullOf(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}
