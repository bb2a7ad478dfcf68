/** Numbers in [0, 1) that the same seed gives again (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What one day adds to a mean: the sum of its figures, and how many they are. */
export type DaySum = { readonly sum: number; readonly n: number };

const ROUNDS = 2_000;
/** Nineteen of twenty intervals hold the true change. */
const OUTSIDE = 0.05;

/**
 * An interval for the change of a mean between two periods: days are drawn with repetition, each whole, since what happens on one day
 * happens to all its trips. @see Efron, Tibshirani: An Introduction to the Bootstrap, 1993, chapter 13 (percentile interval).
 */
export function changeInterval(
  before: readonly DaySum[],
  after: readonly DaySum[],
  random: () => number,
): { readonly low: number; readonly high: number } {
  const changes = new Float64Array(ROUNDS);
  for (let round = 0; round < ROUNDS; round += 1) {
    changes[round] = meanOf(drawn(after, random)) - meanOf(drawn(before, random));
  }
  changes.sort();
  const at = (fraction: number) => changes[Math.round(fraction * (ROUNDS - 1))] ?? 0;
  return { low: at(OUTSIDE / 2), high: at(1 - OUTSIDE / 2) };
}

/** The mean of all figures of some days. */
export function meanOf(days: readonly DaySum[]): number {
  let [sum, n] = [0, 0];
  for (const day of days) {
    sum += day.sum;
    n += day.n;
  }
  return sum / n;
}

function drawn(days: readonly DaySum[], random: () => number): readonly DaySum[] {
  return days.map((day) => days[Math.floor(random() * days.length)] ?? day);
}
