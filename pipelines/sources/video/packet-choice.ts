import type { Packet } from "./fragments.ts";
import type { GopRing } from "./gop-ring.ts";

/** An idle camera is looked at this often at least; where key frames are farther apart everything is decoded. */
export const IDLE_LOOK_MS = 1_000;
/** Key frames "each second" come a little late now and then. */
const LATE_MS = 100;

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
 * Active: everything, beginning with what was left out of the group under way. Idle: of each group the key frame and the packet after
 * it, since the decoder is one packet behind. The first group after connecting counts in full, and so does one that grows longer than
 * an idle camera may stay unseen.
 */
export function createPacketChoice(isActive: () => boolean): PacketChoice {
  let key_ms: number | undefined;
  /** Packets of the group under way that went on, from its key frame, without a hole; a later one needs them all. */
  let given = 0;
  let seen = 0;
  let groups = 0;
  let length_ms = Number.POSITIVE_INFINITY;

  function isIdle({ pts_ms, duration_ms }: Packet): boolean {
    const longest_ms = IDLE_LOOK_MS + LATE_MS;
    const here_ms = pts_ms + duration_ms - (key_ms ?? pts_ms);
    return !isActive() && groups > 1 && length_ms <= longest_ms && here_ms <= longest_ms;
  }

  return {
    choose(packet, gop) {
      if (packet.key) {
        if (key_ms !== undefined) length_ms = packet.pts_ms - key_ms;
        key_ms = packet.pts_ms;
        groups += 1;
        [given, seen] = [1, 1];
        return [packet];
      }
      seen += 1;
      const whole = given === seen - 1;
      if (isIdle(packet) && given >= 2) return [];
      const group = gop.list();
      // A group that the ring gave up goes on only where nothing of it is missing.
      const chosen = whole ? [packet] : group.slice(given);
      if (chosen.length > 0) given = seen;
      return chosen;
    },
    again(gop) {
      given = seen;
      return gop.list();
    },
  };
}
