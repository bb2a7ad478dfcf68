import type { Fix } from "./protocol.ts";

/** A place as a device would send it: with a time, and the satellites that it rests on. */
export type SentFix = Omit<Fix, "valid" | "buffered" | "at_ms"> & {
  readonly at_ms: number;
  readonly satellites?: number;
};

/** What a device says in one piece, and how it knows that it was heard. */
export type Said = {
  readonly sends: Uint8Array;
  /**
   * Whether all bytes that came since are the answer that the device waits for; undefined while they may become it. Absent where
   * the protocol confirms nothing.
   */
  readonly isHeard?: (answer: Uint8Array) => boolean | undefined;
};

/** One connection of a device, from its side. */
export type Speech = {
  /** How it names itself before anything else; absent where each message names the device. */
  readonly login?: Said;
  /** @param fixes at least one, at most the speaker's `fixes_max`. */
  tell(fixes: readonly SentFix[]): Said;
};

/** The other side of a protocol: the simulated buses and the tests speak with these. */
export type TrackerSpeaker = {
  readonly protocol: string;
  /** Places in one message. */
  readonly fixes_max: number;
  /** @param device_id fifteen digits, as an IMEI has. */
  open(device_id: string): Speech;
};

/** An answer that is known to the byte. */
export function exactly(expected: string | Uint8Array): (answer: Uint8Array) => boolean | undefined {
  const whole = typeof expected === "string" ? Buffer.from(expected, "latin1") : Buffer.from(expected);
  return (answer) => {
    if (!whole.subarray(0, answer.length).equals(answer)) return false;
    return answer.length === whole.length ? true : undefined;
  };
}
