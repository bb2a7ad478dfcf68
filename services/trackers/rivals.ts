import type { Clock, EpochMs } from "@yardline/domain/time";

/** One that takes the place of the other so often, within so long, is another device under the same name. */
const TURNS_MIN = 4;
const WITHIN_MS = 3 * 60_000;
const DEVICES_MAX = 10_000;

type Turns = {
  readonly since_ms: EpochMs;
  readonly hosts: readonly [string, string];
  readonly turns: number;
};

export type Rivals = {
  /** Notes from where a device connected. @returns whether two of one name seem to be about; said once for each quarrel. */
  note(device: string, host: string): boolean;
};

/**
 * Tells two devices that call themselves the same from one whose address changes, as in mobile networks: those come back to an address
 * that they had. Nothing is decided by it: which of the two lies, only people can find out.
 */
export function openRivals(clock: Pick<Clock, "monotonic_ms">): Rivals {
  const seen = new Map<string, Turns>();

  function turnsAfter(before: Turns | undefined, host: string, now_ms: EpochMs): Turns {
    if (!before || now_ms - before.since_ms > WITHIN_MS) {
      return { since_ms: now_ms, hosts: [host, host], turns: 0 };
    }
    const [earlier, last] = before.hosts;
    if (host === last) return before;
    const isBack = before.turns === 0 || host === earlier;
    return { ...before, hosts: [last, host], turns: isBack ? before.turns + 1 : 1 };
  }

  return {
    note(device, host) {
      const turns = turnsAfter(seen.get(device), host, clock.monotonic_ms());
      // Taken out and put in again: a Map keeps the order of insertion.
      seen.delete(device);
      const isQuarrel = turns.turns >= TURNS_MIN;
      if (!isQuarrel) seen.set(device, turns);
      for (const oldest of seen.keys()) {
        if (seen.size <= DEVICES_MAX) break;
        seen.delete(oldest);
      }
      return isQuarrel;
    },
  };
}
