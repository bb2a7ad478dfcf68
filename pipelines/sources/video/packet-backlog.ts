import type { Packet } from "./fragments.ts";

/** Packets that may wait for the decoder; beyond, all of them go and it begins again at the next key frame. */
export const BACKLOG_PACKETS_MAX = 150;
export const BACKLOG_BYTES_MAX = 8 * 1024 * 1024;

/** Packets that wait for the decoder. It never refuses: what is too much is dropped and told. */
export type PacketBacklog = {
  push(packet: Packet): void;
  shift(): Packet | undefined;
  /** Drops everything; what comes next must begin with a key frame. */
  clear(): void;
};

/** @param onDropped told how many packets went each time. */
export function createPacketBacklog(onDropped: (packets: number) => void): PacketBacklog {
  let waiting: Packet[] = [];
  let bytes = 0;
  let awaits_key = true;

  function clear(): void {
    if (waiting.length > 0) onDropped(waiting.length);
    waiting = [];
    bytes = 0;
    awaits_key = true;
  }

  return {
    push(packet) {
      if (awaits_key && !packet.key) {
        onDropped(1);
        return;
      }
      awaits_key = false;
      waiting.push(packet);
      bytes += packet.data.length;
      if (waiting.length > BACKLOG_PACKETS_MAX || bytes > BACKLOG_BYTES_MAX) clear();
    },
    shift() {
      const packet = waiting.shift();
      bytes -= packet?.data.length ?? 0;
      return packet;
    },
    clear,
  };
}
