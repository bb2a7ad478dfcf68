import type { EpochMs } from "@yardline/domain/time";
import { endOf, type Run, startOf } from "@yardline/timetable/timetable";

/** The longest run of a list, found out once: a pattern's runs of a day stay the same list for as long as they are kept. */
const longest = new WeakMap<readonly Run[], number>();

/**
 * Of a pattern's runs of a day those that may be under way in a time, both ends included; few more than are.
 * @param runs by first departure.
 */
export function runsWithin(
  runs: readonly Run[],
  { from_ms, to_ms }: { readonly from_ms: EpochMs; readonly to_ms: EpochMs },
): readonly Run[] {
  const first = firstFrom(runs, from_ms - longestOf_ms(runs));
  return runs.slice(first, firstFrom(runs, to_ms + 1));
}

/** The first run that begins at an instant or later. */
function firstFrom(runs: readonly Run[], at_ms: EpochMs): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (run && startOf(run) < at_ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

function longestOf_ms(runs: readonly Run[]): number {
  const known = longest.get(runs);
  if (known !== undefined) return known;
  const longest_ms = runs.reduce((most, run) => Math.max(most, endOf(run) - startOf(run)), 0);
  longest.set(runs, longest_ms);
  return longest_ms;
}
