/** Left, top, right, bottom in fractions of the picture. */
type Box = readonly [number, number, number, number];

/** At least so much of the picture stays around a thing: alone it could be anywhere. */
const PART_MIN = 0.4;
/** How much more than the thing itself is shown. */
const MARGIN = 1.5;

/**
 * The part of a picture that a thumbnail shows, as CSS's `object-view-box` wants it: a small thing in a wide yard would
 * be some pixels otherwise. Browsers without that property show the whole picture.
 */
export function thumbnailView([left, top, right, bottom]: Box): string {
  const part = Math.min(1, Math.max(PART_MIN, (right - left) * MARGIN, (bottom - top) * MARGIN));
  const from_left = startOf((left + right) / 2, part);
  const from_top = startOf((top + bottom) / 2, part);
  const edges = [from_top, 1 - part - from_left, 1 - part - from_top, from_left];
  return `inset(${edges.map((edge) => `${Math.round(edge * 1000) / 10}%`).join(" ")})`;
}

/** Where a part around a middle begins, without leaving the picture. */
function startOf(middle: number, part: number): number {
  return Math.max(0, Math.min(1 - part, middle - part / 2));
}
