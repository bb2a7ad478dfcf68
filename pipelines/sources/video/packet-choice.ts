import type { Packet } from "./fragments.ts";
import type { GopRing } from "./gop-ring.ts";

/**
 * Which packets go to the decoder when one arrives: none, this one, or more out of the group under way. Choosing less is how
 * decoding becomes cheaper without restarting anything.
 */
export type ChoosePackets = (packet: Packet, gop: GopRing) => readonly Packet[];

/** Full attention: everything is decoded. */
export const everyPacket: ChoosePackets = (packet) => [packet];
