import type { EpochMs } from "@yardline/domain/time";

/** Predictions are made anew after so long, however many boards ask for them. */
const AGE_MAX_MS = 1_000;

/** Remembers for as long as its owner lives, and at most a second, what was made for it. */
export function madeOnce<Owner extends object, Made>(): (
  owner: Owner,
  now_ms: EpochMs,
  make: () => Made,
) => Made {
  const kept = new WeakMap<Owner, { readonly made_ms: EpochMs; readonly made: Made }>();
  return (owner, now_ms, make) => {
    const known = kept.get(owner);
    if (known && Math.abs(now_ms - known.made_ms) < AGE_MAX_MS) return known.made;
    const made = make();
    kept.set(owner, { made_ms: now_ms, made });
    return made;
  };
}
