import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { boxesIn } from "@yardline/sources/video/boxes";
import { createFragmentReader, type Init, isInit, type Packet } from "@yardline/sources/video/fragments";
import { fileHead, type Piece, seekTable, shiftedBy, timeOf } from "./clip-boxes.ts";
import { codecStringOf } from "./codec-string.ts";
import { type Span, spansOf } from "./coverage.ts";
import type { MediaStore, Segment } from "./media-store.ts";

/** Segments of one clip: some forty minutes. */
export const SEGMENTS_MAX = 600;

/** A clip, and which stretches of the time that was asked for are in it, one after the other. */
export type Clip = {
  readonly mp4: Uint8Array;
  /** As a browser is asked for it; undefined where it knows no such codec. */
  readonly codec: string | undefined;
  readonly stretches: readonly Pick<Span, "from_ms" | "to_ms">[];
};

/**
 * One playable file of what is recorded in [from, to), or undefined when nothing is. Connections whose heads are the same are
 * joined over the break between them; of others the ones that cover the most. Segments that have gone or are broken are left
 * out: `stretches` tells what is in it.
 * @throws AppError `CLIP_TOO_LONG`, `MEDIA_UNAVAILABLE` (retryable).
 */
export async function joinClip(
  store: Pick<MediaStore, "listSegments" | "read">,
  camera: string,
  from_ms: EpochMs,
  to_ms: EpochMs,
): Promise<Clip | undefined> {
  const segments = await store.listSegments(camera, from_ms, to_ms);
  if (segments.length > SEGMENTS_MAX) {
    throw new AppError(
      "CLIP_TOO_LONG",
      `A clip has at most ${SEGMENTS_MAX} segments; ask for a shorter time.`,
    );
  }
  const pieces: ReadSegment[] = [];
  for (const segment of segments) {
    const data = await store.read(segment.id);
    const read = data && readIfWhole(data);
    if (read) pieces.push({ segment, read });
  }
  const joined = mostCovering(pieces, from_ms, to_ms);
  const head = joined[0]?.read.init.data;
  if (!head) return undefined;
  const spans = spansOf(joined.map(({ segment }) => ({ ...segment, connection: "" })));
  return {
    mp4: joinRead(joined.map(({ read }) => read)),
    codec: codecStringOf(head),
    stretches: spans.map((span) => ({ from_ms: span.from_ms, to_ms: span.to_ms })),
  };
}

type ReadSegment = { readonly segment: Segment; readonly read: Read };

/** Of the segments that have one head, as a camera gives it in all its connections, those that cover most of the time. */
function mostCovering(
  pieces: readonly ReadSegment[],
  from_ms: EpochMs,
  to_ms: EpochMs,
): readonly ReadSegment[] {
  const groups = [
    ...Map.groupBy(pieces, ({ read }) => Buffer.from(read.init.data).toString("base64")).values(),
  ];
  const covered_ms = (group: readonly ReadSegment[]) =>
    group.reduce(
      (sum, { segment }) => sum + Math.min(segment.to_ms, to_ms) - Math.max(segment.from_ms, from_ms),
      0,
    );
  const [longest = []] = groups.toSorted((a, b) => covered_ms(b) - covered_ms(a));
  return longest.toSorted((a, b) => a.segment.from_ms - b.segment.from_ms);
}

function readIfWhole(data: Uint8Array): Read | undefined {
  try {
    return readSegment(data);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "VIDEO_BROKEN") return undefined;
    throw thrown;
  }
}

/**
 * Joins segments with one head without decoding anything: one head with the length written in, an index to seek by, and
 * the coded pictures as they were stored, their times moved so that the clip begins at 0 and has no holes.
 * @throws AppError `VIDEO_BROKEN` for bytes that are no recording of ours.
 */
export function joinSegments(segments: readonly Uint8Array[]): Uint8Array {
  return joinRead(segments.map(readSegment));
}

function joinRead(read: readonly Read[]): Uint8Array {
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

type Read = { readonly init: Init; readonly packets: readonly Packet[] };

function readSegment(data: Uint8Array): Read {
  const pieces = createFragmentReader()(data);
  const init = pieces.find(isInit);
  if (!init) throw new AppError("VIDEO_BROKEN", "The recording is broken: it has no head.");
  return { init, packets: pieces.filter((piece): piece is Packet => !isInit(piece)) };
}

/** A stored segment in its two parts: the head (`ftyp`, `moov`), which a player reads once, and the pictures. */
export function splitSegment(data: Uint8Array): { readonly head: Uint8Array; readonly pictures: Uint8Array } {
  let at = 0;
  for (const { type, data: box } of boxesIn(data)) {
    if (type === "moof") break;
    at += box.length;
  }
  return { head: data.subarray(0, at), pictures: data.subarray(at) };
}
