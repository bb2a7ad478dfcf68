/** Below so many nothing is suggested; below the other it is, and said to rest on little. */
export const FEW = 5;
export const LITTLE = 30;

/** The value that a share of the sample does not exceed: the nearest rank. Undefined of nothing. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** As `31: 5 % 2.1, half 4, 95 % 9, most 12`. */
export function shapeOf(values: readonly number[], unit = "", digits = 2): string {
  if (values.length === 0) return "none";
  const at = (share: number) => `${Number((quantile(values, share) ?? 0).toFixed(digits))}${unit}`;
  return `${values.length}: 5 % ${at(0.05)}, half ${at(0.5)}, 95 % ${at(0.95)}, most ${at(1)}`;
}

/** Durations that somebody would write. */
const NICE_S = [
  5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1200, 1800, 2700, 3600, 7200, 14_400,
];

/** The next duration, at least that long, that somebody would write. */
export function niceSeconds(at_least_s: number): number {
  return NICE_S.find((each) => each >= at_least_s) ?? Math.ceil(at_least_s / 3600) * 3600;
}
