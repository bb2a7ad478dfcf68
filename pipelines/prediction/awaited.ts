import type { EpochMs } from "@yardline/domain/time";
import type { Placement } from "@yardline/matching/placement";
import { isWaiting } from "./drive.ts";
import { type Expected, expectStops } from "./expect.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Paces } from "./paces.ts";
import type { Spread } from "./spread.ts";

/** What was expected of a vehicle at one fix, at stops that it has not reached yet, nearest first. */
export type Awaited = {
  readonly at_ms: EpochMs;
  readonly waits: boolean;
  readonly expected: readonly Expected[];
};

/** A vehicle's expectations are noted at most so often, … */
const NOTED_EVERY_MS = 110_000;
/** … at the first stop beyond each of these leads: as many near as far, … */
const NOTED_LEADS_S = [0, 45, 90, 150, 210, 270, 360, 480, 600, 750, 900, 1050, 1275, 1500, 2000] as const;
/** … and so many times a run: the oldest go first. */
const NOTED_MAX = 16;

/**
 * Notes what is expected of a vehicle now, and lets the spread learn how far off what was expected before turned out.
 * @param before where the vehicle was at its fix before on the same run; between the two it drove evenly.
 */
export function awaitArrivals(
  { paces, spread }: Knowledge,
  awaited: readonly Awaited[],
  before: Placement | undefined,
  now: Placement,
): readonly Awaited[] {
  if (!now.on_path) return awaited;
  if (!before) return noted(paces, awaited, now);
  if (now.at_ms <= before.at_ms) return awaited;
  return noted(paces, settled(spread, awaited, before, now), now);
}

function noted(paces: Paces, awaited: readonly Awaited[], now: Placement): readonly Awaited[] {
  const { at_ms } = now;
  if (at_ms - (awaited.at(-1)?.at_ms ?? 0) < NOTED_EVERY_MS) return awaited;
  const expected: Expected[] = [];
  let next = 0;
  for (const { stop, expected_ms } of expectStops(paces, now, at_ms)) {
    const ahead_s = (expected_ms - at_ms) / 1000;
    if (ahead_s < (NOTED_LEADS_S[next] ?? 0)) continue;
    expected.push({ stop, expected_ms });
    while (next < NOTED_LEADS_S.length && ahead_s >= (NOTED_LEADS_S[next] ?? 0)) next += 1;
    if (next === NOTED_LEADS_S.length) break;
  }
  return [...awaited.slice(1 - NOTED_MAX), { at_ms, waits: isWaiting(now), expected }];
}

function settled(
  spread: Spread,
  awaited: readonly Awaited[],
  before: Placement,
  now: Placement,
): readonly Awaited[] {
  const { stop_at_m } = now.run.trip.pattern;
  const driven_m = now.at_m - before.at_m;
  return awaited.flatMap((each) => {
    const reached = each.expected.filter(({ stop }) => (stop_at_m[stop] ?? 0) <= now.at_m);
    if (reached.length === 0) return [each];
    for (const { stop, expected_ms } of reached) {
      const share = driven_m > 0 ? ((stop_at_m[stop] ?? 0) - before.at_m) / driven_m : 1;
      if (share <= 0) continue;
      const reached_ms = before.at_ms + share * (now.at_ms - before.at_ms);
      spread.learn((expected_ms - each.at_ms) / 1000, each.waits, (reached_ms - expected_ms) / 1000);
    }
    const expected = each.expected.filter(({ stop }) => (stop_at_m[stop] ?? 0) > now.at_m);
    return expected.length > 0 ? [{ ...each, expected }] : [];
  });
}
