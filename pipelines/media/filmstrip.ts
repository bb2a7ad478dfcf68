import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { DECODED_MAX } from "@yardline/sources/video/camera-arguments";
import { type FfmpegCommandLine, STDIN, STDOUT } from "@yardline/sources/video/ffmpeg";
import { createFragmentReader, isInit, type Packet } from "@yardline/sources/video/fragments";
import { jpegSize } from "@yardline/sources/video/jpeg-size";
import type { Clip } from "./clip.ts";
import { runFfmpeg } from "./run-ffmpeg.ts";

/** Tiles of a strip, side by side, at most; a short clip has fewer. */
export const TILES_MAX = 12;
const TILE_WIDTH_PX = 160;
/** With so many key frames they alone are decoded: of one each second that is a twenty-fifth of the work. */
const KEYS_ENOUGH = 6;
const LIMITS = { bytes_max: 4_000_000, ms_max: 60_000 };

/** Pictures of a clip side by side in one JPEG, all of one size, the first on the left. */
export type Filmstrip = {
  readonly jpeg: Uint8Array;
  readonly tile: { readonly width_px: number; readonly height_px: number };
  /** Where each tile is in the clip, and when that was. */
  readonly tiles: readonly { readonly offset_ms: number; readonly at_ms: EpochMs }[];
};

/**
 * Makes the strip of a clip.
 * @throws AppError `MEDIA_UNMADE` where nothing in it can be decoded; the reason of `signal`.
 */
export async function makeFilmstrip(clip: Clip, signal: AbortSignal): Promise<Filmstrip> {
  const pieces = createFragmentReader()(clip.mp4);
  const init = pieces.find(isInit);
  const packets = pieces.filter((piece): piece is Packet => !isInit(piece));
  const { given, shown } = choosePictures(packets);
  if (!init || shown.length === 0)
    throw new AppError("MEDIA_UNMADE", "There are no pictures in this recording.");
  const line = stripArguments(orderOf(given), shown);
  const jpeg = await runFfmpeg(line, [init.data, ...given.map(({ data }) => data)], LIMITS, signal);
  const size = jpegSize(jpeg);
  if (!size) throw new AppError("MEDIA_UNMADE", "The pictures of this recording make no strip.");
  const tiles = shown.map(({ pts_ms }) => {
    const offset_ms = Math.round(pts_ms);
    return { offset_ms, at_ms: instantAt(clip, offset_ms) };
  });
  return { jpeg, tile: { width_px: TILE_WIDTH_PX, height_px: size.height_px }, tiles };
}

type Choice = {
  /** What is decoded, in the order in which it was coded. */
  readonly given: readonly Packet[];
  /** What of it becomes a tile, by time. */
  readonly shown: readonly Packet[];
};

/** The pictures nearest to the middles of equal parts of the clip, each once. */
function choosePictures(packets: readonly Packet[]): Choice {
  if (packets.length === 0) return { given: [], shown: [] };
  const keys = packets.filter(({ key }) => key);
  const candidates = orderOf(keys.length >= KEYS_ENOUGH ? keys : packets);
  const end_ms = Math.max(0, ...packets.map(({ pts_ms, duration_ms }) => pts_ms + duration_ms));
  const distance = (packet: Packet, at_ms: number) => Math.abs(packet.pts_ms - at_ms);
  const nearest = Array.from({ length: TILES_MAX }, (_, part) => {
    const at_ms = ((part + 0.5) * end_ms) / TILES_MAX;
    return candidates.reduce((best, each) => (distance(each, at_ms) < distance(best, at_ms) ? each : best));
  });
  const shown = candidates.filter((packet) => nearest.includes(packet));
  return { given: keys.length >= KEYS_ENOUGH ? shown : packets, shown };
}

function orderOf(packets: readonly Packet[]): readonly Packet[] {
  return packets.toSorted((a, b) => a.pts_ms - b.pts_ms);
}

function stripArguments(given: readonly Packet[], shown: readonly Packet[]): FfmpegCommandLine {
  const numbers = shown.map((packet) => `eq(n,${given.indexOf(packet)})`).join("+");
  const filter =
    `select='${numbers}',scale=${TILE_WIDTH_PX}:-2:out_range=full,format=yuvj420p,` +
    `setsar=1,tile=${shown.length}x1`;
  return {
    input: ["-v", "error", "-protocol_whitelist", "pipe", "-threads", "1", ...DECODED_MAX, "-f", "mp4"],
    source: STDIN,
    outputs: [
      {
        options: [
          ...["-map", "0:v:0", "-vf", filter, "-vsync", "passthrough", "-frames:v", "1"],
          ...["-map_metadata", "-1", "-c:v", "mjpeg", "-q:v", "5", "-f", "image2pipe"],
        ],
        target: STDOUT,
      },
    ],
  };
}

/** A clip leaves out what is not recorded: the moment `offset_ms` from its beginning may be later than it seems. */
function instantAt({ stretches }: Clip, offset_ms: number): EpochMs {
  let left_ms = offset_ms;
  for (const { from_ms, to_ms } of stretches) {
    if (left_ms < to_ms - from_ms) return from_ms + left_ms;
    left_ms -= to_ms - from_ms;
  }
  return stretches.at(-1)?.to_ms ?? offset_ms;
}
