import {
  brokenNut,
  type Cursor,
  FLAG,
  type FrameCode,
  type MainHeader,
  readByte,
  readMainHeader,
  readSigned,
  readStreamHeader,
  readVarint,
  START_CODE_BYTE,
  type StreamHeader,
} from "./nut-syntax.ts";

const SIGNATURE = "nut/multimedia container\0";
const MAIN = "4e4d7a561f5f04ad";
const STREAM = "4e5311405bf2f9db";
const SYNCPOINT = "4e4be4adeeca4569";
const START_CODE_BYTES = 8;
/** From this length on, a header packet carries a checksum of its own head. */
const LONG_PACKET_BYTES = 4096;
/** Headers are a few hundred bytes; more without a frame means that we lost the thread. */
const HEAD_BYTES_MAX = 256 * 1024;
/** From this size on a frame never leaves its first bytes out. */
export const ELIDED_BYTES_MAX = 4096;

/** One packet of any stream. */
export type NutPacket = {
  readonly stream: StreamHeader;
  /** Presentation time in seconds of the timeline that all streams share. */
  readonly pts_s: number;
  readonly data: Uint8Array;
};

type NutLimits = {
  readonly streams_max: number;
  /** More than this in one packet of a stream, and we lost the thread. */
  bytesMax(stream: StreamHeader): number;
};

/** A packet of which the bytes are still to come. */
type Begun = NutPacket & { filled: number };

/**
 * Reads packets with their times out of a NUT stream, chunk by chunk as a pipe gives them. Each packet's bytes are copied once, into
 * memory of their own; of a chunk nothing is kept.
 * @returns a function that takes the next chunk and gives the packets it completed. Throws AppError `VIDEO_UNREADABLE` for anything
 * but NUT within these limits; nothing may be pushed after that.
 */
export function createNutPacketReader(limits: NutLimits): (chunk: Uint8Array) => NutPacket[] {
  const readHead = createHeadReader(limits);
  let head: Uint8Array = new Uint8Array();
  let begun: Begun | undefined;

  /** Takes what belongs to the packet under way. @returns the rest. */
  function fill(bytes: Uint8Array, packet: Begun): Uint8Array {
    const part = bytes.subarray(0, packet.data.length - packet.filled);
    packet.data.set(part, packet.filled);
    packet.filled += part.length;
    return bytes.subarray(part.length);
  }

  /** Takes headers up to the next packet. @returns the rest; empty when more bytes are needed. */
  function takeHead(bytes: Uint8Array): Uint8Array {
    head = Buffer.concat([head, bytes]);
    const { length, packet } = readHead(head);
    begun = packet;
    if (length === 0 && head.length > HEAD_BYTES_MAX) throw brokenNut("no frame where one should be");
    const rest = length === 0 ? new Uint8Array() : head.subarray(length);
    if (length > 0) head = new Uint8Array();
    return rest;
  }

  return (chunk) => {
    const packets: NutPacket[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      rest = begun ? fill(rest, begun) : takeHead(rest);
      if (!begun || begun.filled < begun.data.length) continue;
      const { stream, pts_s, data } = begun;
      packets.push({ stream, pts_s, data });
      begun = undefined;
    }
    return packets;
  };
}

/** What the head of a stream was read as. `length` 0: more bytes are needed. */
type Head = { readonly length: number; readonly packet?: Begun };

type Known = { readonly header: StreamHeader; last_pts: number };

