import type { EpochMs } from "@yardline/domain/time";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How late a fix that is sent at once may come, and how far a good clock may be ahead. */
const SENT_WITHIN_MS = 60_000;
const AHEAD_MS = 15_000;
/** What is kept in a device's memory comes faster than it was made, so that its lag shrinks; a wrong clock's stays. */
const DRIFT_MAX_MS = 15_000;
/** Older than a memory can be: only a clock says so. */
const MEMORY_MAX_MS = 7 * DAY_MS;

/** Messages, and the time between the first and the last of them, until a clock is believed to be off, or right again. */
const SURE = { messages: 3, ms: 20_000 } as const;
/** Where a memory might say the same. */
const LIKELY = { messages: 15, ms: 5 * 60_000 } as const;

/** One after another of a device's messages that agree about its clock. */
type Evidence = {
  readonly ahead_ms: number;
  readonly messages: number;
  readonly first_ms: EpochMs;
  readonly last_at_ms: EpochMs;
  /** The least and the most that they were beside whole hours. */
  readonly low_ms: number;
  readonly high_ms: number;
};

/** What is known of a device's clock. */
export type DeviceClock = {
  /** How far it is ahead, in whole hours; negative: behind. 0 as long as nothing else is sure. */
  readonly ahead_ms: number;
  readonly evidence?: Evidence;
};

export const GOOD_CLOCK: DeviceClock = { ahead_ms: 0 };

/**
 * Hears the newest fix of one message, which the device does not say to be out of its memory. A clock that is set to another zone, a
 * day off, or that counts GPS's weeks anew is a whole number of hours off, and the same from message to message.
 */
export function hearClock(clock: DeviceClock, at_ms: EpochMs, received_at_ms: EpochMs): DeviceClock {
  const off_ms = at_ms - received_at_ms;
  // Zero is added since there is a negative one.
  const ahead_ms = HOUR_MS * Math.round((off_ms + (SENT_WITHIN_MS - AHEAD_MS) / 2) / HOUR_MS) + 0;
  const beside_ms = off_ms - ahead_ms;
  // Of an hour that is none: a backlog, most likely.
  if (beside_ms < -SENT_WITHIN_MS || beside_ms > AHEAD_MS) return { ahead_ms: clock.ahead_ms };
  const before = clock.evidence;
  if (before?.last_at_ms === at_ms) return clock;
  const low_ms = Math.min(beside_ms, before?.low_ms ?? beside_ms);
  const high_ms = Math.max(beside_ms, before?.high_ms ?? beside_ms);
  const agrees = before?.ahead_ms === ahead_ms && high_ms - low_ms <= DRIFT_MAX_MS;
  const evidence: Evidence =
    before && agrees
      ? { ...before, messages: before.messages + 1, last_at_ms: at_ms, low_ms, high_ms }
      : {
          ...{ ahead_ms, messages: 1, first_ms: received_at_ms },
          ...{ last_at_ms: at_ms, low_ms: beside_ms, high_ms: beside_ms },
        };
  return { ahead_ms: isEnough(evidence, received_at_ms) ? ahead_ms : clock.ahead_ms, evidence };
}

function isEnough({ ahead_ms, messages, first_ms }: Evidence, now_ms: EpochMs): boolean {
  const mayBeMemory = ahead_ms < 0 && ahead_ms >= -MEMORY_MAX_MS;
  const needed = mayBeMemory ? LIKELY : SURE;
  return messages >= needed.messages && now_ms - first_ms >= needed.ms;
}
