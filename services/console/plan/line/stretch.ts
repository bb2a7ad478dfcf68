import type { Stretch } from "./draw-strings.ts";

/** Nearer than this a string-line tells nothing more. */
const STRETCH_S_MIN = 600;

/** More or less of the day around a moment, never beyond the whole; undefined for the whole of it. */
export function zoomed(
  { from_s, to_s }: Stretch,
  whole: Stretch,
  times: number,
  around_s: number,
): Stretch | undefined {
  const length_s = Math.max(STRETCH_S_MIN, (to_s - from_s) * times);
  if (length_s >= whole.to_s - whole.from_s) return undefined;
  const share = (around_s - from_s) / Math.max(1, to_s - from_s);
  return within({ from_s: around_s - share * length_s, to_s: around_s + (1 - share) * length_s }, whole);
}

/** The day moved by a share of what is shown. */
export function moved({ from_s, to_s }: Stretch, whole: Stretch, share: number): Stretch | undefined {
  if (to_s - from_s >= whole.to_s - whole.from_s) return undefined;
  const by_s = (to_s - from_s) * share;
  return within({ from_s: from_s + by_s, to_s: to_s + by_s }, whole);
}

function within({ from_s, to_s }: Stretch, whole: Stretch): Stretch {
  const by_s = Math.max(0, whole.from_s - from_s) - Math.max(0, to_s - whole.to_s);
  return { from_s: from_s + by_s, to_s: to_s + by_s };
}
