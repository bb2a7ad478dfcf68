import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { createFragmentReader, type Init, isInit, type Packet } from "@yardline/sources/video/fragments";
import { fileHead, type Piece, seekTable, shiftedBy, timeOf } from "./clip-boxes.ts";
import type { MediaStore, Segment } from "./media-store.ts";

/** Segments of one clip: some forty minutes. */
export const SEGMENTS_MAX = 600;

/**
 * One playable file of what is recorded in [from, to), or undefined when nothing is. Where the connection broke in between,
 * the longest stretch without a break.
 * @throws AppError `CLIP_TOO_LONG`, `MEDIA_UNAVAILABLE` (retryable), `VIDEO_BROKEN` for bytes that are no recording.
 */
export async function joinClip(
  store: MediaStore,
  camera: string,
  from_ms: EpochMs,
  to_ms: EpochMs,
): Promise<Uint8Array | undefined> {
  const run = longestRun(await store.listSegments(camera, from_ms, to_ms), from_ms, to_ms);
  if (run.length > SEGMENTS_MAX) {
    throw new AppError(
      "CLIP_TOO_LONG",
      `A clip has at most ${SEGMENTS_MAX} segments; ask for a shorter time.`,
    );
  }
  const parts: Uint8Array[] = [];
  for (const { id } of run) {
    const data = await store.read(id);
    if (data) parts.push(data);
  }
  return parts.length > 0 ? joinSegments(parts) : undefined;
}

/** The segments of the one connection that covers most of [from, to), by time: they share one head and one timeline. */
export function longestRun(
  segments: readonly Segment[],
  from_ms: EpochMs,
  to_ms: EpochMs,
): readonly Segment[] {
  const runs = [...Map.groupBy(segments, ({ connection }) => connection).values()];
  const covered_ms = (run: readonly Segment[]) =>
    run.reduce((sum, each) => sum + Math.min(each.to_ms, to_ms) - Math.max(each.from_ms, from_ms), 0);
  const [longest = []] = runs.toSorted((a, b) => covered_ms(b) - covered_ms(a));
  return longest.toSorted((a, b) => a.from_ms - b.from_ms);
}

/**
 * Joins segments of one connection without decoding anything: one head with the length written in, an index to seek by, and
 * the coded pictures as they were stored, their times moved so that the clip begins at 0 and has no holes.
 * @throws AppError `VIDEO_BROKEN` for bytes that are no recording of ours.
 */
export function joinSegments(segments: readonly Uint8Array[]): Uint8Array {
  const read = segments.map(readSegment);
  const init = read[0]?.init;
  if (!init) throw new AppError("VIDEO_BROKEN", "The video is broken: there is none.");
  const pieces: Piece[] = [];
  let time = 0;
  for (const { packets } of read) {
    const times = packets.map(({ data }) => timeOf(data));
    const shift = (times[0] ?? 0) - time;
    for (const [at, { data, key, duration_ms }] of packets.entries()) {
      const own = times[at] ?? 0;
      const ticks = (times[at + 1] ?? own + Math.round((duration_ms * init.timescale) / 1000)) - own;
      pieces.push({ data: shiftedBy(data, shift), time: own - shift, ticks, key });
      time = own - shift + ticks;
    }
  }
  return Buffer.concat([
    fileHead(init, time),
    seekTable(init.timescale, pieces),
    ...pieces.map(({ data }) => data),
  ]);
}

function readSegment(data: Uint8Array): { readonly init: Init; readonly packets: readonly Packet[] } {
  const pieces = createFragmentReader()(data);
  const init = pieces.find(isInit);
  if (!init) throw new AppError("VIDEO_BROKEN", "The recording is broken: it has no head.");
  return { init, packets: pieces.filter((piece): piece is Packet => !isInit(piece)) };
}
