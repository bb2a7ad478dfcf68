import type { Measure } from "@yardline/events/event-type";

/**
 * Where the steps begin that measures are sorted into, in seconds: fine where people ask (minutes of delay, the length of a stay),
 * and each twice as long beyond. The first step has no beginning.
 */
const STEPS_S = [
  -600, -300, -120, -60, 0, 10, 30, 60, 120, 180, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800,
  86_400,
] as const;

/** The step that a value lies in. */
export function stepOf(measure: Measure, value: number): string {
  return nameOf(
    measure,
    STEPS_S.findLastIndex((begin) => begin <= value),
  );
}

/** Steps that bounds (both included) touch, and those of them that lie within whole. */
export function stepsBetween(
  measure: Measure,
  min: number,
  max: number,
): { touched: string[]; within: string[] } {
  const touched: string[] = [];
  const within: string[] = [];
  for (let step = -1; step < STEPS_S.length; step++) {
    const begin = STEPS_S[step] ?? Number.NEGATIVE_INFINITY;
    const end = STEPS_S[step + 1] ?? Number.POSITIVE_INFINITY;
    if (begin > max || end <= min) continue;
    touched.push(nameOf(measure, step));
    if (begin >= min && end <= max) within.push(nameOf(measure, step));
  }
  return { touched, within };
}

function nameOf(measure: Measure, step: number): string {
  return `${measure}_${step + 1}`;
}
