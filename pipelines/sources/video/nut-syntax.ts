import { AppError } from "@yardline/domain/errors";

/**
 * The syntax of a NUT stream's headers, as far as one stream of pictures needs it.
 * @see https://git.ffmpeg.org/gitweb/nut.git/blob/HEAD:/docs/nut.txt
 */

/** Reads at a place of `bytes`; `short` tells afterwards that the bytes ended too early and nothing read may be used. */
export type Cursor = { readonly bytes: Uint8Array; at: number; short: boolean };

export function readByte(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at++];
  if (byte === undefined) cursor.short = true;
  return byte ?? 0;
}

/** A number in groups of seven bits, most significant first; exact up to 2^53. */
export function readVarint(cursor: Cursor): number {
  let value = 0;
  for (;;) {
    const byte = readByte(cursor);
    value = value * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER) throw brokenNut("a number over 2^53");
    if (byte < 0x80) return value;
  }
}

export function readSigned(cursor: Cursor): number {
  const value = readVarint(cursor) + 1;
  return value % 2 === 1 ? -(value - 1) / 2 : value / 2;
}

/** A counted string of bytes. */
export function readBytes(cursor: Cursor): Uint8Array {
  const length = readVarint(cursor);
  const bytes = cursor.bytes.subarray(cursor.at, cursor.at + length);
  if (bytes.length < length) cursor.short = true;
  cursor.at += length;
  return bytes;
}

export const FLAG = {
  coded_pts: 8,
  stream_id: 16,
  size_msb: 32,
  checksum: 64,
  reserved: 128,
  side_data: 256,
  header_idx: 1024,
  match_time: 2048,
  coded: 4096,
  invalid: 8192,
} as const;

/** What one value of a frame's first byte stands for. */
export type FrameCode = {
  readonly flags: number;
  readonly pts_delta: number;
  readonly size_mul: number;
  readonly size_lsb: number;
  readonly reserved_count: number;
};

export type TimeBase = { readonly num: number; readonly den: number };

export type MainHeader = {
  readonly time_bases: readonly TimeBase[];
  readonly frame_codes: readonly FrameCode[];
  /** First bytes that frames may leave out, by number. */
  readonly elided: readonly Uint8Array[];
};

const INVALID: FrameCode = {
  flags: FLAG.invalid,
  pts_delta: 0,
  size_mul: 0,
  size_lsb: 0,
  reserved_count: 0,
};
const FRAME_CODES = 256;
/** The byte that begins every start code, and so no frame. */
export const START_CODE_BYTE = 0x4e;
const LIST_MAX = 256;

export function readMainHeader(cursor: Cursor): MainHeader {
  const version = readVarint(cursor);
  if (version > 3) readVarint(cursor);
  if (readVarint(cursor) !== 1) throw brokenNut("more than one stream");
  readVarint(cursor); // max_distance
  const time_bases = readList(cursor, readVarint(cursor), () => {
    const num = readVarint(cursor);
    return { num, den: readVarint(cursor) };
  });
  const frame_codes = readFrameCodes(cursor);
  const elided = readList(cursor, readVarint(cursor), () => readBytes(cursor));
  return { time_bases, frame_codes, elided: [new Uint8Array(), ...elided] };
}

function readList<T>(cursor: Cursor, count: number, readOne: () => T): T[] {
  const list: T[] = [];
  if (count > LIST_MAX) throw brokenNut("a list too long");
  for (let i = 0; i < count && !cursor.short; i++) list.push(readOne());
  return list;
}

/** The table is written as runs; each names as many of its fields as it changes. */
function readFrameCodes(cursor: Cursor): FrameCode[] {
  const codes: FrameCode[] = [];
  let before: Pick<FrameCode, "pts_delta" | "size_mul"> = { pts_delta: 0, size_mul: 1 };
  while (codes.length < FRAME_CODES && !cursor.short) {
    const run = readRun(cursor, before);
    before = run.code;
    for (let i = 0; i < run.count && codes.length < FRAME_CODES; i++) {
      if (codes.length === START_CODE_BYTE) codes.push(INVALID);
      codes.push({ ...run.code, size_lsb: run.code.size_lsb + i });
    }
  }
  return codes;
}

function readRun(cursor: Cursor, before: Pick<FrameCode, "pts_delta" | "size_mul">) {
  const flags = readVarint(cursor);
  const fields = readVarint(cursor);
  const field = (number: number, otherwise: number, read = readVarint) =>
    fields >= number ? read(cursor) : otherwise;
  const pts_delta = field(1, before.pts_delta, readSigned);
  const size_mul = field(2, before.size_mul);
  field(3, 0); // stream: there is one
  const size_lsb = field(4, 0);
  const reserved_count = field(5, 0);
  const count = field(6, size_mul - size_lsb);
  field(7, 0, readSigned); // match time
  for (let number = 8; number <= fields && !cursor.short; number++) readVarint(cursor);
  return { code: { flags, pts_delta, size_mul, size_lsb, reserved_count }, count };
}

export type StreamHeader = {
  readonly time_base_id: number;
  readonly msb_pts_shift: number;
  readonly width_px: number;
  readonly height_px: number;
};

export function readStreamHeader(cursor: Cursor): StreamHeader {
  readVarint(cursor); // stream id
  if (readVarint(cursor) !== 0) throw brokenNut("a stream that is not video");
  readBytes(cursor); // fourcc
  const time_base_id = readVarint(cursor);
  const msb_pts_shift = readVarint(cursor);
  for (let skipped = 0; skipped < 3; skipped++) readVarint(cursor); // max_pts_distance, decode_delay, flags
  readBytes(cursor); // codec specific
  return { time_base_id, msb_pts_shift, width_px: readVarint(cursor), height_px: readVarint(cursor) };
}

export function brokenNut(what: string): AppError {
  return new AppError("VIDEO_UNREADABLE", `ffmpeg's pictures cannot be read: ${what}`);
}
