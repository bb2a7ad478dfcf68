import type { EpochMs } from "@yardline/domain/time";
import type { Packet } from "./fragments.ts";
import type { LiveTap } from "./live-stream.ts";

/** Pictures that may wait for one that proves them: twelve seconds of a fast camera. */
const HELD_MAX = 360;

type ProvenLive = Pick<LiveTap, "push"> & {
  /** One looked-at picture: whether it showed the camera's own mask whole. */
  see(at_ms: EpochMs, whole: boolean): void;
};

/**
 * Holds the pictures of a camera with a mask of its own back until one that is no older showed the mask whole. What lies before a broken one is never shown,
 * and then nothing until the next key frame.
 */
export function createProvenLive(tap: Pick<LiveTap, "push">): ProvenLive {
  let held: { readonly packet: Packet; readonly captured_ms: EpochMs }[] = [];
  let awaits_key = true;

  function drop(count: number): void {
    held.splice(0, count);
    const key = held.findIndex(({ packet }) => packet.key);
    if (key < 0) {
      held = [];
      awaits_key = true;
    } else held.splice(0, key);
  }

  return {
    push(packet, captured_ms) {
      if (awaits_key && !packet.key) return;
      awaits_key = false;
      held.push({ packet, captured_ms });
      if (held.length > HELD_MAX) drop(held.length);
    },
    see(at_ms, whole) {
      const later = held.findIndex(({ captured_ms }) => captured_ms > at_ms);
      const until = later < 0 ? held.length : later;
      if (!whole) return drop(until);
      for (const { packet, captured_ms } of held.splice(0, until)) tap.push(packet, captured_ms);
    },
  };
}
