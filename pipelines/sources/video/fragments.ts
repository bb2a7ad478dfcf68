import { boxesIn, brokenVideo, contentOf, createBoxReader, findBox, type Mp4Box, viewOf } from "./boxes.ts";

/** What a connection's fragments need to be played: file type and the movie's head, and what we read in it. */
export type Init = {
  readonly data: Uint8Array;
  /** Ticks a second of the one track. */
  readonly timescale: number;
  /** Sample entry: `avc1` and `avc3` are H.264, `hvc1` and `hev1` H.265. */
  readonly codec: string;
  readonly width_px: number;
  readonly height_px: number;
};

/** One coded picture: one fragment of the stream. */
export type Packet = {
  /** `moof` and `mdat`. */
  readonly data: Uint8Array;
  /** Presentation time and length in milliseconds of the connection's own timeline. */
  readonly pts_ms: number;
  readonly duration_ms: number;
  /** A picture that needs no other: decoding can begin here. */
  readonly key: boolean;
};

type Track = { base_time: number; duration: number; flags: number; composition: number };

/** `sample_is_non_sync_sample` (ISO/IEC 14496-12, 8.8.3.1). */
const NON_SYNC = 0x10000;

/**
 * Splits fragmented MP4 with one picture a fragment, as ffmpeg writes it with `frag_every_frame`.
 * @returns a function that takes the next chunk and gives what it completed: the init once, then packets.
 * Throws AppError `VIDEO_BROKEN` for anything else; nothing may be pushed after that.
 */
export function createFragmentReader(): (chunk: Uint8Array) => (Init | Packet)[] {
  const readBoxes = createBoxReader({ lead: "moof", to: "mdat" });
  let init: Init | undefined;
  let ftyp: Mp4Box | undefined;
  let moof: Mp4Box | undefined;

  function take(box: Mp4Box): Init | Packet | undefined {
    if (box.type === "ftyp") ftyp = box;
    if (box.type === "moof") moof = box;
    if (box.type === "moov") {
      if (!ftyp || init) throw brokenVideo("its head stands in a wrong place");
      init = readInit(Buffer.concat([ftyp.data, box.data]));
      return init;
    }
    if (box.type !== "mdat") return undefined;
    if (!moof || !init) throw brokenVideo("a picture without its head");
    const packet = readPacket(moof, box, init.timescale);
    moof = undefined;
    return packet;
  }

  return (chunk) => readBoxes(chunk).flatMap((box) => take(box) ?? []);
}

export function isInit(piece: Init | Packet): piece is Init {
  return "timescale" in piece;
}

/** Reads the head of a file (`ftyp` and `moov`). @throws AppError `VIDEO_BROKEN` unless it has exactly one track, video. */
export function readInit(data: Uint8Array): Init {
  const moov = findBox(data, ["moov"]);
  const tracks = moov ? boxesIn(contentOf(moov)).filter(({ type }) => type === "trak") : [];
  const trak = tracks.length === 1 && tracks[0] ? contentOf(tracks[0]) : new Uint8Array();
  const mdhd = findBox(trak, ["mdia", "mdhd"]);
  const stsd = findBox(trak, ["mdia", "minf", "stbl", "stsd"]);
  const entry = stsd && boxesIn(contentOf(stsd).subarray(8))[0];
  if (!mdhd || !entry || entry.data.length < 36 || !findBox(trak, ["mdia", "minf", "vmhd"])) {
    throw brokenVideo("it has not exactly one track of pictures");
  }
  const times = viewOf(contentOf(mdhd));
  const long = times.byteLength >= 24 && times.getUint8(0) === 1;
  const timescale = times.byteLength < 16 ? 0 : times.getUint32(long ? 20 : 12);
  if (timescale === 0) throw brokenVideo("its times have no scale");
  const view = viewOf(entry.data);
  return { data, timescale, codec: entry.type, width_px: view.getUint16(32), height_px: view.getUint16(34) };
}

function readPacket(moof: Mp4Box, mdat: Mp4Box, timescale: number): Packet {
  const traf = findBox(moof.data, ["moof", "traf"]);
  const track = traf && readTrack(contentOf(traf));
  if (!track) throw brokenVideo("a picture without its time");
  const { base_time, composition, duration, flags } = track;
  return {
    // The reader has put it behind its head.
    data: new Uint8Array(mdat.data.buffer),
    pts_ms: ((base_time + composition) * 1000) / timescale,
    duration_ms: (duration * 1000) / timescale,
    key: (flags & NON_SYNC) === 0,
  };
}

/** Times and flags of the first sample: `tfhd` has what holds by default, `trun` what this sample says. */
function readTrack(traf: Uint8Array): Track | undefined {
  const [tfhd, tfdt, trun] = ["tfhd", "tfdt", "trun"].map((type) => findBox(traf, [type]));
  if (!tfhd || !tfdt || !trun) return undefined;
  try {
    const time = viewOf(contentOf(tfdt));
    const base_time = time.getUint8(0) === 1 ? Number(time.getBigUint64(4)) : time.getUint32(4);
    const defaults = readFields(contentOf(tfhd), 8, { duration: 0x8, size: 0x10, flags: 0x20 }, 0x1, 0x2);
    const run = viewOf(contentOf(trun));
    const kinds = run.getUint32(0) & 0xffffff;
    const first_flags = kinds & 0x4 ? run.getUint32(8 + (kinds & 0x1 ? 4 : 0)) : undefined;
    const sample_at = 8 + (kinds & 0x1 ? 4 : 0) + (kinds & 0x4 ? 4 : 0);
    const sample = readFields(contentOf(trun), sample_at, {
      duration: 0x100,
      size: 0x200,
      flags: 0x400,
      composition: 0x800,
    });
    return {
      base_time,
      duration: sample.duration ?? defaults.duration ?? 0,
      flags: sample.flags ?? first_flags ?? defaults.flags ?? 0,
      composition: (sample.composition ?? 0) | 0,
    };
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** Optional 32-bit fields in the order of `fields`, each there when its bit of the box's flags is set. */
function readFields<Name extends string>(
  content: Uint8Array,
  from: number,
  fields: Readonly<Record<Name, number>>,
  long_field = 0,
  other_field = 0,
): Partial<Record<Name, number>> {
  const view = viewOf(content);
  const present = view.getUint32(0) & 0xffffff;
  let at = from + (present & long_field ? 8 : 0) + (present & other_field ? 4 : 0);
  const found: Partial<Record<Name, number>> = {};
  for (const name in fields) {
    if (!(present & fields[name])) continue;
    found[name] = view.getUint32(at);
    at += 4;
  }
  return found;
}
