/** The figure that a fraction of sorted ones is not above, linearly between the two nearest, as the history's own percentiles are. */
export function quantileOf(sorted: ArrayLike<number>, fraction: number): number {
  const at = (sorted.length - 1) * fraction;
  const [low = 0, high = 0] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}
