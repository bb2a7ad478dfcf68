import type { Packet } from "./fragments.ts";

/** Ten seconds at 8 Mb/s, doubled. */
export const GOP_BYTES_MAX = 20 * 1024 * 1024;
export const GOP_PACKETS_MAX = 900;

/**
 * The packets since the last key frame: what a decoder, or a page that opens a live picture, needs to begin at once. A group
 * longer than the limits is given up until the next key frame, because its end is no use without its beginning.
 */
export type GopRing = {
  push(packet: Packet): void;
  /** Begins with a key frame, or is empty. */
  list(): readonly Packet[];
};

/** @param onGivenUp told each time a group was longer than the limits. */
export function createGopRing(onGivenUp: () => void): GopRing {
  let packets: Packet[] = [];
  let bytes = 0;
  return {
    push(packet) {
      if (packet.key) {
        packets = [];
        bytes = 0;
      } else if (packets.length === 0) return;
      packets.push(packet);
      bytes += packet.data.length;
      if (bytes <= GOP_BYTES_MAX && packets.length <= GOP_PACKETS_MAX) return;
      packets = [];
      bytes = 0;
      onGivenUp();
    },
    list: () => packets,
  };
}
