import { AppError } from "@yardline/domain/errors";

/**
 * The syntax of a NUT stream's headers, as far as pictures and data need it.
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
  readonly stream_id: number;
  readonly pts_delta: number;
  readonly size_mul: number;
  readonly size_lsb: number;
  readonly reserved_count: number;
  readonly header_idx: number;
};

export type TimeBase = { readonly num: number; readonly den: number };

export type MainHeader = {
  readonly streams: number;
  readonly time_bases: readonly TimeBase[];
  readonly frame_codes: readonly FrameCode[];
  /** First bytes that frames may leave out, by number. */
  readonly elided: readonly Uint8Array[];
};

const INVALID: FrameCode = {
  flags: FLAG.invalid,
  stream_id: 0,
  pts_delta: 0,
  size_mul: 0,
  size_lsb: 0,
  reserved_count: 0,
  header_idx: 0,
};
const FRAME_CODES = 256;
/** The byte that begins every start code, and so no frame. */
export const START_CODE_BYTE = 0x4e;
const LIST_MAX = 256;

export function readMainHeader(cursor: Cursor): MainHeader {
  const version = readVarint(cursor);
  if (version > 3) readVarint(cursor);
  const streams = readVarint(cursor);
  readVarint(cursor); // max_distance
  const time_bases = readList(cursor, readVarint(cursor), () => {
    const num = readVarint(cursor);
    return { num, den: readVarint(cursor) };
  });
  const frame_codes = readFrameCodes(cursor);
  const elided = readList(cursor, readVarint(cursor), () => readBytes(cursor));
  return { streams, time_bases, frame_codes, elided: [new Uint8Array(), ...elided] };
}

function readList<T>(cursor: Cursor, count: number, readOne: () => T): T[] {
  const list: T[] = [];
  if (count > LIST_MAX) throw brokenNut("a list too long");
  for (let i = 0; i < count && !cursor.short; i++) list.push(readOne());
  return list;
}

/** What a run of codes takes from the one before, unless it says otherwise. */
type Kept = Pick<FrameCode, "stream_id" | "pts_delta" | "size_mul" | "header_idx">;

/** The table is written as runs; each names as many of its fields as it changes. */
function readFrameCodes(cursor: Cursor): FrameCode[] {
  const codes: FrameCode[] = [];
  let before: Kept = { stream_id: 0, pts_delta: 0, size_mul: 1, header_idx: 0 };
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

function readRun(cursor: Cursor, before: Kept) {
  const flags = readVarint(cursor);
  const fields = readVarint(cursor);
  const field = (number: number, otherwise: number, read = readVarint) =>
    fields >= number ? read(cursor) : otherwise;
  const pts_delta = field(1, before.pts_delta, readSigned);
  const size_mul = field(2, before.size_mul);
  const stream_id = field(3, before.stream_id);
  const size_lsb = field(4, 0);
  const reserved_count = field(5, 0);
  const count = field(6, size_mul - size_lsb);
  field(7, 0, readSigned); // match time
  const header_idx = field(8, before.header_idx);
  for (let number = 9; number <= fields && !cursor.short; number++) readVarint(cursor);
  return { code: { flags, stream_id, pts_delta, size_mul, size_lsb, reserved_count, header_idx }, count };
}

export type StreamHeader = {
  readonly stream_id: number;
  readonly time_base_id: number;
  readonly msb_pts_shift: number;
  /** Only of pictures. */
  readonly size_px?: { readonly width_px: number; readonly height_px: number };
};

const VIDEO_CLASS = 0;

export function readStreamHeader(cursor: Cursor): StreamHeader {
  const stream_id = readVarint(cursor);
  const kind = readVarint(cursor);
  readBytes(cursor); // fourcc
  const time_base_id = readVarint(cursor);
  const msb_pts_shift = readVarint(cursor);
  for (let skipped = 0; skipped < 3; skipped++) readVarint(cursor); // max_pts_distance, decode_delay, flags
  readBytes(cursor); // codec specific
  const stream = { stream_id, time_base_id, msb_pts_shift };
  if (kind !== VIDEO_CLASS) return stream;
  return { ...stream, size_px: { width_px: readVarint(cursor), height_px: readVarint(cursor) } };
}

export function brokenNut(what: string): AppError {
  return new AppError("VIDEO_UNREADABLE", `ffmpeg's pictures cannot be read: ${what}`);
}
