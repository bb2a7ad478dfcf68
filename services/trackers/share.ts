import type { Clock } from "@yardline/domain/time";

/** Devices remembered; the longest silent one is forgotten first, and then begins anew with a full share. */
const DEVICES_MAX = 10_000;

/** Each fix of a batch counts as a message. */
export type ShareOptions = {
  /** What a device may send for ever. */
  readonly messages_per_s: number;
  /** What it may send at once after a silence: a black box. */
  readonly messages_at_once: number;
};

/** Each device's share of the gateway (a token bucket): nothing is dropped, who takes more has to wait. */
export type Shares = {
  /** Notes what a device sent. @returns how long to wait before reading on from it, in milliseconds. */
  charge(device: string, messages: number): number;
};

export function openShares({ messages_per_s, messages_at_once }: ShareOptions, clock: Clock): Shares {
  const left = new Map<string, { messages: number; at_ms: number }>();
  return {
    charge(device, messages) {
      const now_ms = clock.monotonic_ms();
      const before = left.get(device) ?? { messages: messages_at_once, at_ms: now_ms };
      const refilled = before.messages + ((now_ms - before.at_ms) / 1000) * messages_per_s;
      const after = Math.min(messages_at_once, refilled) - messages;
      // Taken out and put in again: a Map keeps the order of insertion.
      left.delete(device);
      left.set(device, { messages: after, at_ms: now_ms });
      for (const oldest of left.keys()) {
        if (left.size <= DEVICES_MAX) break;
        left.delete(oldest);
      }
      return after >= 0 ? 0 : (-after / messages_per_s) * 1000;
    },
  };
}
