import type { EpochMs } from "@yardline/domain/time";
import type { Init, Packet } from "./fragments.ts";

/** A segment ends before the first key frame after this: a little under four seconds, which groups of 1, 2 or 4 s fill. */
export const SEGMENT_MS_MIN = 3_800;
/** A camera that gives no key frame for this much is recorded up to here and then from its next key frame on. */
export const SEGMENT_BYTES_MAX = 48 * 1024 * 1024;

/** A finished piece of recording: init and fragments, beginning with a key frame. */
export type CutSegment = { readonly from_ms: EpochMs; readonly to_ms: EpochMs; readonly data: Uint8Array };

/** What of a segment under way came in since it was asked for last: the beginning of it, or what follows on that. */
export type Grown = { readonly from_ms: EpochMs; readonly pieces: readonly Uint8Array[] };

/** A segment under way is handed on in pieces of so much: what a killed process loses of it. */
const GROWN_MS_MIN = 500;

export type Segmenter = {
  /** Now and then, after a `push`: what is to be kept of the segment under way. */
  grown(): Grown | undefined;
  /** Takes the next packet and its capture time. @returns the segment that it ended, if any. */
  push(packet: Packet, at_ms: EpochMs): CutSegment | undefined;
  /** What there is when the connection ends: whole pictures, so it plays. @param until_ms where the next one goes on, if one does. */
  finish(until_ms?: EpochMs): CutSegment | undefined;
};

/** Cuts one connection's packets into segments that play alone. */
export function createSegmenter(init: Init): Segmenter {
  let packets: Packet[] = [];
  let bytes = 0;
  let from_ms = 0;
  let to_ms = 0;
  let [handed, handed_ms] = [0, 0];

  function finish(until_ms: EpochMs): CutSegment | undefined {
    if (packets.length === 0) return undefined;
    const pieces = [init.data, ...packets.map(({ data }) => data)];
    packets = [];
    bytes = 0;
    handed = 0;
    return { from_ms, to_ms: until_ms, data: Buffer.concat(pieces) };
  }

  return {
    push(packet, at_ms) {
      const full = bytes + packet.data.length > SEGMENT_BYTES_MAX;
      const ripe = packet.key && at_ms - from_ms >= SEGMENT_MS_MIN;
      const ended = full || ripe ? finish(at_ms) : undefined;
      if (packets.length === 0) {
        if (!packet.key) return ended;
        from_ms = at_ms;
        handed_ms = at_ms;
      }
      packets.push(packet);
      bytes += packet.data.length;
      to_ms = Math.max(to_ms, at_ms + Math.round(packet.duration_ms));
      return ended;
    },
    grown() {
      if (packets.length === 0 || to_ms - handed_ms < GROWN_MS_MIN) return undefined;
      const pieces = packets.slice(handed).map(({ data }) => data);
      if (handed === 0) pieces.unshift(init.data);
      [handed, handed_ms] = [packets.length, to_ms];
      return { from_ms, pieces };
    },
    finish: (until_ms = to_ms) => finish(until_ms),
  };
}
