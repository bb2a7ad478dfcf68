import type { Packet } from "./fragments.ts";
import type { GopRing } from "./gop-ring.ts";

/** An idle camera is looked at this often at least; where key frames are farther apart everything is decoded. */
export const IDLE_LOOK_MS = 1_000;
/** Key frames "each second" come a little late now and then. */
const LATE_MS = 100;
/** Times of one picture, told twice, differ by rounding only. */
const SAME_MS = 1;

/**
 * Which packets go to the decoder. Choosing less is how decoding becomes cheaper without restarting anything.
 */
export type PacketChoice = {
  /** One arrived and is in the ring already: none goes on, this one, or with it those of its group that were left out. */
  choose(packet: Packet, gop: GopRing): readonly Packet[];
  /** A new decoder begins: with all of the group under way. */
  again(gop: GopRing): readonly Packet[];
};

/**
 * How many pictures of a camera are wanted now: all of them; one a second, or all where that cannot be had for less; those that key
 * frames give, at most one a second, however far apart they are.
 */
export type Wanted = "every" | "one-a-second" | "key-frames";

/**
 * Every picture wanted: everything, beginning with what was left out of the group under way. Otherwise of one group a second the key
 * frame, and the packet after it where the decoder is one packet behind. Where one a second is wanted, the first group after
 * connecting counts in full, and so does one that grows longer than an idle camera may stay unseen.
 * @param shown_ms presentation time of the last picture that the decoder gave.
 */
export function createPacketChoice(wanted: () => Wanted, shown_ms: () => number): PacketChoice {
  let key_ms: number | undefined;
  /** Packets of the group under way that went on, from its key frame, without a hole; a later one needs them all. */
  let given = 0;
  let seen = 0;
  let groups = 0;
  let length_ms = Number.POSITIVE_INFINITY;
  let looked_ms = Number.NEGATIVE_INFINITY;
  /** The decoder may still hold the last key frame back. */
  let owed = false;
  /** It gave a key frame's picture before anything followed that. Believed until one is still not there when the next key frame is. */
  let prompt = false;

  /** Whether the key frame of the group under way is owed, and has been shown since: it needs nothing to follow it. */
  function isPaid(): boolean {
    return owed && key_ms !== undefined && shown_ms() >= key_ms - SAME_MS;
  }

  /** Whether the key frame that was given last needs the packet after it. */
  function needsNext(): boolean {
    if (isPaid()) [owed, prompt] = [false, true];
    return owed && !prompt && given > 0;
  }

  /** Whether key frames are enough just now. */
  function areKeysEnough({ pts_ms, duration_ms }: Packet): boolean {
    const wish = wanted();
    if (wish !== "one-a-second") return wish === "key-frames";
    const longest_ms = IDLE_LOOK_MS + LATE_MS;
    const here_ms = pts_ms + duration_ms - (key_ms ?? pts_ms);
    return groups > 1 && length_ms <= longest_ms && here_ms <= longest_ms;
  }

  function chooseKey(packet: Packet): readonly Packet[] {
    if (isPaid()) owed = false;
    if (owed) prompt = false;
    if (key_ms !== undefined) length_ms = packet.pts_ms - key_ms;
    key_ms = packet.pts_ms;
    groups += 1;
    seen = 1;
    const due = packet.pts_ms - looked_ms >= IDLE_LOOK_MS - LATE_MS;
    const first = owed;
    if (areKeysEnough(packet) && !due && !first) {
      given = 0;
      return [];
    }
    given = 1;
    owed = due || !first;
    if (owed) looked_ms = packet.pts_ms;
    return [packet];
  }

  return {
    choose(packet, gop) {
      if (packet.key) return chooseKey(packet);
      seen += 1;
      if (areKeysEnough(packet) && !needsNext()) return [];
      owed = false;
      if (given === seen - 1) {
        given = seen;
        return [packet];
      }
      // A group that the ring gave up goes on only where nothing of it is missing.
      const chosen = gop.list().slice(given);
      if (chosen.length > 0) given = seen;
      return chosen;
    },
    again(gop) {
      given = seen;
      owed = false;
      return gop.list();
    },
  };
}
