import { pictureBytes } from "@yardline/domain/picture";
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

/** One packet of the stream: a raw picture as ffmpeg wrote it. */
export type RawPicture = {
  /** Presentation time in seconds of the stream's own timeline. */
  readonly pts_s: number;
  /** Size that the stream declared at its beginning; `data` of another length means that the pictures changed in size. */
  readonly width_px: number;
  readonly height_px: number;
  readonly data: Uint8Array;
};

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
const ELIDED_BYTES_MAX = 4096;

/**
 * Reads raw yuv420p pictures with their times out of a NUT stream, chunk by chunk as a pipe gives them. Each picture's bytes
 * are copied once, into memory of its own; of a chunk nothing is kept.
 * @returns a function that takes the next chunk and gives the pictures it completed.
 * Throws AppError `VIDEO_UNREADABLE` for anything but one video stream in NUT; nothing may be pushed after that.
 */
export function createNutReader(): (chunk: Uint8Array) => RawPicture[] {
  let head: Uint8Array = new Uint8Array();
  let main: MainHeader | undefined;
  let stream: StreamHeader | undefined;
  let last_pts = 0;
  let signed = false;
  let body: { readonly pts: number; readonly data: Uint8Array; filled: number } | undefined;

  /** Reads one header or the head of one frame. @returns its length, or 0 when more bytes are needed. */
  function readHead(): number {
    if (!signed) {
      if (head.length < SIGNATURE.length) return 0;
      if (Buffer.from(head.subarray(0, SIGNATURE.length)).toString("latin1") !== SIGNATURE) {
        throw brokenNut("it is not NUT");
      }
      signed = true;
      return SIGNATURE.length;
    }
    const cursor: Cursor = { bytes: head, at: 0, short: head.length === 0 };
    if (head[0] === START_CODE_BYTE) readPacket(cursor);
    else if (!cursor.short) readFrameHead(cursor);
    return cursor.short ? 0 : cursor.at;
  }

  function readPacket(cursor: Cursor): void {
    const code = Buffer.from(head.subarray(0, START_CODE_BYTES)).toString("hex");
    cursor.at = START_CODE_BYTES;
    const length = readVarint(cursor);
    if (length > LONG_PACKET_BYTES) cursor.at += 4;
    const end = cursor.at + length;
    if (cursor.short || head.length < end) {
      cursor.short = true;
      return;
    }
    if (code === MAIN) main = readMainHeader(cursor);
    if (code === STREAM) stream = readStreamHeader(cursor);
    if (code === SYNCPOINT && main && stream) last_pts = syncOf(readVarint(cursor), main, stream);
    if (cursor.short) throw brokenNut("a header shorter than it says");
    cursor.at = end;
  }

  function readFrameHead(cursor: Cursor): void {
    if (!main || !stream) throw brokenNut("a frame before its headers");
    const code = main.frame_codes[readByte(cursor)];
    if (!code) throw brokenNut("a frame of no known kind");
    const frame = frameHead(cursor, code, stream.msb_pts_shift, last_pts);
    if (cursor.short) return;
    const elided = frame.size > ELIDED_BYTES_MAX ? undefined : main.elided[frame.header_idx];
    if (frame.size > 2 * pictureBytes(stream.width_px, stream.height_px, "yuv420p") + ELIDED_BYTES_MAX) {
      throw brokenNut(`a frame of ${frame.size} bytes at ${stream.width_px}×${stream.height_px}`);
    }
    const data = new Uint8Array(frame.size);
    if (elided) data.set(elided);
    last_pts = frame.pts;
    body = { pts: frame.pts, data, filled: elided?.length ?? 0 };
  }

  /** Takes what belongs to the picture under way. @returns the rest. */
  function fill(bytes: Uint8Array, picture: { readonly data: Uint8Array; filled: number }): Uint8Array {
    const part = bytes.subarray(0, picture.data.length - picture.filled);
    picture.data.set(part, picture.filled);
    picture.filled += part.length;
    return bytes.subarray(part.length);
  }

  function finished(): RawPicture | undefined {
    if (!main || !stream || !body || body.filled < body.data.length) return undefined;
    const { num, den } = timeBaseOf(main, stream.time_base_id);
    const { pts, data } = body;
    body = undefined;
    return { pts_s: (pts * num) / den, width_px: stream.width_px, height_px: stream.height_px, data };
  }

  /** Takes headers up to the next picture. @returns the rest; empty when more bytes are needed. */
  function takeHead(bytes: Uint8Array): Uint8Array {
    head = Buffer.concat([head, bytes]);
    const length = readHead();
    if (length === 0 && head.length > HEAD_BYTES_MAX) throw brokenNut("no frame where one should be");
    const rest = length === 0 ? new Uint8Array() : head.subarray(length);
    if (length > 0) head = new Uint8Array();
    return rest;
  }

  return (chunk) => {
    const pictures: RawPicture[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      rest = body ? fill(rest, body) : takeHead(rest);
      const picture = finished();
      if (picture) pictures.push(picture);
    }
    return pictures;
  };
}

function frameHead(cursor: Cursor, code: FrameCode, msb_pts_shift: number, last_pts: number) {
  const flags = code.flags & FLAG.coded ? code.flags ^ readVarint(cursor) : code.flags;
  if (flags & (FLAG.invalid | FLAG.side_data)) throw brokenNut("a frame of a kind that must not occur");
  if (flags & FLAG.stream_id) readVarint(cursor);
  const pts =
    flags & FLAG.coded_pts ? fullPts(readVarint(cursor), msb_pts_shift, last_pts) : last_pts + code.pts_delta;
  const size = code.size_lsb + (flags & FLAG.size_msb ? code.size_mul * readVarint(cursor) : 0);
  if (flags & FLAG.match_time) readSigned(cursor);
  const header_idx = flags & FLAG.header_idx ? readVarint(cursor) : 0;
  const reserved = flags & FLAG.reserved ? readVarint(cursor) : code.reserved_count;
  for (let skipped = 0; skipped < reserved && !cursor.short; skipped++) readVarint(cursor);
  if (flags & FLAG.checksum) {
    for (let byte = 0; byte < 4; byte++) readByte(cursor);
  }
  return { pts, size, header_idx };
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
