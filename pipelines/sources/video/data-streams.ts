import type { EpochMs } from "@yardline/domain/time";
import {
  type CarriedPositions,
  createCarriedReader,
  type DataPacket,
} from "../positions/carried-positions.ts";
import { openChildSocket } from "./child-socket.ts";
import type { CameraFeed, ConnectionSinks } from "./feed.ts";
import type { FfmpegCommandLine } from "./ffmpeg.ts";
import { createNutPacketReader } from "./nut-packets.ts";

/** Data streams beside one video; a GoPro has three. */
const STREAMS_MAX = 16;
/** A second of a GoPro's sensors is 6 kB, a set of KLV some hundred bytes. */
const PACKET_BYTES_MAX = 1024 * 1024;
/** Packets that came before the first picture, by which alone their times are known. */
const WAITING_MAX = 256;

/**
 * All data streams of the input, copied, in NUT, whose packets keep their times. NUT wants a tag for each stream, and takes this one for
 * any. A single stream is written as it comes; several wait for each other no longer than can be avoided.
 */
export const DATA_OUTPUT: readonly string[] = [
  ...["-map", "0:d", "-c", "copy", "-tag:d", "KLVA", "-map_metadata", "-1"],
  ...["-max_interleave_delta", "1", "-flush_packets", "1", "-f", "nut"],
];

/** Reads what `DATA_OUTPUT` writes, chunk by chunk. A packet without a time of its own repeats the one before, and so has none here. */
export function createDataReader(): (chunk: Uint8Array) => readonly DataPacket[] {
  const read = createNutPacketReader({ streams_max: STREAMS_MAX, bytesMax: () => PACKET_BYTES_MAX });
  const last_s = new Map<number, number>();
  return (chunk) =>
    read(chunk).map(({ stream: { stream_id }, pts_s, data }) => {
      const repeated = last_s.get(stream_id) === pts_s;
      last_s.set(stream_id, pts_s);
      return { stream: stream_id, data, ...(!repeated && { pts_ms: pts_s * 1000 }) };
    });
}

/** The data streams of one connection: an output for its child, and who reads it. */
export type DataWay = AsyncDisposable & {
  readonly outputs: FfmpegCommandLine["outputs"];
  /**
   * Reads from now on.
   * @param captureOf when the picture of that presentation time was taken; undefined before the first one.
   */
  begin(captureOf: (pts_ms: number) => EpochMs | undefined): void;
};

/** Undefined for a camera that carries no positions: of it no data stream is opened. */
export async function openDataWay(
  { carries_positions = false }: CameraFeed,
  now_ms: () => EpochMs,
  sinks: Pick<ConnectionSinks, "placed" | "note">,
): Promise<DataWay | undefined> {
  if (!carries_positions || !sinks.placed) return undefined;
  const { placed } = sinks;
  const socket = await openChildSocket();
  const readPositions = createCarriedReader();
  const found = new Set<string>();

  function tell({ format, fixes, problems }: CarriedPositions, base_ms: EpochMs): void {
    if (format !== undefined && !found.has(format)) {
      found.add(format);
      sinks.note({ kind: "positions-found", format });
    }
    for (const { code } of problems)
      sinks.note({ kind: "positions-unreadable", format: format ?? "nmea", code });
    if (fixes.length === 0) return;
    placed(fixes.map(({ fix, after_ms }) => ({ fix, captured_ms: base_ms + after_ms })));
  }

  return {
    outputs: [{ options: DATA_OUTPUT, target: `unix:${socket.path}` }],
    begin(captureOf) {
      let read: ReturnType<typeof createDataReader> | undefined = createDataReader();
      let waiting: DataPacket[] = [];
      const take = (packet: DataPacket) => {
        const captured_ms = packet.pts_ms === undefined ? now_ms() : captureOf(packet.pts_ms);
        if (captured_ms === undefined) waiting.push(packet);
        else tell(readPositions(packet), captured_ms);
      };
      socket.receive((chunk) => {
        try {
          const packets = [...waiting, ...(read?.(chunk) ?? [])].slice(-WAITING_MAX);
          waiting = [];
          for (const packet of packets) take(packet);
        } catch {
          // Our own child writes this; what cannot be read costs the places of this connection, and no picture.
          read = undefined;
          sinks.note({ kind: "positions-given-up" });
        }
      });
    },
    [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose](),
  };
}

/**
 * What ffmpeg says when an input has no data streams, or some that cannot be written: it then refuses the whole, and the pictures are
 * asked for without them.
 */
export function dataCannotBeCopied({ said }: { readonly said: readonly string[] }): boolean {
  return said.some((line) =>
    /map '0:d' matches no streams|write header for output file #[12] |\[nut @ \w+\] tag .* incompatible/i.test(
      line,
    ),
  );
}