/** Reads one header, or the head of one frame, from the first byte of what it is given. */
function createHeadReader(limits: NutLimits): (head: Uint8Array) => Head {
  const streams = new Map<number, Known>();
  let main: MainHeader | undefined;
  let signed = false;

  function readPacket(cursor: Cursor): void {
    const { bytes } = cursor;
    const code = Buffer.from(bytes.subarray(0, START_CODE_BYTES)).toString("hex");
    cursor.at = START_CODE_BYTES;
    const length = readVarint(cursor);
    if (length > LONG_PACKET_BYTES) cursor.at += 4;
    const end = cursor.at + length;
    if (cursor.short || bytes.length < end) {
      cursor.short = true;
      return;
    }
    if (code === MAIN) takeMain(readMainHeader(cursor));
    if (code === STREAM) takeStream(readStreamHeader(cursor));
    if (code === SYNCPOINT && main && streams.size > 0) synchronise(readVarint(cursor), main);
    if (cursor.short) throw brokenNut("a header shorter than it says");
    cursor.at = end;
  }

  function takeMain(header: MainHeader): void {
    if (header.streams > limits.streams_max) throw brokenNut(`${header.streams} streams`);
    main = header;
  }

  function takeStream(header: StreamHeader): void {
    if (header.stream_id >= limits.streams_max) throw brokenNut("more streams than it says");
    streams.set(header.stream_id, { header, last_pts: streams.get(header.stream_id)?.last_pts ?? 0 });
  }

  function synchronise(coded: number, known: MainHeader): void {
    for (const stream of streams.values()) stream.last_pts = syncOf(coded, known, stream.header);
  }

  function readFrame(cursor: Cursor): Begun | undefined {
    if (!main || streams.size === 0) throw brokenNut("a frame before its headers");
    const code = main.frame_codes[readByte(cursor)];
    if (!code) throw brokenNut("a frame of no known kind");
    const frame = frameHead(cursor, code);
    if (cursor.short) return undefined;
    const stream = streams.get(frame.stream_id);
    if (!stream) throw brokenNut("a frame of no known stream");
    if (frame.size > limits.bytesMax(stream.header)) throw brokenNut(`a frame of ${frame.size} bytes`);
    const pts = ptsOf(frame, code, stream);
    stream.last_pts = pts;
    const { num, den } = timeBaseOf(main, stream.header.time_base_id);
    const left_out = frame.size > ELIDED_BYTES_MAX ? undefined : main.elided[frame.header_idx];
    return { stream: stream.header, pts_s: (pts * num) / den, ...bodyOf(frame.size, left_out) };
  }

  return (head) => {
    const cursor: Cursor = { bytes: head, at: 0, short: false };
    if (!signed) {
      if (head.length < SIGNATURE.length) return { length: 0 };
      if (Buffer.from(head.subarray(0, SIGNATURE.length)).toString("latin1") !== SIGNATURE) {
        throw brokenNut("it is not NUT");
      }
      signed = true;
      return { length: SIGNATURE.length };
    }
    if (head[0] === START_CODE_BYTE) {
      readPacket(cursor);
      return { length: cursor.short ? 0 : cursor.at };
    }
    const packet = readFrame(cursor);
    return packet ? { length: cursor.at, packet } : { length: 0 };
  };
}

/** The memory of a packet, with the first bytes in it that its frame leaves out. */
function bodyOf(size: number, left_out: Uint8Array = new Uint8Array()) {
  if (left_out.length > size) throw brokenNut("a frame smaller than its beginning");
  const data = new Uint8Array(size);
  data.set(left_out);
  return { data, filled: left_out.length };
}

type FrameHead = ReturnType<typeof frameHead>;

function frameHead(cursor: Cursor, code: FrameCode) {
  const flags = code.flags & FLAG.coded ? code.flags ^ readVarint(cursor) : code.flags;
  if (flags & (FLAG.invalid | FLAG.side_data)) throw brokenNut("a frame of a kind that must not occur");
  const stream_id = flags & FLAG.stream_id ? readVarint(cursor) : code.stream_id;
  const coded_pts = flags & FLAG.coded_pts ? readVarint(cursor) : undefined;
  const size = code.size_lsb + (flags & FLAG.size_msb ? code.size_mul * readVarint(cursor) : 0);
  if (flags & FLAG.match_time) readSigned(cursor);
  const header_idx = flags & FLAG.header_idx ? readVarint(cursor) : code.header_idx;
  const reserved = flags & FLAG.reserved ? readVarint(cursor) : code.reserved_count;
  for (let skipped = 0; skipped < reserved && !cursor.short; skipped++) readVarint(cursor);
  if (flags & FLAG.checksum) {
    for (let byte = 0; byte < 4; byte++) readByte(cursor);
  }
  return { stream_id, coded_pts, size, header_idx };
}

function ptsOf({ coded_pts }: FrameHead, { pts_delta }: FrameCode, { header, last_pts }: Known): number {
  return coded_pts === undefined ? last_pts + pts_delta : fullPts(coded_pts, header.msb_pts_shift, last_pts);
}

/** A time is written whole, or as its low bits near the last one. */
function fullPts(coded: number, msb_pts_shift: number, last_pts: number): number {
  const span = 2 ** msb_pts_shift;
  if (coded >= span) return coded - span;
  const floor = last_pts - Math.floor((span - 1) / 2);
  return floor + ((((coded - floor) % span) + span) % span);
}

/** The time of a syncpoint, in the stream's own time base. */
function syncOf(coded: number, main: MainHeader, stream: StreamHeader): number {
  const from = timeBaseOf(main, coded % main.time_bases.length);
  const to = timeBaseOf(main, stream.time_base_id);
  const ticks = Math.floor(coded / main.time_bases.length);
  return Math.floor((ticks * from.num * to.den) / (from.den * to.num));
}

function timeBaseOf(main: MainHeader, id: number) {
  const base = main.time_bases[id];
  if (!base || base.num === 0 || base.den === 0) throw brokenNut("a time base that it lacks");
  return base;
}
