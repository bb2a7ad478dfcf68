import type { EpochMs } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";

/** Predictions are made anew after so long, however many boards ask for them. */
const AGE_MAX_MS = 1_000;

type ByStop = ReadonlyMap<string, readonly Arrival[]>;

/** Remembers for as long as its owner lives, and at most a second, what was predicted for it, by stop. */
export function madeOnce<Owner extends object>(): (
  owner: Owner,
  now_ms: EpochMs,
  make: () => readonly Arrival[],
) => ByStop {
  const made = new WeakMap<Owner, { readonly made_ms: EpochMs; readonly byStop: ByStop }>();
  return (owner, now_ms, make) => {
    const known = made.get(owner);
    if (known && Math.abs(now_ms - known.made_ms) < AGE_MAX_MS) return known.byStop;
    const byStop = Map.groupBy(make(), ({ stop_id }) => stop_id);
    made.set(owner, { made_ms: now_ms, byStop });
    return byStop;
  };
}
